package org.hearsight.simulator.acoustics;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Foa;

/**
 * Decaying noise out of a store: unit white noise split into octave bands once, of which each
 * channel of each response takes stretches of its own. Those of one response are a quarter of the
 * store apart, 2.7 s, which is longer than any tail: no two channels hear the same noise.
 *
 * <p>Of a diffuse field each of X, Y, Z has a third of the energy of W (SN3D).
 */
final class DiffuseTail {
  private static final int STORE = 1 << 18;
  private static final int BLOCK = 64;
  private static final BandSplit NOISE = new BandSplit(noise(), Foa.SAMPLE_RATE);

  private DiffuseTail() {}

  /** Energy per sample of one octave band, {@code seconds} after the emission. */
  @FunctionalInterface
  interface Density {
    double at(int band, double seconds);
  }

  /**
   * Adds a tail to a response.
   *
   * @param response [4][samples]; sample {@code zero} is time zero
   * @param from where the tail begins, samples after time zero
   * @param weight energy of each channel relative to the isotropic field's
   */
  static void add(
      float[][] response, int zero, int from, Density density, double[] weight, RandomGenerator r) {
    int first = r.nextInt(STORE);
    int[] offset = new int[response.length];
    float[] scale = new float[response.length];
    for (int c = 0; c < response.length; c++) {
      offset[c] = first + c * (STORE / response.length);
      // The store knows few pairs of stretches; with drawn signs they agree on nothing on average.
      scale[c] = (float) Math.sqrt(weight[c] / (c == Foa.W ? 1 : 3)) * (r.nextBoolean() ? 1 : -1);
    }
    int length = response[0].length;
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      float[] noise = NOISE.band(b);
      float start = amplitude(density, b, from);
      for (int i = zero + from; i < length; i += BLOCK) {
        float stop = amplitude(density, b, i + BLOCK - zero);
        float slope = (stop - start) / BLOCK;
        int n = Math.min(BLOCK, length - i);
        for (int c = 0; c < response.length; c++) {
          int at = (offset[c] + i) & (STORE - 1);
          // A block never straddles the seam: the last few samples of the store are skipped.
          at = Math.min(at, STORE - BLOCK);
          for (int k = 0; k < n; k++) {
            response[c][i + k] += scale[c] * (start + slope * k) * noise[at + k];
          }
        }
        start = stop;
      }
    }
  }

  private static float amplitude(Density density, int band, int sample) {
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
