package org.hearsight.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
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

  private static ClipSound sound(double distance, int seed) {
    HazardKind kind = HazardKind.of("dog", Setting.OUTDOOR);
    Vec3 place = new Vec3(0, distance, 0);
    Box body = Box.of(-0.5, 0.5, distance - 0.5, distance + 0.5, -1, 0.2);
    Hazard hazard = new Hazard(kind, body, Trajectory.standing(place, 5), kind.power());
    Scene scene = Worlds.openGround().with(hazard);
    Draw draw = new Draw(new SplittableRandom(seed));
    return ClipSound.of(scene, SoundBank.generated(), Split.TRAIN, 5, draw);
  }
}
