package org.hearsight.report.page;

import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Stft;
import org.hearsight.core.vision.Png;

/**
 * What is heard, as a picture: time to the right, frequency up on a logarithmic scale from {@value
 * #LOWEST} Hz to 12 kHz, the loudest {@value #RANGE_DB} dB from violet to yellow.
 */
public final class Spectrogram {
  /** Frequencies to be marked, Hz. */
  static final int[] TICKS = {125, 500, 2000, 8000};

  private static final double LOWEST = 60;
  private static final double HIGHEST = Foa.SAMPLE_RATE / 2.0;
  private static final int ROWS = 96;
  private static final double RANGE_DB = 70;
  private static final double SILENCE = 1e-12;

  private static final Stft STFT = new Stft(1024, 480, 1024);

  private Spectrogram() {}

  /**
   * Draws a channel.
   *
   * @param samples at 24 kHz
   * @return a PNG, 96 pixels high and one wide for each 20 ms
   */
  public static byte[] png(float[] samples) {
    int frames = Math.max(1, samples.length / STFT.hop());
    double[][] decibels = new double[frames][ROWS];
    double loudest = Double.NEGATIVE_INFINITY;
    double[] spectrum = STFT.newSpectrum();
    for (int t = 0; t < frames; t++) {
      STFT.frame(samples, t, spectrum);
      for (int row = 0; row < ROWS; row++) {
        decibels[t][row] = level(spectrum, row);
        loudest = Math.max(loudest, decibels[t][row]);
      }
    }
    int[] pixels = new int[frames * ROWS];
    for (int t = 0; t < frames; t++) {
      for (int row = 0; row < ROWS; row++) {
        double shade = 1 + (decibels[t][row] - loudest) / RANGE_DB;
        pixels[row * frames + t] = Viridis.colour(shade);
      }
    }
    return Png.rgb(pixels, frames, ROWS);
  }

  /** Where a frequency lies below the upper edge, 0 to 1. */
  static double down(double hertz) {
    return Math.log(HIGHEST / hertz) / Math.log(HIGHEST / LOWEST);
  }

  /** The mean power of the bins that a row covers, or of the one it lies in, in dB. */
  private static double level(double[] spectrum, int row) {
    int last = STFT.bins() - 1;
    int to = Math.min(last, bin(edge(row)));
    int from = Math.min(to, bin(edge(row + 1)) + 1);
    double power = 0;
    for (int k = from; k <= to; k++) {
      power += spectrum[2 * k] * spectrum[2 * k] + spectrum[2 * k + 1] * spectrum[2 * k + 1];
    }
    return 10 * Math.log10(SILENCE + power / (to - from + 1));
  }

  private static double edge(int row) {
    return HIGHEST * Math.pow(LOWEST / HIGHEST, (double) row / ROWS);
  }

  private static int bin(double hertz) {
    return (int) Math.round(hertz * STFT.size() / Foa.SAMPLE_RATE);
  }
}
