package org.hearsight.core.place;

import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.Stft;

/**
 * The spectra of a clip, frame by frame, as what every sum over directions is made of: powers of
 * the four channels, and the products of W with the other three and of Y with X.
 *
 * <p>Frames of 40 ms every 20 ms, those alone that lie wholly in the clip, so that silence before
 * and after it counts nowhere. The arrays are filled anew by each frame. For one thread.
 */
final class FrameProducts {
  static final int SIZE = 1024;

  /** Samples from frame to frame. */
  static final int HOP = FoaFeatures.HOP;

  static final int FRAMES_PER_SECOND = FoaFeatures.FRAMES_PER_SECOND;
  static final int BINS = SIZE / 2 + 1;

  /** Width of a bin. */
  static final double BIN_HZ = (double) Foa.SAMPLE_RATE / SIZE;

  private static final Stft STFT = new Stft(SIZE, HOP, 2 * HOP);

  /** [bins], |W|². */
  final double[] ww = new double[BINS];

  /** [bins], |Y|². */
  final double[] yy = new double[BINS];

  /** [bins], |Z|². */
  final double[] zz = new double[BINS];

  /** [bins], |X|². */
  final double[] xx = new double[BINS];

  /** [bins], Re(W*·Y): like the next two, a component of the active intensity. */
  final double[] wy = new double[BINS];

  /** [bins], Re(W*·Z). */
  final double[] wz = new double[BINS];

  /** [bins], Re(W*·X). */
  final double[] wx = new double[BINS];

  /** [bins], Re(Y*·X). */
  final double[] yx = new double[BINS];

  private final double[][] spectra = new double[Foa.CHANNELS][];

  FrameProducts() {
    for (int c = 0; c < Foa.CHANNELS; c++) {
      spectra[c] = STFT.newSpectrum();
    }
  }

  /** Frames that lie wholly in a clip. */
  static int frames(int samples) {
    return (samples - HOP) / HOP;
  }

  /** First bin at or above a frequency. */
  static int bin(double hertz) {
    return (int) Math.ceil(hertz / BIN_HZ);
  }

  /**
   * Goes to a frame.
   *
   * @param foa [4][samples]
   * @param frame from 0
   */
  void read(float[][] foa, int frame) {
    for (int c = 0; c < Foa.CHANNELS; c++) {
      // The transform's frame 0 is centred on the first sample; half of it lies before the clip.
      STFT.frame(foa[c], frame + 1, spectra[c]);
    }
    double[] w = spectra[Foa.W];
    double[] y = spectra[Foa.Y];
    double[] z = spectra[Foa.Z];
    double[] x = spectra[Foa.X];
    for (int k = 0; k < BINS; k++) {
      double wr = w[2 * k];
      double wi = w[2 * k + 1];
      double yr = y[2 * k];
      double yi = y[2 * k + 1];
      double zr = z[2 * k];
      double zi = z[2 * k + 1];
      double xr = x[2 * k];
      double xi = x[2 * k + 1];
      ww[k] = wr * wr + wi * wi;
      yy[k] = yr * yr + yi * yi;
      zz[k] = zr * zr + zi * zi;
      xx[k] = xr * xr + xi * xi;
      wy[k] = wr * yr + wi * yi;
      wz[k] = wr * zr + wi * zi;
      wx[k] = wr * xr + wi * xi;
      yx[k] = yr * xr + yi * xi;
    }
  }
}
