package org.hearsight.simulator.acoustics;

import org.hearsight.core.audio.Fourier;
import org.jtransforms.fft.FloatFFT_1D;

/** Real Fourier transforms of lengths they are quick with. */
final class Fft {
  private Fft() {}

  /** A transform of {@code size} real values, an even number. */
  static FloatFFT_1D real(int size) {
    return Fourier.ofFloats(size);
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
