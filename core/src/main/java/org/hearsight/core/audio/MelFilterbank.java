package org.hearsight.core.audio;

/**
 * Triangular bands, evenly spaced on Slaney's mel scale and normalised to equal area, as librosa
 * makes them by default.
 *
 * <p>The scale (Slaney, <i>Auditory Toolbox</i>, 1998) is linear to 1 kHz, at 200/3 Hz a mel, and
 * logarithmic above, at a factor of 6.4 in 27 mels. Only the bins inside a band are kept: each bin
 * touches two bands at most. Immutable; for many threads.
 */
public final class MelFilterbank {
  private static final double HZ_PER_MEL = 200.0 / 3;
  private static final double BREAK_HZ = 1000;
  private static final double BREAK_MEL = BREAK_HZ / HZ_PER_MEL;
  private static final double LOG_STEP = Math.log(6.4) / 27;

  private final int bins;
  private final int[] first;
  private final double[][] weights;

  /**
   * @param sampleRate in Hz
   * @param size of the Fourier transform
   * @param bands how many
   * @param low lower edge of the first band in Hz
   * @param high upper edge of the last band in Hz
   */
  public MelFilterbank(int sampleRate, int size, int bands, double low, double high) {
    if (bands < 1 || !(0 <= low && low < high && high <= sampleRate / 2.0)) {
      throw new IllegalArgumentException(
          "mel: " + bands + " bands from " + low + " to " + high + " Hz at " + sampleRate + " Hz");
    }
    bins = size / 2 + 1;
    first = new int[bands];
    weights = new double[bands][];
    double lowMel = mel(low);
    double step = (mel(high) - lowMel) / (bands + 1);
    double binHz = (double) sampleRate / size;
    for (int b = 0; b < bands; b++) {
      double left = hertz(lowMel + b * step);
      double peak = hertz(lowMel + (b + 1) * step);
      double right = hertz(lowMel + (b + 2) * step);
      first[b] = (int) Math.floor(left / binHz) + 1;
      int end = Math.min(bins, (int) Math.ceil(right / binHz));
      weights[b] = new double[Math.max(0, end - first[b])];
      for (int i = 0; i < weights[b].length; i++) {
        double f = (first[b] + i) * binHz;
        double rising = (f - left) / (peak - left);
        double falling = (right - f) / (right - peak);
        weights[b][i] = Math.max(0, Math.min(rising, falling)) * 2 / (right - left);
      }
    }
  }

  public int bands() {
    return weights.length;
  }

  /**
   * Sums a spectrum into bands.
   *
   * @param spectrum [bins]
   * @param into [bands]
   */
  public void apply(double[] spectrum, double[] into) {
    for (int b = 0; b < weights.length; b++) {
      double[] w = weights[b];
      int start = first[b];
      double sum = 0;
      for (int i = 0; i < w.length; i++) {
        sum += w[i] * spectrum[start + i];
      }
      into[b] = sum;
    }
  }

  /** The whole matrix, [bands][bins]. */
  public double[][] matrix() {
    double[][] matrix = new double[weights.length][bins];
    for (int b = 0; b < weights.length; b++) {
      System.arraycopy(weights[b], 0, matrix[b], first[b], weights[b].length);
    }
    return matrix;
  }

  static double mel(double hertz) {
    return hertz < BREAK_HZ
        ? hertz / HZ_PER_MEL
        : BREAK_MEL + Math.log(hertz / BREAK_HZ) / LOG_STEP;
  }

  static double hertz(double mel) {
    return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp((mel - BREAK_MEL) * LOG_STEP);
  }
}
