package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpatialCuesTest {
  private static final int SECOND = 24_000;

  private final FoaFeatures features = new FoaFeatures();
  private final SpatialCues cues = new SpatialCues();

  @ParameterizedTest
  @CsvSource({"0, 0", "90, 0", "-135, 40", "179, -70", "20, 10"})
  void aPlaneWaveIsTheUnitVectorTowardItInEveryGroup(double azimuth, double elevation) {
    Direction d = new Direction(azimuth, elevation);

    float[] c = of(Sounds.planeWave(Sounds.noise(1, SECOND, 0.5), d));

    assertThat(c).hasSize(10 * SpatialCues.WIDTH);
    Vec3 u = d.unit();
    for (int t = 0; t < 10; t++) {
      for (int group = 0; group < 5; group++) {
        assertThat(vector(c, t, group).distanceTo(u))
            .as("token %d, group %d", t, group)
            .isLessThan(1e-3);
      }
    }
  }

  @Test
  void groupsTellSoundsOfDifferentPitchApart() {
    float[][] low = Sounds.planeWave(Sounds.sine(400, SECOND, SECOND, 0.3), new Direction(90, 0));
    float[][] high =
        Sounds.planeWave(Sounds.sine(8000, SECOND, SECOND, 0.3), new Direction(-90, 0));

    float[] c = of(sum(low, high));

    assertThat(vector(c, 5, 1).y()).as("lowest group").isGreaterThan(0.9);
    assertThat(vector(c, 5, 4).y()).as("highest group").isLessThan(-0.9);
  }

  @Test
  void twoLikeSoundsFromOppositeSidesCancel() {
    float[] one = Sounds.noise(1, SECOND, 0.3);
    float[] other = Sounds.noise(2, SECOND, 0.3);

    float[] c =
        of(
            sum(
                Sounds.planeWave(one, new Direction(90, 0)),
                Sounds.planeWave(other, new Direction(-90, 0))));

    assertThat(vector(c, 5, 0).norm()).isLessThan(0.35);
  }

  @Test
  void tenTimesTheAmplitudeIsTwentyDecibels() {
    Direction d = new Direction(30, 0);
    float[] quiet = of(Sounds.planeWave(Sounds.noise(3, SECOND, 0.05), d));
    float[] loud = of(Sounds.planeWave(Sounds.noise(3, SECOND, 0.5), d));

    for (int group = 0; group < 4; group++) {
      int at = 5 * SpatialCues.WIDTH + 15 + group;
      assertThat(loud[at] - quiet[at]).isCloseTo(20f / 30, within(1e-4f));
    }
  }

  @Test
  void timeRunsToZeroAtTheEnd() {
    float[] c = of(new float[4][5 * SECOND]);

    assertThat(c).hasSize(50 * SpatialCues.WIDTH);
    for (int t = 0; t < 50; t++) {
      assertThat(c[t * SpatialCues.WIDTH + 19]).isCloseTo((49 - t) / 50f, within(1e-6f));
    }
  }

  @Test
  void silenceHasNoDirectionAndIsFinite() {
    float[] c = of(new float[4][SECOND]);

    for (float v : c) {
      assertThat(v).isFinite();
    }
    assertThat(vector(c, 5, 2).norm()).isLessThan(0.01);
  }

  @Test
  void framesBeyondTheLastWholeTokenAreLeftOut() {
    assertThat(of(new float[4][9 * FoaFeatures.HOP])).hasSize(SpatialCues.WIDTH);
  }

  private float[] of(float[][] foa) {
    return cues.of(features.compute(foa));
  }

  /** Group 0 is all bands together. */
  private static Vec3 vector(float[] cues, int token, int group) {
    int at = token * SpatialCues.WIDTH + 3 * group;
    return new Vec3(cues[at], cues[at + 1], cues[at + 2]);
  }

  private static float[][] sum(float[][] a, float[][] b) {
    float[][] out = new float[a.length][a[0].length];
    for (int c = 0; c < a.length; c++) {
      for (int i = 0; i < a[c].length; i++) {
        out[c][i] = a[c][i] + b[c][i];
      }
    }
    return out;
  }
}
