package org.hearsight.simulator.acoustics;

import org.jtransforms.fft.FloatFFT_1D;
import org.jtransforms.utils.CommonUtils;

/**
 * Real Fourier transforms in the calling thread: scenarios are worked on in parallel already, and
 * handing halves of a transform to other threads costs more than it gains.
 */
final class Fft {
  static {
    CommonUtils.setThreadsBeginN_1D_FFT_2Threads(Long.MAX_VALUE);
    CommonUtils.setThreadsBeginN_1D_FFT_4Threads(Long.MAX_VALUE);
  }

  private Fft() {}

  /** A transform of {@code size} real values, an even number. */
  static FloatFFT_1D real(int size) {
    return new FloatFFT_1D(size);
  }

  /** The smallest length not below {@code least} that it is quick with: 1, 3 or 9 times 2ⁿ. */
  static int length(int least) {
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
}
