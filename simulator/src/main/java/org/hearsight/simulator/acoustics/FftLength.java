package org.hearsight.simulator.acoustics;

/** Lengths an FFT is quick with: powers of two, three or nine times one. */
final class FftLength {
  private FftLength() {}

  /** The smallest such length that is not below {@code least}. */
  static int atLeast(int least) {
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
