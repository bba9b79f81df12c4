package org.hearsight.simulator.acoustics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Fourier;
import org.jtransforms.fft.FloatFFT_1D;

/** A signal split into octave bands without phase shift; the bands sum to the signal. */
public final class BandSplit {
  private final float[][] bands = new float[OctaveBands.COUNT][];
  private final int length;
  private final double[] energy = new double[OctaveBands.COUNT];

  /**
   * @param signal at {@link Foa#SAMPLE_RATE}
   */
  public BandSplit(float[] signal) {
    length = signal.length;
    int size = Math.max(2, length + (length & 1));
    FloatFFT_1D fft = Fourier.ofFloats(size);
    float[] spectrum = new float[size];
    System.arraycopy(signal, 0, spectrum, 0, length);
    fft.realForward(spectrum);
    Shares[] shares = Shares.of(size);
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      float[] band = new float[size];
      // JTransforms packs Re[0], Re[n/2], Re[1], Im[1], …
      band[0] = spectrum[0] * (float) OctaveBands.share(b, 0);
      band[1] = spectrum[1] * (float) OctaveBands.share(b, Foa.SAMPLE_RATE / 2.0);
      double sum = 0;
      int first = shares[b].first;
      for (int i = 0; i < shares[b].values.length; i++) {
        int k = first + i;
        float share = shares[b].values[i];
        band[2 * k] = spectrum[2 * k] * share;
        band[2 * k + 1] = spectrum[2 * k + 1] * share;
        sum += band[2 * k] * (double) band[2 * k] + band[2 * k + 1] * (double) band[2 * k + 1];
      }
      energy[b] = 2 * sum / size / length;
      fft.realInverse(band, true);
      bands[b] = band;
    }
  }

  /** Shares of one band in the frequencies of a transform, from number {@code first} on. */
  private record Shares(int first, float[] values) {
    /** Of the lengths sounds are brought to, of which there are three in an octave. */
    private static final Map<Integer, Shares[]> KNOWN = new ConcurrentHashMap<>();

    static Shares[] of(int size) {
      boolean usual = Fourier.quickSize(size) == size;
      return usual ? KNOWN.computeIfAbsent(size, Shares::computed) : computed(size);
    }

    private static Shares[] computed(int size) {
      Shares[] shares = new Shares[OctaveBands.COUNT];
      for (int b = 0; b < shares.length; b++) {
        // Outside of these frequencies the band is zero.
        double centre = OctaveBands.centre(b) * size / Foa.SAMPLE_RATE;
        int first = b == 0 ? 1 : Math.max(1, (int) (centre / 2));
        int last = b == shares.length - 1 ? size / 2 : Math.min(size / 2, (int) (centre * 2) + 1);
        float[] values = new float[Math.max(0, last - first)];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) OctaveBands.share(b, (first + i) * (double) Foa.SAMPLE_RATE / size);
        }
        shares[b] = new Shares(first, values);
      }
      return shares;
    }
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
