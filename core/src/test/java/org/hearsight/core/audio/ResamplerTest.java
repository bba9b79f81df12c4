package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
  private static final int TO = 24000;

  @ParameterizedTest
  @ValueSource(ints = {8000, 16000, 22050, 32000, 44100, 48000, 96000, 44101})
  void keepsSinesInPlaceUpToNineTenthsOfTheLowerNyquistFrequency(int from) {
    double nyquist = Math.min(from, TO) / 2.0;
    Resampler resampler = new Resampler(from, TO);
    for (double part : new double[] {0.01, 0.3, 0.6, 0.8, 0.9}) {
      double hertz = part * nyquist;
      float[] out = resampler.resample(Sounds.sine(hertz, from, from / 5, 0.5));
      float[] expected = Sounds.sine(hertz, TO, out.length, 0.5);
      // Away from both ends, where the sine begins and stops.
      int margin = out.length / 4;
      double error = 0;
      for (int i = margin; i < out.length - margin; i++) {
        error = Math.max(error, Math.abs(out[i] - expected[i]));
      }
      // Gain and delay at once: within 0.05 dB would be 0.0058 of the amplitude.
      assertThat(error / 0.5).as(part + " of Nyquist").isLessThan(5e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "48000, 12000",
    "48000, 12500",
    "48000, 15000",
    "48000, 23900",
    "44100, 12000",
    "44100, 18000",
    "44100, 22000",
    "96000, 12050",
    "96000, 40000",
    "32000, 12010",
    "44101, 15000"
  })
  void foldsNothingBackFromAboveTheNyquistFrequency(int from, double hertz) {
    float[] out = new Resampler(from, TO).resample(Sounds.sine(hertz, from, from / 5, 1));
    assertThat(decibels(out)).isLessThan(-80);
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 16000, 22050})
  void leavesNoMirrorImagesAboveTheOldNyquistFrequency(int from) {
    float[] out = new Resampler(from, TO).resample(Sounds.sine(0.9 * from / 2, from, from, 1));
    float[] sine = Sounds.sine(0.9 * from / 2, TO, out.length, 1);
    for (int i = 0; i < out.length; i++) {
      out[i] -= sine[i];
    }
    assertThat(decibels(out)).isLessThan(-80);
  }

  @Test
  void doesNotDelay() {
    float[] pulse = new float[4800];
    pulse[2400] = 1;
    float[] out = new Resampler(48000, TO).resample(pulse);
    for (int d = 1; d < 1200; d++) {
      assertThat(out[1200 + d]).isEqualTo(out[1200 - d], within(1e-9f));
      assertThat(out[1200 + d]).isLessThan(out[1200]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 44100, 48000, 11025, 23999})
  void constantStaysConstant(int from) {
    float[] in = new float[from / 4];
    Arrays.fill(in, 0.5f);
    float[] out = new Resampler(from, TO).resample(in);
    for (int i = out.length / 4; i < out.length * 3 / 4; i++) {
      assertThat(out[i]).isCloseTo(0.5f, within(1e-6f));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "48000, 1, 1",
    "48000, 3, 2",
    "44100, 147, 80",
    "44100, 148, 81",
    "8000, 7, 21",
    "24000, 5, 5",
    "768000, 33, 2",
    "48000, 0, 0"
  })
  void lengthIsRoundedUp(int from, int samples, int expected) {
    Resampler resampler = new Resampler(from, TO);
    assertThat(resampler.length(samples)).isEqualTo(expected);
    assertThat(resampler.resample(new float[samples])).hasSize(expected);
  }

  @Test
  void equalRatesCopy() {
    float[] in = Sounds.noise(1, 100, 1);
    assertThat(new Resampler(TO, TO).resample(in)).isEqualTo(in).isNotSameAs(in);
  }

  @Test
  void resamplesEveryChannel() {
    Audio in = new Audio(48000, new float[][] {Sounds.noise(1, 999, 1), Sounds.noise(2, 999, 1)});
    Resampler resampler = new Resampler(48000, TO);
    Audio out = resampler.resample(in);
    assertThat(out.sampleRate()).isEqualTo(TO);
    assertThat(out.samples()).isEqualTo(500);
    assertThat(out.channels()[1]).isEqualTo(resampler.resample(in.channels()[1]));
    assertThatThrownBy(() -> resampler.resample(out)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Resampler(0, TO)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Level of the middle half against a full sine. */
  private static double decibels(float[] x) {
    double sum = 0;
    for (int i = x.length / 4; i < x.length * 3 / 4; i++) {
      sum += (double) x[i] * x[i];
    }
    return 10 * Math.log10(sum / (x.length / 2.0) / 0.5);
  }
}
