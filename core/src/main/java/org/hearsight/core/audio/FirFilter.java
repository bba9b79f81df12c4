package org.hearsight.core.audio;

import org.jtransforms.fft.DoubleFFT_1D;

/** Convolution with a response that reaches as far back as forward, block by block. */
final class FirFilter {
  private static final int SIZE = 8192;

  private FirFilter() {}

  /**
   * The signal through a filter without delay; before and behind it there is silence.
   *
   * @param taps an odd number, at most 4097, the middle one at time zero
   * @return as many samples as came in
   */
  static float[] centred(double[] taps, float[] in) {
    DoubleFFT_1D fft = Fourier.of(SIZE);
    double[] response = new double[SIZE];
    System.arraycopy(taps, 0, response, 0, taps.length);
    fft.realForward(response);
    int reach = taps.length / 2;
    int step = SIZE - taps.length + 1;
    float[] out = new float[in.length];
    double[] block = new double[SIZE];
    for (int at = 0; at < in.length; at += step) {
      for (int i = 0; i < SIZE; i++) { // the first taps.length − 1 come out wrapped round
        int from = at + i - reach;
        block[i] = from >= 0 && from < in.length ? in[from] : 0;
      }
      fft.realForward(block);
      Fourier.multiply(block, response);
      fft.realInverse(block, true);
      for (int i = 0; i < step && at + i < in.length; i++) {
        out[at + i] = (float) block[taps.length - 1 + i];
      }
    }
    return out;
  }
}
