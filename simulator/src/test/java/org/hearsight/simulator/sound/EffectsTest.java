package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectsTest {
  private static final int SAMPLES = 24000;

  /** Far before it passes, a source is heard higher by its Mach number, far after it lower. */
  @Test
  void whatPassesByFallsInPitch() {
    float[] x = Synth.harmonics(steady(2 * SAMPLES, 1000), new double[] {1});
    float[] out = Effects.warped(x, Effects.passage(SAMPLES, 0.04, 0.5, 0.001));

    assertThat(out).hasSize(SAMPLES);
    assertThat(pitch(Arrays.copyOfRange(out, 0, 11000))).isCloseTo(1040, within(2.0));
    assertThat(pitch(Arrays.copyOfRange(out, 13000, SAMPLES))).isCloseTo(960, within(2.0));
  }

  @Test
  void warpingAtSpeedOneOnlyDropsTheFirstSample() {
    float[] x = Synth.white(500, Listening.draw(1));
    float[] out = Effects.warped(x, steady(300, 1));
    assertThat(out).isEqualTo(Arrays.copyOfRange(x, 1, 301));
    assertThat(Effects.warped(x, steady(600, 1))[599]).isZero();
  }

  @Test
  void clippingKeepsTheLimitAndLeavesWhatIsQuiet() {
    float[] x = {0, 0.001f, -0.001f, 0.5f, -0.5f, 5, -5};
    float[] hard = Effects.hardClipped(x.clone(), 0.4);
    assertThat(hard).containsExactly(0, 0.001f, -0.001f, 0.4f, -0.4f, 0.4f, -0.4f);
    float[] soft = Effects.softClipped(x.clone(), 0.4);
    for (int i = 0; i < x.length; i++) {
      assertThat((double) soft[i]).isCloseTo(0.4 * Math.tanh(x[i] / 0.4), within(0.01));
    }
  }

  @Test
  void echoesAreAFewAndLaterAndWeaker() {
    for (int seed = 0; seed < 20; seed++) {
      float[] click = new float[SAMPLES];
      click[100] = 1;
      float[] x = Effects.echoed(click, 0.6, Listening.draw(seed));
      assertThat(x[100]).isEqualTo(1);
      double late = 0;
      for (int i = 101; i < SAMPLES; i++) {
        assertThat(Math.abs(x[i])).isLessThan(0.9f);
        late += Math.abs(x[i]);
        if (i < 100 + Synth.samples(0.015)) {
          assertThat(x[i]).isZero();
        }
      }
      assertThat(late).isGreaterThan(0.05);
    }
  }

  @Test
  void loudspeakersPassTheirBand() {
    for (int seed = 0; seed < 10; seed++) {
      float[] noise = Synth.white(SAMPLES, Listening.draw(seed));
      float[] x = Effects.loudspeaker(noise, 500, 3000, Listening.draw(seed));
      assertThat(Listening.share(x, 350, 4500)).isGreaterThan(0.9);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {90, 440, 1700, 4100})
  void wavesAreTheSumOfTheirHarmonicsBelowTenKilohertz(double hertz) {
    double[] amplitudes = {1, 0.5, 0.25, 0.3, 0.1, 0.2, 0.05};
    float[] x = new Wave(amplitudes).played(steady(SAMPLES, hertz));
    for (int i = 0; i < SAMPLES; i += 7) {
      double sum = 0;
      for (int h = 1; h <= amplitudes.length && h * hertz < 10_000; h++) {
        sum += amplitudes[h - 1] * Math.sin(2 * Math.PI * h * hertz * i / Synth.RATE);
      }
      assertThat((double) x[i]).isCloseTo(sum, within(2e-4));
    }
  }

  @Test
  void drawnWavesHaveTheHarmonicsOfTheirShape() {
    float[] square = Wave.shaped(p -> p < 0.5 ? 1 : -1, 9).played(steady(SAMPLES, 1000));
    for (int h = 1; h <= 9; h++) {
      double sine = 0;
      for (int i = 0; i < SAMPLES; i++) {
        sine += 2 * square[i] * Math.sin(2 * Math.PI * h * i / 24.0) / SAMPLES;
      }
      assertThat(sine).isCloseTo(h % 2 == 1 ? 4 / (Math.PI * h) : 0, within(2e-3));
    }
  }

  @Test
  void tracksAreStraightBetweenTheirPoints() {
    double[] track = Synth.track(1000, t -> 3 - 2 * t);
    for (int i = 0; i < track.length; i++) {
      assertThat(track[i]).isCloseTo(3 - 2 * i / Synth.RATE, within(1e-12));
    }
  }

  private static double pitch(float[] x) {
    int crossings = 0;
    for (int i = 1; i < x.length; i++) {
      crossings += x[i - 1] < 0 && x[i] >= 0 ? 1 : 0;
    }
    return crossings * Synth.RATE / x.length;
  }

  private static double[] steady(int samples, double value) {
    double[] all = new double[samples];
    Arrays.fill(all, value);
    return all;
  }
}
