package org.hearsight.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.hearsight.core.audio.SoundField;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.HazardKind;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.scene.Worlds;
import org.hearsight.simulator.sound.SoundBank;
import org.junit.jupiter.api.Test;

class ClipSoundTest {
  /** 34.32 m further away, everything is heard 100 ms later, and labelled so. */
  @Test
  void labelsFollowWhatArrivesAtTheMicrophone() {
    int changes = 0;
    for (int seed = 0; seed < 8; seed++) {
      boolean[] near = sound(3, seed).active();
      boolean[] far = sound(3 + 34.32, seed).active();
      assertThat(near).hasSize(50);
      assertThat(far).hasSize(50);
      for (int f = 3; f < 47; f++) {
        // What enters or leaves the clip may be the loudest; the middle does not mind.
        changes += near[f] != near[f - 1] ? 1 : 0;
        assertThat(far[f]).as("seed %d, frame %d", seed, f).isEqualTo(near[f - 1]);
      }
    }
    assertThat(changes).isGreaterThan(8);
  }

  @Test
  void theAmbienceLevelIsThatOfTheMix() {
    ClipSound clip = sound(5, 3);
    assertThat(clip.ambienceLevel()).isBetween(0.0, 64.0);
    assertThat(clip.ambienceLevel()).isLessThanOrEqualTo(clip.hazardLevel());
  }

  @Test
  void theSignalToNoiseRatioIsThatOfTheLevels() {
    int alone = 0;
    for (int seed = 0; seed < 12; seed++) {
      // No wind and bumps in the test split.
      ClipSound clip = sound(5, seed, Split.TEST);
      double noise =
          10
              * Math.log10(
                  Math.pow(10, clip.ambienceLevel() / 10) + Math.pow(10, clip.noiseLevel() / 10));
      if (clip.sources().size() == 2) {
        alone++;
        assertThat(clip.signalToNoise()).isCloseTo(clip.hazardLevel() - noise, within(0.1));
      } else {
        assertThat(clip.signalToNoise()).isLessThan(clip.hazardLevel() - noise);
      }
    }
    assertThat(alone).isBetween(6, 11);
  }

  @Test
  void backgroundHoldsSoundsOfNoClassNoiseAndSilence() {
    Map<String, Integer> backdrops = new HashMap<>();
    int unknown = 0;
    int drowned = 0;
    for (int seed = 0; seed < 120; seed++) {
      Draw draw = new Draw(new SplittableRandom(seed));
      ClipSound clip =
          ClipSound.of(Worlds.openGround(), SoundBank.generated(), Split.VALIDATION, 1, draw);
      String last = clip.sources().get(clip.sources().size() - 1).originGroup();
      backdrops.merge(
          Set.of("noise", "silence").contains(last) ? last : "ambience", 1, Integer::sum);
      boolean harmless = clip.sources().size() == 2;
      assertThat(Double.isNaN(clip.harmlessLevel())).isEqualTo(!harmless);
      boolean loudest = harmless && clip.harmlessLevel() > clip.ambienceLevel();
      assertThat(clip.unknown()).isEqualTo(loudest ? clip.sources().get(0).originGroup() : null);
      unknown += loudest ? 1 : 0;
      drowned += harmless && !loudest ? 1 : 0;
      if (last.equals("silence")) {
        assertThat(clip.ambienceLevel()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(clip.clipLevel()).isLessThan(-60);
        assertThat(SoundField.doubt(clip.samples())).isEmpty();
      }
    }
    assertThat(backdrops.get("ambience")).isBetween(84, 108);
    assertThat(backdrops.get("noise")).isBetween(4, 24);
    assertThat(backdrops.get("silence")).isBetween(4, 24);
    assertThat(unknown).isGreaterThan(30);
    assertThat(drowned).isPositive();
  }

  @Test
  void besideAHazardNothingIsUnknown() {
    for (int seed = 0; seed < 12; seed++) {
      ClipSound clip = sound(5, seed);
      assertThat(clip.unknown()).isNull();
      assertThat(clip.harmlessLevel()).isNaN();
      assertThat(clip.sources().get(0).originGroup()).isEqualTo("dog");
    }
  }

  private static ClipSound sound(double distance, int seed) {
    return sound(distance, seed, Split.TRAIN);
  }

  private static ClipSound sound(double distance, int seed, Split split) {
    HazardKind kind = HazardKind.of("dog", Setting.OUTDOOR);
    Vec3 place = new Vec3(0, distance, 0);
    Box body = Box.of(-0.5, 0.5, distance - 0.5, distance + 0.5, -1, 0.2);
    Hazard hazard = new Hazard(kind, body, Trajectory.standing(place, 5), kind.power());
    Scene scene = Worlds.openGround().with(hazard);
    Draw draw = new Draw(new SplittableRandom(seed));
    return ClipSound.of(scene, SoundBank.generated(), split, 5, draw);
  }
}
