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
}
