package org.hearsight.simulator.acoustics;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * A signal split into octave bands without phase shift; the bands sum to the signal.
 *
 * <p>Samples of the bands lie side by side: band b of sample i at {@code i * STRIDE + b}.
 */
final class BandSplit {
  /** One more than the bands, to keep samples aligned. */
  static final int STRIDE = 8;

  private final float[] samples;
  private final int length;
  private final double[] energy = new double[OctaveBands.COUNT];

  BandSplit(float[] signal, double sampleRate) {
    length = signal.length;
    samples = new float[length * STRIDE];
    int size = Math.max(2, length + (length & 1));
    FloatFFT_1D fft = Fft.real(size);
    float[] spectrum = new float[size];
    System.arraycopy(signal, 0, spectrum, 0, length);
    fft.realForward(spectrum);
    float[] band = new float[size];
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      // JTransforms packs Re[0], Re[n/2], Re[1], Im[1], …
      band[0] = spectrum[0] * (float) OctaveBands.share(b, 0);
      band[1] = spectrum[1] * (float) OctaveBands.share(b, sampleRate / 2);
      double sum = 0;
      for (int k = 1; k < size / 2; k++) {
        float share = share(b, k, size, sampleRate);
        band[2 * k] = spectrum[2 * k] * share;
        band[2 * k + 1] = spectrum[2 * k + 1] * share;
        sum += band[2 * k] * (double) band[2 * k] + band[2 * k + 1] * (double) band[2 * k + 1];
      }
      energy[b] = 2 * sum / size / length;
      fft.realInverse(band, true);
      for (int i = 0; i < length; i++) {
        samples[i * STRIDE + b] = band[i];
      }
    }
  }

  private static float share(int band, int k, int size, double sampleRate) {
    double frequency = k * sampleRate / size;
    double centre = OctaveBands.centre(band);
    boolean outside =
        (band > 0 && frequency < centre / 2)
            || (band < OctaveBands.COUNT - 1 && frequency > centre * 2);
    return outside ? 0 : (float) OctaveBands.share(band, frequency);
  }

  float[] samples() {
    return samples;
  }

  int length() {
    return length;
  }

  /** Mean square of each band. */
  double[] energy() {
    return energy;
  }
}
