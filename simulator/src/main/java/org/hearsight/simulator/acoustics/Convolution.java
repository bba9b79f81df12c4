package org.hearsight.simulator.acoustics;

import org.hearsight.core.audio.Fourier;
import org.jtransforms.fft.FloatFFT_1D;

/** Fast convolution of one signal with a response of several channels. */
public final class Convolution {
  private Convolution() {}

  /**
   * Adds the signal as the response changes it.
   *
   * @param lead sample of the signal at second 0, where {@code out} begins
   * @param response [channels][taps]; tap {@code zero} is time zero
   * @param out [channels][samples]
   */
  public static void add(float[] dry, int lead, float[][] response, int zero, float[][] out) {
    int skipped = lead + zero;
    int heard = Math.min(dry.length, out[0].length + skipped);
    // What wraps round ends before the clip starts.
    int size =
        Fourier.quickSize(Math.max(heard, response[0].length + Math.max(0, heard - skipped)));
    FloatFFT_1D fft = Fourier.ofFloats(size);
    float[] spectrum = new float[size];
    System.arraycopy(dry, 0, spectrum, 0, heard);
    fft.realForward(spectrum);
    for (int c = 0; c < response.length; c++) {
      float[] wet = new float[size];
      System.arraycopy(response[c], 0, wet, 0, response[c].length);
      fft.realForward(wet);
      Fourier.multiply(wet, spectrum);
      fft.realInverse(wet, true);
      int n = Math.min(out[c].length, size - skipped);
      for (int i = 0; i < n; i++) {
        out[c][i] += wet[i + skipped];
      }
    }
  }
}
