package org.hearsight.simulator.acoustics;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Foa;

/**
 * How loud the late field of a place is and how long it lasts; the noise that stands for it.
 *
 * <p>The noise comes out of a store: unit white noise split into octave bands once, of which each
 * channel of each response takes stretches of its own. Those of one response are a quarter of the
 * store apart, 2.7 s, which is longer than any tail: no two channels hear the same noise.
 *
 * <p>Of a diffuse field each of X, Y, Z has a third of the energy of W (SN3D).
 *
 * @param from where it begins, samples after the emission
 * @param to where it ends, samples after the emission
 * @param weight [4] energy of each channel relative to the isotropic field's
 */
record LateField(int from, int to, Density density, double[] weight) {
  /** The same from all sides. */
  static final double[] ISOTROPIC = {1, 1, 1, 1};

  private static final int STORE = 1 << 18;
  private static final int BLOCK = 64;
  private static final BandSplit NOISE = new BandSplit(noise());

  /** Energy per sample of one octave band, {@code seconds} after the emission. */
  @FunctionalInterface
  interface Density {
    double at(int band, double seconds);
  }

  /** Adds the field to a response. */
  void add(Response response, RandomGenerator r) {
    float[][] taps = response.taps();
    int first = r.nextInt(STORE);
    int[] offset = new int[taps.length];
    float[] scale = new float[taps.length];
    for (int c = 0; c < taps.length; c++) {
      offset[c] = first + c * (STORE / taps.length);
      // The store knows few pairs of stretches; with drawn signs they agree on nothing on average.
      scale[c] = (float) Math.sqrt(weight[c] / (c == Foa.W ? 1 : 3)) * (r.nextBoolean() ? 1 : -1);
    }
    int end = response.zero() + to;
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      float[] noise = NOISE.band(b);
      float start = amplitude(b, from);
      for (int i = response.zero() + from; i < end; i += BLOCK) {
        float stop = amplitude(b, i + BLOCK - response.zero());
        float slope = (stop - start) / BLOCK;
        int n = Math.min(BLOCK, end - i);
        for (int c = 0; c < taps.length; c++) {
          int at = (offset[c] + i) & (STORE - 1);
          // A block never straddles the seam: the last few samples of the store are skipped.
          at = Math.min(at, STORE - BLOCK);
          for (int k = 0; k < n; k++) {
            taps[c][i + k] += scale[c] * (start + slope * k) * noise[at + k];
          }
        }
        start = stop;
      }
    }
  }

  private float amplitude(int band, int sample) {
    return (float) Math.sqrt(density.at(band, (double) sample / Foa.SAMPLE_RATE));
  }

  private static float[] noise() {
    SplittableRandom r = new SplittableRandom(24_000);
    float[] noise = new float[STORE];
    for (int i = 0; i < STORE; i++) {
      noise[i] = (float) r.nextGaussian();
    }
    return noise;
  }
}
