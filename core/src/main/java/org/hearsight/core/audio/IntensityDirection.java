package org.hearsight.core.audio;

import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

/**
 * The classical direction of arrival: the active intensity vector Re(W*·{X, Y, Z}) summed over time
 * and over 100 Hz to 8 kHz.
 *
 * <p>Loud moments and bins weigh as much as the energy they carry; nothing is normalised. Needs no
 * training, and hears one direction only: the energy's mean (Merimaa and Pulkki, <i>Spatial Impulse
 * Response Rendering I</i>, JAES 53, 2005). Immutable; for many threads.
 */
public final class IntensityDirection {
  public static final double LOW_HZ = 100;
  public static final double HIGH_HZ = 8000;

  private static final int FFT = 1024;
  private static final int HOP = 480;

  private final Stft stft = new Stft(FFT, HOP, 2 * HOP);
  private final int firstBin = (int) Math.ceil(LOW_HZ * FFT / Foa.SAMPLE_RATE);
  private final int lastBin = (int) Math.floor(HIGH_HZ * FFT / Foa.SAMPLE_RATE);

  /**
   * The direction of a stretch of sound; straight ahead if it is silent in the band.
   *
   * @param foa [4][samples], W, Y, Z, X (SN3D) at 24 kHz
   * @param fromSample first sample
   * @param toSample end, exclusive
   */
  public Direction of(float[][] foa, int fromSample, int toSample) {
    Foa.requireChannels("audio", foa);
    if (fromSample < 0 || toSample < fromSample || toSample > foa[0].length) {
      throw new IllegalArgumentException(
          "samples " + fromSample + " to " + toSample + " of " + foa[0].length);
    }
    Foa.requireNumbers("audio", foa, fromSample, toSample);
    double[][] spectra = new double[Foa.CHANNELS][2 * stft.bins()];
    double x = 0;
    double y = 0;
    double z = 0;
    for (int centre = fromSample; centre < toSample + HOP; centre += HOP) {
      for (int c = 0; c < Foa.CHANNELS; c++) {
        stft.frame(foa[c], fromSample, toSample, centre, 0, spectra[c]);
      }
      double[] w = spectra[Foa.W];
      x += activeIntensity(w, spectra[Foa.X]);
      y += activeIntensity(w, spectra[Foa.Y]);
      z += activeIntensity(w, spectra[Foa.Z]);
    }
    return Direction.of(new Vec3(x, y, z));
  }

  /** The first sample of a clip's last second, at whose end what is judged stands. */
  public static int lastSecond(float[][] foa) {
    return Math.max(0, foa[0].length - Foa.SAMPLE_RATE);
  }

  /** With ambisonic signs the sum points to the source, against the flow of the energy. */
  private double activeIntensity(double[] w, double[] v) {
    double sum = 0;
    for (int i = 2 * firstBin; i <= 2 * lastBin + 1; i++) {
      sum += w[i] * v[i];
    }
    return sum;
  }
}
