package org.hearsight.core.audio;

import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.FloatFFT_1D;
import org.jtransforms.utils.CommonUtils;

/**
 * Fourier transforms in the calling thread; whoever needs one takes it from here.
 *
 * <p>Left to itself, JTransforms hands halves of transforms of 8192 values and more to threads of
 * its own. That costs more than it gains where clips are worked on in parallel already; and in a
 * thread that is interrupted it logs a stack trace, clears the interruption and gives half a
 * transform for a whole one.
 */
public final class Fourier {
  static {
    CommonUtils.setThreadsBeginN_1D_FFT_2Threads(Long.MAX_VALUE);
    CommonUtils.setThreadsBeginN_1D_FFT_4Threads(Long.MAX_VALUE);
  }

  private Fourier() {}

  /** A transform of so many values. */
  public static DoubleFFT_1D of(int size) {
    return new DoubleFFT_1D(size);
  }

  /** A transform of so many values, in single precision. */
  public static FloatFFT_1D ofFloats(int size) {
    return new FloatFFT_1D(size);
  }

  /** The smallest even length not below {@code least} that is quick: 1, 3 or 9 times 2ⁿ. */
  public static int quickSize(int least) {
    long best = Long.MAX_VALUE;
    for (long odd = 1; odd <= 9; odd *= 3) {
      long n = 2 * odd;
      while (n < least) {
        n *= 2;
      }
      best = Math.min(best, n);
    }
    return Math.toIntExact(best);
  }

  /**
   * Multiplies a spectrum by another: what they are spectra of is convolved.
   *
   * @param a as {@code realForward} packs an even number of values; becomes the product
   * @param b packed alike; not changed
   */
  public static void multiply(double[] a, double[] b) {
    a[0] *= b[0];
    a[1] *= b[1];
    for (int k = 2; k < a.length; k += 2) {
      double re = a[k] * b[k] - a[k + 1] * b[k + 1];
      a[k + 1] = a[k] * b[k + 1] + a[k + 1] * b[k];
      a[k] = re;
    }
  }

  /** The same in single precision. */
  public static void multiply(float[] a, float[] b) {
    a[0] *= b[0];
    a[1] *= b[1];
    for (int k = 2; k < a.length; k += 2) {
      float re = a[k] * b[k] - a[k + 1] * b[k + 1];
      a[k + 1] = a[k] * b[k + 1] + a[k + 1] * b[k];
      a[k] = re;
    }
  }
}
