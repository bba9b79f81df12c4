package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvCrnnFeaturesTest {
  private static final int BANDS = AvCrnnFeatures.BANDS;
  private static final int RATE = Foa.SAMPLE_RATE;

  private final AvCrnnFeatures features = new AvCrnnFeatures();

  @Test
  void aWindowOfTheBaselineHas128Frames() {
    assertThat(features.frameCount((int) Math.round(1.27 * RATE))).isEqualTo(128);
    assertThat(features.frameCount(Foa.CLIP_SAMPLES)).isEqualTo(501);
    assertThat(features.tokens(Foa.CLIP_SAMPLES)).isEqualTo(31);
    assertThat(features.frameCount(features.samples(16))).isEqualTo(16);
    assertThat(features.frameCount(features.samples(16) - 1)).isEqualTo(15);
  }

  @ParameterizedTest
  @CsvSource({"40, 20", "-40, 20", "140, -35", "-100, -5"})
  void aPlaneWaveGivesGainsAsRatiosAndSignsAsPhases(double azimuth, double elevation) {
    Direction d = new Direction(azimuth, elevation);
    float[] gains = FoaEncoder.gains(d);

    float[] f = features.compute(Sounds.planeWave(Sounds.noise(1, RATE, 0.5), d));

    int plane = 101 * BANDS;
    assertThat(f).hasSize(7 * plane);
    for (int i = 0; i < plane; i++) {
      for (int c = 1; c < 4; c++) {
        assertThat(f[c * plane + i]).isCloseTo(Math.abs(gains[c]) * f[i], within(1e-4f));
        double phase = f[(3 + c) * plane + i];
        assertThat(phase).isBetween(0.0, Math.nextDown(2 * Math.PI));
        if (f[i] > 0.1) {
          assertThat(turnsApart(phase, gains[c] < 0 ? Math.PI : 0)).isLessThan(1e-4);
        }
      }
    }
  }

  /** A wave of 128 samples a period stands in bin 4; Hann's mean is a half. */
  @Test
  void aSineAtABinHasAQuarterOfTheWindowAsItsMagnitude() {
    float[] sine = Sounds.sine(RATE / 128.0, RATE, RATE, 0.5);

    float[] f = features.compute(Sounds.planeWave(sine, new Direction(0, 0)));

    for (int t = 2; t < 98; t++) {
      assertThat(f[t * BANDS + 4]).isCloseTo(0.5f * 512 / 4, within(1e-3f));
      assertThat(f[t * BANDS + 40]).isCloseTo(0, within(1e-3f));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "31", "32", "33", "95", "127"})
  void aChannelThatComesLaterTurnsItsPhaseBack(int delay) {
    float[][] foa = new float[4][RATE];
    float[] sine = Sounds.sine(RATE / 128.0, RATE, RATE + 128, 0.5);
    System.arraycopy(sine, 128, foa[Foa.W], 0, RATE);
    System.arraycopy(sine, 128 - delay, foa[Foa.Z], 0, RATE);

    float[] f = features.compute(foa);

    float expected = (float) (2 * Math.PI * (128 - delay) / 128);
    for (int t = 2; t < 98; t++) {
      assertThat(f[(5 * 101 + t) * BANDS + 4]).isCloseTo(expected, within(1e-4f));
    }
  }

  @Test
  void framesAreCentredOnTheirSampleAndSilentOutside() {
    float[][] foa = new float[4][RATE];
    foa[Foa.X][4800] = 1;

    float[] f = features.compute(foa);

    for (int t = 0; t < 101; t++) {
      int apart = Math.abs(240 * t - 4800);
      double window = apart >= 256 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * apart / 256);
      for (int k = 0; k < BANDS; k++) {
        assertThat(f[(3 * 101 + t) * BANDS + k]).isCloseTo((float) window, within(1e-6f));
      }
    }
  }

  @Test
  void silenceIsZeroEverywhere() {
    assertThat(features.compute(new float[4][4800])).hasSize(7 * 21 * BANDS).containsOnly(0f);
    assertThat(features.compute(new float[4][0])).isEmpty();
    assertThatThrownBy(() -> features.compute(new float[3][4800]))
        .isInstanceOf(InputException.class);
  }

  private static double turnsApart(double a, double b) {
    return Math.abs(Math.IEEEremainder(a - b, 2 * Math.PI));
  }
}
