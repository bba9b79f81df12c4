package org.hearsight.core.audio;

import java.util.Arrays;

/**
 * Powers of four channels in tiles of a third octave and a quarter of a second, from 300 Hz to 3.8
 * kHz, and how they are related from tile to tile.
 */
final class FieldTiles {
  /** Stands for the mean of the four channels where a channel is asked for. */
  static final int MEAN = Foa.CHANNELS;

  /** A tile or band this far below the loudest says nothing, −50 dB: it may be a tone's leakage. */
  private static final double FAINT = 1e-5;

  /** A tone or two may stand in the nodes of a room; so many bands do not. */
  private static final int FEWEST_BANDS = 7;

  private static final int FEWEST_TILES = 30;

  private static final double LOWEST_HZ = 300;
  private static final int BANDS = 11;
  private static final int FFT = 1024;
  private static final int FRAMES = 6;
  private static final Stft STFT = new Stft(FFT, FFT, FFT);
  private static final int[] BAND_OF_BIN = bandOfBin();

  private final double[][] tiles; // [n][W, Y, Z, X, mean]
  private final double[][] bands; // [n][W, Y, Z, X, mean]

  private FieldTiles(double[][] tiles, double[][] bands) {
    this.tiles = tiles;
    this.bands = bands;
  }

  /**
   * Those that are loud enough.
   *
   * @param foa [4][samples] at 24 kHz
   */
  static FieldTiles of(float[][] foa) {
    // Not the first and the last frame: where a tone is cut off it is heard in every band.
    int frames = Math.max(0, foa[0].length / FFT - 1);
    double[][] tiles = new double[(frames + FRAMES - 1) / FRAMES * BANDS][MEAN + 1];
    double[][] bands = new double[BANDS][MEAN + 1];
    double[][] spectra = new double[Foa.CHANNELS][];
    for (int c = 0; c < Foa.CHANNELS; c++) {
      spectra[c] = STFT.newSpectrum();
    }
    for (int t = 0; t < frames; t++) {
      for (int c = 0; c < Foa.CHANNELS; c++) {
        STFT.frame(foa[c], t + 1, spectra[c]);
      }
      for (int k = 0; k < STFT.bins(); k++) {
        if (BAND_OF_BIN[k] >= 0) {
          add(spectra, k, tiles[t / FRAMES * BANDS + BAND_OF_BIN[k]]);
        }
      }
    }
    for (int i = 0; i < tiles.length; i++) {
      for (int c = 0; c <= MEAN; c++) {
        bands[i % BANDS][c] += tiles[i][c];
      }
    }
    return new FieldTiles(audible(tiles), audible(bands));
  }

  private static void add(double[][] spectra, int k, double[] tile) {
    double real = 0;
    double imaginary = 0;
    for (int c = 0; c < Foa.CHANNELS; c++) {
      double re = spectra[c][2 * k];
      double im = spectra[c][2 * k + 1];
      tile[c] += re * re + im * im;
      real += re;
      imaginary += im;
    }
    // Half the sum, so that the power of four orthogonal parts is that of the four channels.
    tile[MEAN] += (real * real + imaginary * imaginary) / Foa.CHANNELS;
  }

  private static double[][] audible(double[][] powers) {
    double loudest = Arrays.stream(powers).mapToDouble(FieldTiles::total).max().orElse(0);
    return Arrays.stream(powers).filter(p -> total(p) > FAINT * loudest).toArray(double[][]::new);
  }

  private static double total(double[] powers) {
    double sum = 0;
    for (int c = 0; c < Foa.CHANNELS; c++) {
      sum += powers[c];
    }
    return sum;
  }

  /** Are there too few to judge by, as of a tone or a short sound? */
  boolean areFew() {
    return bands.length < FEWEST_BANDS || tiles.length < FEWEST_TILES;
  }

  /**
   * How far the power of the rest against that of one channel is from what it should be, and how
   * much it varies: root of the sum of squares of the median and the range of the middle half of
   * its logarithm over the tiles.
   *
   * @param channel one of four, or {@link #MEAN}
   * @param expected power of the rest against that of the channel
   */
  double unsteadiness(int channel, double expected) {
    double[] logs = new double[tiles.length];
    for (int i = 0; i < logs.length; i++) {
      double one = tiles[i][channel];
      logs[i] =
          Math.log(Math.max(Double.MIN_NORMAL, total(tiles[i]) - one))
              - Math.log(Math.max(Double.MIN_NORMAL, one * expected));
    }
    Arrays.sort(logs);
    return Math.hypot(quantile(logs, 0.5), quantile(logs, 0.75) - quantile(logs, 0.25));
  }

  /** Power of Y, Z and X together against that of W, the median of the bands. */
  double level() {
    double[] ratios = new double[bands.length];
    for (int b = 0; b < ratios.length; b++) {
      ratios[b] = total(bands[b]) / Math.max(Double.MIN_NORMAL, bands[b][Foa.W]) - 1;
    }
    Arrays.sort(ratios);
    return quantile(ratios, 0.5);
  }

  /** What Y, Z and X have of their power together, the mean of the tiles, [4] with 0 for W. */
  double[] shares() {
    double[] shares = new double[Foa.CHANNELS];
    for (double[] tile : tiles) {
      double velocity = total(tile) - tile[Foa.W];
      for (int c = 1; c < Foa.CHANNELS && velocity > 0; c++) {
        shares[c] += tile[c] / velocity / tiles.length;
      }
    }
    return shares;
  }

  /** How much the share of Y varies: the range of the middle half of the tiles. */
  double wandering() {
    double[] shares = new double[tiles.length];
    for (int i = 0; i < shares.length; i++) {
      double velocity = total(tiles[i]) - tiles[i][Foa.W];
      shares[i] = velocity > 0 ? tiles[i][Foa.Y] / velocity : 0;
    }
    Arrays.sort(shares);
    return quantile(shares, 0.75) - quantile(shares, 0.25);
  }

  private static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** The third octave of each bin of the spectrum; −1 outside all of them. */
  private static int[] bandOfBin() {
    int[] bands = new int[STFT.bins()];
    for (int k = 0; k < bands.length; k++) {
      double octaves = Math.log((double) k * Foa.SAMPLE_RATE / FFT / LOWEST_HZ) / Math.log(2);
      double band = Math.floor(3 * octaves);
      bands[k] = band >= 0 && band < BANDS ? (int) band : -1;
    }
    return bands;
  }
}
