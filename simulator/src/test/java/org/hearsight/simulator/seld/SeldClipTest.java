package org.hearsight.simulator.seld;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.simulator.acoustics.Acoustics;
import org.hearsight.simulator.acoustics.Emission;
import org.hearsight.simulator.acoustics.OpenGround;
import org.hearsight.simulator.acoustics.SoundSpeed;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.sound.LabelFrames;
import org.hearsight.simulator.sound.Sound;
import org.hearsight.simulator.sound.SoundBank;
import org.hearsight.simulator.sound.SoundClass;
import org.junit.jupiter.api.Test;

class SeldClipTest {
  private final SoundBank sounds = SoundBank.generated();

  @Test
  void sourcesOverlapAndNoMoreThanThreeSound() {
    int[] frames = new int[4];
    int[] moving = new int[2];
    int silent = 0;
    for (SeldClip clip : clips(60)) {
      assertThat(clip.sources()).hasSizeBetween(0, 3);
      silent += clip.sources().isEmpty() ? 1 : 0;
      for (int f = 0; f < 50; f++) {
        int at = f;
        frames[(int) clip.sources().stream().filter(e -> e.active()[at]).count()]++;
      }
      clip.sources().forEach(e -> moving[e.way().speed() > 0 ? 1 : 0]++);
    }
    assertThat(silent).isBetween(1, 8); // 4 % of training clips, and of no others
    for (int i = 0; i < 40; i++) {
      Draw draw = new Draw(new SplittableRandom(100 + i));
      assertThat(SeldClip.make(Venue.of(i), sounds, Split.TEST, 2, draw).sources()).isNotEmpty();
    }
    double all = 60 * 50;
    assertThat(frames[0] / all).isLessThan(0.4);
    assertThat(frames[1] / all).isBetween(0.25, 0.55);
    assertThat(frames[2] / all).isBetween(0.15, 0.45);
    assertThat(frames[3] / all).isBetween(0.02, 0.2);
    assertThat((double) moving[1] / (moving[0] + moving[1])).isBetween(0.15, 0.5);
  }

  @Test
  void labelsAreThePlacesOfTheWaysInTheMiddleOfTheFrames() {
    for (SeldClip clip : clips(20)) {
      for (String line : SeldCsv.text(clip.labels()).lines().toList()) {
        String[] cells = line.split(",", -1);
        assertThat(cells).hasSize(6);
        int frame = Integer.parseInt(cells[0]);
        LabelledSource event = clip.sources().get(Integer.parseInt(cells[2]));
        assertThat(event.active()[frame]).isTrue();
        assertThat(Integer.parseInt(cells[1])).isEqualTo(event.index());
        Vec3 truth = event.way().at(frame * 0.1 + 0.05 - event.start());
        Location labelled =
            new Location(
                Integer.parseInt(cells[3]),
                Integer.parseInt(cells[4]),
                Integer.parseInt(cells[5]) / 100.0);
        assertThat(labelled.direction().angleTo(Direction.of(truth))).isLessThan(0.75);
        assertThat(Math.abs(labelled.distance() - truth.norm())).isLessThan(0.006);
      }
    }
  }

  @Test
  void aFrameIsActiveWhenItsSoundArrives() {
    float[] dry = new float[2 * Sound.FRAME];
    java.util.Arrays.fill(dry, 1);
    Trajectory near = Trajectory.standing(new Vec3(1, 0, 0), 0.2);
    Trajectory far = Trajectory.standing(new Vec3(343.2 * 0.3, 0, 0), 0.2);
    assertThat(heard(dry, 1.0, near)).containsExactly(10, 11, 12);
    assertThat(heard(dry, 1.0, far)).containsExactly(13, 14);
  }

  /** Nothing but the direct sound and a weak ground: within 2 degrees. */
  @Test
  void theIntensityOfOneSourceInTheOpenPointsAtItsLabel() {
    Draw draw = new Draw(new SplittableRandom(5));
    for (int i = 0; i < 12; i++) {
      Direction direction = new Direction(draw.between(-180, 180), draw.between(-5, 40));
      Trajectory way = Trajectory.standing(direction.at(draw.between(1, 6)), 1);
      OpenGround open = new OpenGround(-200, Material.HEDGE, List.of());
      Sound sound = sounds.sound(SoundClass.VOICE, Split.TRAIN, Foa.SAMPLE_RATE, draw);
      Acoustics acoustics = new Acoustics(open, Foa.SAMPLE_RATE);
      acoustics.add(new Emission(sound.samples(), 0, way), draw.random());
      float[][] foa = acoustics.pressure();
      Direction heard = new IntensityDirection().of(foa, 0, foa[0].length);
      assertThat(heard.angleTo(direction)).isLessThan(2);
    }
  }

  @Test
  void everyClassSoundsInWholeClips() {
    Draw draw = new Draw(new SplittableRandom(6));
    assertThat(SoundClass.labels()).hasSize(14).doesNotHaveDuplicates();
    for (SoundClass name : SoundClass.values()) {
      for (int i = 0; i < 3; i++) {
        Sound sound = sounds.sound(name, Split.TRAIN, 2 * Foa.SAMPLE_RATE, draw);
        assertThat(sound.samples()).hasSize(2 * Foa.SAMPLE_RATE);
        boolean heard = false;
        for (float v : sound.samples()) {
          assertThat(Float.isFinite(v)).isTrue();
          heard |= Math.abs(v) > 0.1;
        }
        assertThat(heard).as(name.label()).isTrue();
      }
    }
  }

  private List<SeldClip> clips(int count) {
    List<SeldClip> clips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Draw draw = new Draw(new SplittableRandom(100 + i));
      clips.add(SeldClip.make(Venue.of(i), sounds, Split.TRAIN, 5, draw));
    }
    return clips;
  }

  private static List<Integer> heard(float[] dry, double start, Trajectory way) {
    boolean[] active =
        LabelFrames.heard(dry, start, t -> SoundSpeed.seconds(way.at(t - start).norm()), 50);
    List<Integer> frames = new ArrayList<>();
    for (int f = 0; f < active.length; f++) {
      if (active[f]) {
        frames.add(f);
      }
    }
    return frames;
  }
}
