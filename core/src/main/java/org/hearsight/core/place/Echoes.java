package org.hearsight.core.place;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Fourier;
import org.hearsight.core.audio.Stft;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Reflections by how late they come and from where: the correlation of W with W, Y and X at lags of
 * 0.4 to 60 ms, whitened, as a beam towards each azimuth.
 *
 * <p>A reflection from direction u repeats the sound τ later, so that W correlates with u's
 * channels at lag τ (the coloured autocorrelation of blind echo estimation: Tukuljac, Deleforge and
 * Gribonval, <i>MULAN</i>, NeurIPS 2018; whitening as in Knapp and Carter's generalized
 * correlation, IEEE TASSP 24(4), 1976). At positive lags W leads: the reflections' direction by the
 * lag after what came first. At negative ones it trails: the direction of what came first.
 * Whitening divides by W's power, smoothed over 25 bins, between 150 Hz and 8.5 kHz. Lags fall into
 * {@value #LAGS} logarithmic bins.
 *
 * <p>Rows of 72: for W leading, then trailing, each bin's beam 3·(r_W + r_Y sin φ + r_X cos φ) at
 * the lag where W's own correlation is strongest; then the same bins' sums over all their lags
 * without W, r_Y sin φ + r_X cos φ.
 */
final class Echoes {
  /** Bins of lags. */
  static final int LAGS = 24;

  static final int ROWS = 4 * LAGS;

  private static final int SIZE = 8192;
  private static final Stft STFT = new Stft(SIZE, SIZE / 2, SIZE);
  private static final DoubleFFT_1D INVERSE = Fourier.of(SIZE);

  private static final double FIRST_MS = 0.4;
  private static final double LAST_MS = 60;
  private static final double LOW_HZ = 150;
  private static final double HIGH_HZ = 8500;
  private static final int SMOOTHED = 25;
  private static final double FLOOR = 1e-3;
  private static final double SILENCE = 1e-12;
  private static final double TINY = 1e-9;
  private static final double STRONGEST_SCALE = 3;

  private static final int[] CHANNELS = {Foa.W, Foa.Y, Foa.X};

  private Echoes() {}

  /** Where the bins of lags begin, and where the last one ends, in samples. */
  private static int[] edges() {
    int[] edges = new int[LAGS + 1];
    for (int i = 0; i <= LAGS; i++) {
      double ms = FIRST_MS * Math.pow(LAST_MS / FIRST_MS, (double) i / LAGS);
      edges[i] = (int) Math.round(ms * Foa.SAMPLE_RATE / 1000);
    }
    return edges;
  }

  /**
   * Writes a clip's rows.
   *
   * @param foa [4][samples]
   * @param rows takes {@value #ROWS} rows of 72
   * @param at the first row's place
   */
  static void write(float[][] foa, float[] rows, int at) {
    double[][] r = correlations(foa);
    int[] edges = edges();
    for (int side = 0; side < 2; side++) {
      for (int bin = 0; bin < LAGS; bin++) {
        double[] sum = new double[CHANNELS.length];
        int strongest = 0;
        for (int lag = edges[bin]; lag < edges[bin + 1]; lag++) {
          int i = side == 0 ? lag : SIZE - lag;
          if (lag == edges[bin] || Math.abs(r[0][i]) > Math.abs(r[0][strongest])) {
            strongest = i;
          }
          for (int c = 0; c < CHANNELS.length; c++) {
            sum[c] += r[c][i];
          }
        }
        int row = at + (side * LAGS + bin) * PlaceGrid.AZIMUTHS;
        int sumRow = row + 2 * LAGS * PlaceGrid.AZIMUTHS;
        for (int a = 0; a < PlaceGrid.AZIMUTHS; a++) {
          double s = Azimuths.SINE[a];
          double c = Azimuths.COSINE[a];
          double beam = r[0][strongest] + r[1][strongest] * s + r[2][strongest] * c;
          rows[row + a] = (float) (STRONGEST_SCALE * beam);
          rows[sumRow + a] = (float) (sum[1] * s + sum[2] * c);
        }
      }
    }
  }

  /** Whitened correlations of W with W, Y and X, [3][SIZE]; 1 for W at lag 0, or 0 in silence. */
  private static double[][] correlations(float[][] foa) {
    int bins = STFT.bins();
    double[][] cross = new double[CHANNELS.length][2 * bins];
    double[][] spectra = new double[CHANNELS.length][];
    for (int c = 0; c < CHANNELS.length; c++) {
      spectra[c] = STFT.newSpectrum();
    }
    int frames = foa[Foa.W].length / STFT.hop() - 1;
    for (int frame = 0; frame < frames; frame++) {
      for (int c = 0; c < CHANNELS.length; c++) {
        // Frame 0 is centred on the first sample: from 1 on they lie wholly in the clip.
        STFT.frame(foa[CHANNELS[c]], frame + 1, spectra[c]);
        addProduct(spectra[0], spectra[c], cross[c]);
      }
    }
    double[] weights = weights(cross[0]);
    double[][] r = new double[CHANNELS.length][SIZE];
    for (int c = 0; c < CHANNELS.length; c++) {
      // Both ends of the spectrum lie outside the band, so their special places stay 0.
      for (int k = 1; k < SIZE / 2; k++) {
        r[c][2 * k] = cross[c][2 * k] * weights[k];
        r[c][2 * k + 1] = cross[c][2 * k + 1] * weights[k];
      }
      INVERSE.realInverse(r[c], true);
    }
    double scale = 1 / (r[0][0] + TINY);
    for (double[] channel : r) {
      for (int i = 0; i < SIZE; i++) {
        channel[i] *= scale;
      }
    }
    return r;
  }

  private static void addProduct(double[] w, double[] v, double[] cross) {
    for (int i = 0; i < cross.length; i += 2) {
      cross[i] += w[i] * v[i] + w[i + 1] * v[i + 1];
      cross[i + 1] += w[i] * v[i + 1] - w[i + 1] * v[i];
    }
  }

  private static double[] weights(double[] cross) {
    int bins = STFT.bins();
    double[] smooth = new double[bins];
    double most = 0;
    double sum = 0;
    for (int k = 0; k < bins + SMOOTHED / 2; k++) {
      sum += k < bins ? cross[2 * k] : 0;
      sum -= k >= SMOOTHED ? cross[2 * (k - SMOOTHED)] : 0;
      if (k >= SMOOTHED / 2) {
        smooth[k - SMOOTHED / 2] = sum / SMOOTHED;
        most = Math.max(most, sum / SMOOTHED);
      }
    }
    double[] weights = new double[bins];
    double binHz = (double) Foa.SAMPLE_RATE / SIZE;
    for (int k = 0; k < bins; k++) {
      boolean inside = k * binHz > LOW_HZ && k * binHz < HIGH_HZ;
      weights[k] = inside ? 1 / (Math.max(0, smooth[k]) + FLOOR * most + SILENCE) : 0;
    }
    return weights;
  }

  /** What the rows are. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    int[] edges = edges();
    for (String form : List.of("echo", "echo sum")) {
      for (String side : List.of("W leads", "W trails")) {
        for (int bin = 0; bin < LAGS; bin++) {
          double ms = 1000.0 * edges[bin] / Foa.SAMPLE_RATE;
          names.add(String.format(Locale.ROOT, "%s, %s, from %.2f ms", form, side, ms));
        }
      }
    }
    return names;
  }
}
