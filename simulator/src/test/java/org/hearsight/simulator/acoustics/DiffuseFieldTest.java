package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.hearsight.core.audio.Foa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is alike at many places of itself was mixed up to 30 dB off: tones, hums, beats. */
class DiffuseFieldTest {
  private static final int RATE = Foa.SAMPLE_RATE;
  private static final int CLIP = 5 * RATE;

  @ParameterizedTest
  @ValueSource(doubles = {50, 60, 100, 120, 125, 250, 333, 500, 1000, 2000, 4000, 8000})
  void aToneComesFromAllAroundAtTheLevelAskedFor(double frequency) {
    for (int seed = 0; seed < 3; seed++) {
      check(tone(frequency, CLIP), 60, seed, 0.25);
    }
  }

  @Test
  void soDoNoiseBeatsAndClicks() {
    float[] noise = noise(CLIP);
    check(noise, 45, 1, 0.02);
    float[] beats = new float[CLIP];
    float[] clicks = new float[CLIP];
    for (int i = 0; i < CLIP; i++) {
      beats[i] = (float) (noise[i] * (1 + Math.sin(2 * Math.PI * 4 * i / RATE)));
      clicks[i] = i % (RATE / 2) == 0 ? 1 : 0;
    }
    check(beats, 30, 2, 0.05);
    check(clicks, 60, 3, 0.1);
  }

  /** Beside the level of the whole, that of every octave: within 0.5 dB. */
  @Test
  void theSpectrumStaysThatOfTheAmbience() {
    float[] noise = noise(CLIP);
    float[] pink = new float[CLIP];
    float low = 0;
    for (int i = 0; i < CLIP; i++) {
      low = 0.99f * low + 0.1f * noise[i];
      pink[i] = low + 0.1f * noise[i];
    }
    float[][] field = field(pink, CLIP, 60, 4);
    double[] dry = new BandSplit(pink).energy();
    double scale = energy(field[Foa.W]) / energy(pink);
    for (int c = 0; c < field.length; c++) {
      double[] wet = new BandSplit(field[c]).energy();
      double share = c == Foa.W ? 1 : 1 / 3.0;
      for (int b = 0; b < OctaveBands.COUNT; b++) {
        assertThat(10 * Math.log10(wet[b] / (dry[b] * scale * share)))
            .as("channel %d, band %d", c, b)
            .isCloseTo(0, within(0.5));
      }
    }
  }

  /** A gust stays a gust: levels of quarters of a second within 1 dB, but for its edges. */
  @Test
  void theCourseInTimeStaysThatOfTheAmbience() {
    float[] gust = noise(CLIP);
    for (int i = 0; i < CLIP; i++) {
      gust[i] *= i >= 2 * RATE && i < 3 * RATE ? 1 : 0.1f;
    }
    float[] w = field(gust, CLIP, 60, 5)[Foa.W];
    double scale = energy(w) / energy(gust);
    int quarter = RATE / 4;
    for (int q = 0; q < 20; q++) {
      if (q == 7 || q == 12) {
        continue; // beside the edges
      }
      double dry = 0;
      double wet = 0;
      for (int i = q * quarter; i < (q + 1) * quarter; i++) {
        dry += scale * gust[i] * gust[i];
        wet += (double) w[i] * w[i];
      }
      assertThat(10 * Math.log10(wet / dry)).as("quarter %d", q).isCloseTo(0, within(1.0));
    }
  }

  @Test
  void anAmbienceMayBeShorterThanTheClip() {
    float[][] field = field(noise(RATE / 10), CLIP, 50, 6);
    double all = energy(field[Foa.W]) / CLIP;
    for (int second = 0; second < 5; second++) {
      double sum = 0;
      for (int i = second * RATE; i < (second + 1) * RATE; i++) {
        sum += (double) field[Foa.W][i] * field[Foa.W][i] / RATE;
      }
      assertThat(10 * Math.log10(sum / all)).isCloseTo(0, within(1.0));
    }
  }

  @Test
  void silenceStaysSilentAndSaysSo() {
    float[][] pressure = new float[Foa.CHANNELS][CLIP];
    double level = DiffuseField.add(new float[CLIP], pressure, 60, new SplittableRandom(7));
    assertThat(level).isEqualTo(Double.NEGATIVE_INFINITY);
    for (float[] channel : pressure) {
      assertThat(channel).containsOnly(0f);
    }
  }

  @Test
  void itIsAddedToWhatIsThere() {
    float[][] field = field(noise(CLIP), CLIP, 60, 8);
    float[][] pressure = new float[Foa.CHANNELS][CLIP];
    pressure[Foa.X][100] = 1;
    double level = DiffuseField.add(noise(CLIP), pressure, 60, new SplittableRandom(8));
    assertThat(level).isEqualTo(60);
    assertThat(pressure[Foa.X][100]).isCloseTo(1 + field[Foa.X][100], within(1e-6f));
    assertThat(pressure[Foa.X][101]).isEqualTo(field[Foa.X][101]);
  }

  /** Level within 0.05 dB, a third of it in X, Y and Z, and channels that tell nothing. */
  private static void check(float[] ambience, double level, int seed, double alike) {
    float[][] field = field(ambience, CLIP, level, seed);
    for (int c = 0; c < field.length; c++) {
      double share = c == Foa.W ? 0 : 10 * Math.log10(1 / 3.0);
      double rms = Math.sqrt(energy(field[c]) / CLIP);
      assertThat(Calibration.decibels(rms)).isCloseTo(level + share, within(0.05));
      for (int d = 0; d < c; d++) {
        double together = 0;
        for (int i = 0; i < CLIP; i++) {
          together += (double) field[c][i] * field[d][i];
        }
        assertThat(together / Math.sqrt(energy(field[c]) * energy(field[d])))
            .as("channels %d and %d", c, d)
            .isCloseTo(0, within(alike));
      }
    }
  }

  private static float[][] field(float[] ambience, int samples, double level, int seed) {
    float[][] pressure = new float[Foa.CHANNELS][samples];
    assertThat(DiffuseField.add(ambience, pressure, level, new SplittableRandom(seed)))
        .isEqualTo(level);
    return pressure;
  }

  private static float[] tone(double frequency, int n) {
    float[] tone = new float[n];
    for (int i = 0; i < n; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * frequency * i / RATE);
    }
    return tone;
  }

  private static float[] noise(int n) {
    SplittableRandom r = new SplittableRandom(9);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) r.nextGaussian();
    }
    return x;
  }

  private static double energy(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += (double) v * v;
    }
    return sum;
  }
}
