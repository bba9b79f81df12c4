package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
      for (int group = 0; group < 10; group++) {
        assertThat(vector(c, t, group).distanceTo(u))
            .as("token %d, group %d", t, group)
            .isLessThan(1e-3);
      }
    }
  }

  @Test
  void groupsTellSoundsOfDifferentPitchApart() {
    float[][] low = Sounds.planeWave(Sounds.sine(200, SECOND, SECOND, 0.3), new Direction(90, 0));
    float[][] high =
        Sounds.planeWave(Sounds.sine(9000, SECOND, SECOND, 0.3), new Direction(-90, 0));

    float[] c = of(sum(low, high));

    assertThat(vector(c, 5, 2).y()).as("lowest group").isGreaterThan(0.9);
    assertThat(vector(c, 5, 9).y()).as("highest group").isLessThan(-0.9);
  }

  @Test
  void diffuseNoiseShortensTheSharpVectorLess() {
    float[][] wave = Sounds.planeWave(Sounds.sine(1000, SECOND, SECOND, 0.1), new Direction(60, 0));
    float[][] noise = new float[4][];
    for (int c = 0; c < 4; c++) {
      noise[c] = Sounds.noise(7 + c, SECOND, 0.1);
    }

    float[] c = of(sum(wave, noise));

    assertThat(vector(c, 5, 1).norm()).isGreaterThan(vector(c, 5, 0).norm() + 0.05);
    assertThat(vector(c, 5, 1).unit().dot(new Direction(60, 0).unit())).isGreaterThan(0.95);
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

    for (int group = 0; group < 8; group++) {
      int at = 5 * SpatialCues.WIDTH + 30 + group;
      assertThat(loud[at] - quiet[at]).isCloseTo(20f / 30, within(1e-4f));
    }
  }

  @Test
  void timeRunsToZeroAtTheEnd() {
    float[] c = of(new float[4][5 * SECOND]);

    assertThat(c).hasSize(50 * SpatialCues.WIDTH);
    for (int t = 0; t < 50; t++) {
      assertThat(c[t * SpatialCues.WIDTH + 38]).isCloseTo((49 - t) / 50f, within(1e-6f));
    }
  }

  @Test
  void everyTokenKnowsTheClipAndItsEnd() {
    // The quiet sound lasts two seconds, so that no window of the last one holds the loud sound.
    float[][] before = Sounds.planeWave(Sounds.noise(1, SECOND, 0.5), new Direction(90, 0));
    float[][] after = Sounds.planeWave(Sounds.noise(2, 2 * SECOND, 0.1), new Direction(-90, 0));
    float[][] both = new float[4][3 * SECOND];
    for (int c = 0; c < 4; c++) {
      System.arraycopy(before[c], 0, both[c], 0, SECOND);
      System.arraycopy(after[c], 0, both[c], SECOND, 2 * SECOND);
    }

    float[] c = of(both);

    for (int t = 0; t < 30; t++) {
      assertThat(vector(c, t, 13).y()).as("clip, token %d", t).isGreaterThan(0.8);
      assertThat(vector(c, t, 15).y()).as("end, token %d", t).isLessThan(-0.85);
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

  @Test
  void tokensOf160MillisecondsPointAndCountTheirOwnTime() {
    Direction d = new Direction(50, 20);
    float[][] foa = Sounds.planeWave(Sounds.noise(4, 5 * SECOND, 0.5), d);

    float[] c = new SpatialCues(8).of(features.compute(foa));

    assertThat(c).hasSize(31 * SpatialCues.WIDTH);
    for (int t = 0; t < 31; t++) {
      assertThat(vector(c, t, 0).distanceTo(d.unit())).isLessThan(1e-3);
      assertThat(c[t * SpatialCues.WIDTH + 38]).isCloseTo((30 - t) * 0.16f / 5, within(1e-6f));
    }
  }

  @Test
  void tokensOfTheStarss23BaselineAreHeardAtTheirOwnTime() {
    // 1.27 s: its last token has a frame less here. The sound turns after five tokens of 160 ms.
    int turn = 5 * 3840;
    float[][] before = Sounds.planeWave(Sounds.noise(1, turn, 0.5), new Direction(90, 0));
    float[][] after = Sounds.planeWave(Sounds.noise(2, 30_480 - turn, 0.5), new Direction(-90, 0));
    float[][] both = new float[4][30_480];
    for (int c = 0; c < 4; c++) {
      System.arraycopy(before[c], 0, both[c], 0, turn);
      System.arraycopy(after[c], 0, both[c], turn, 30_480 - turn);
    }
    AvCrnnFeatures kind = new AvCrnnFeatures();

    Hearing.Heard heard = new Hearing(kind, FeatureScaler.none(kind)).hear(both, true, 2);

    assertThat(heard.features()).isEqualTo(kind.compute(both));
    assertThat(heard.cues()).hasSize(8 * SpatialCues.WIDTH);
    for (int t = 0; t < 8; t++) {
      double y = vector(heard.cues(), t, 0).y();
      assertThat(t < 5 ? y : -y).as("token %d", t).isGreaterThan(0.8);
    }
    assertThat(new Hearing(kind, FeatureScaler.none(kind)).hear(both, false, 2).cues()).isEmpty();
    float[] map = features.compute(both);
    assertThatIllegalArgumentException().isThrownBy(() -> new SpatialCues(8).of(map, 9));
  }

  private float[] of(float[][] foa) {
    return cues.of(features.compute(foa));
  }

  /** 0 is all bands together, 1 the sharp vector, from 2 on the groups. */
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
