package org.hearsight.simulator.acoustics;

import org.jtransforms.fft.FloatFFT_1D;

/** A signal split into octave bands without phase shift; the bands sum to the signal. */
public final class BandSplit {
  private final float[][] bands = new float[OctaveBands.COUNT][];
  private final int length;
  private final double[] energy = new double[OctaveBands.COUNT];

  public BandSplit(float[] signal, double sampleRate) {
    length = signal.length;
    int size = Math.max(2, length + (length & 1));
    FloatFFT_1D fft = Fft.real(size);
    float[] spectrum = new float[size];
    System.arraycopy(signal, 0, spectrum, 0, length);
    fft.realForward(spectrum);
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      float[] band = new float[size];
      // JTransforms packs Re[0], Re[n/2], Re[1], Im[1], …
      band[0] = spectrum[0] * (float) OctaveBands.share(b, 0);
      band[1] = spectrum[1] * (float) OctaveBands.share(b, sampleRate / 2);
      double sum = 0;
      int[] range = range(b, size, sampleRate);
      for (int k = range[0]; k < range[1]; k++) {
        float share = share(b, k, size, sampleRate);
        band[2 * k] = spectrum[2 * k] * share;
        band[2 * k + 1] = spectrum[2 * k + 1] * share;
        sum += band[2 * k] * (double) band[2 * k] + band[2 * k + 1] * (double) band[2 * k + 1];
      }
      energy[b] = 2 * sum / size / length;
      fft.realInverse(band, true);
      bands[b] = band;
    }
  }

  /** First and past-last frequency index of a band that is not zero. */
  private static int[] range(int band, int size, double sampleRate) {
    double centre = OctaveBands.centre(band) * size / sampleRate;
    int first = band == 0 ? 1 : Math.max(1, (int) (centre / 2));
    int last = band == OctaveBands.COUNT - 1 ? size / 2 : (int) (centre * 2) + 1;
    return new int[] {first, Math.min(size / 2, last)};
  }

  private static float share(int band, int k, int size, double sampleRate) {
    return (float) OctaveBands.share(band, k * sampleRate / size);
  }

  /** The samples of a band, at least {@link #length()} of them. */
  float[] band(int band) {
    return bands[band];
  }

  int length() {
    return length;
  }

  /** Mean square of each band. */
  double[] energy() {
    return energy;
  }
}
