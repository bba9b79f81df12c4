package org.hearsight.core.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where those time-frequency bins point that one arrival dominates: histograms of the active
 * intensity's azimuth.
 *
 * <p>A mean over all bins lies between the source and its reflections; bins in which the covariance
 * is nearly of rank one, "direct-path dominance", point at one of them (Nadiri and Rafaely,
 * <i>Localization of Multiple Speakers under High Reverberation using a Spherical Microphone Array
 * and the Direct-Path Dominance Test</i>, IEEE/ACM TASLP 22(10), 2014). In first-order ambisonics
 * the test is directness: the intensity vector's length by the energy density (|W|² + |Y|² + |Z|² +
 * |X|²) / 2, both means over 3 × 3 neighbouring bins; 1 for a plane wave, 0 in a diffuse field.
 *
 * <p>Four bands, five weightings of a bin each:
 *
 * <ul>
 *   <li>amplitude × directness⁶, over the clip;
 *   <li>the same over its last second, where the hazard stands in the end;
 *   <li>amplitude × directness⁴ × rise over the two frames before, log10 in [0, 1.5];
 *   <li>directness⁸ × level over the bin's noise floor (its 20th percentile over time), log10 in
 *       [0, 3]: quiet bins count as loud ones do;
 *   <li>the same over the last two and a half seconds.
 * </ul>
 *
 * <p>A bin counts in the two cells whose centres it lies between; histograms are smoothed by (¼, ½,
 * ¼) and have mean 1. The rows are their square roots, band by band; all zero where nothing is
 * heard.
 */
final class DirectionHistograms {
  static final int BANDS = 4;
  static final int WEIGHTINGS = 5;
  static final int ROWS = BANDS * WEIGHTINGS;

  private static final double[] EDGES_HZ = {100, 500, 1500, 4000, 9500};
  private static final int FIRST = FrameProducts.bin(EDGES_HZ[0]);
  private static final int BINS = FrameProducts.bin(EDGES_HZ[BANDS]) - FIRST;
  private static final int LAST_SECOND = FrameProducts.FRAMES_PER_SECOND;
  private static final int LAST_HALF = 5 * FrameProducts.FRAMES_PER_SECOND / 2;
  private static final int SUMS = 5;
  private static final double FLOOR_PERCENTILE = 0.2;
  private static final double SILENCE = 1e-12;
  private static final double MOST_RISE = 1.5;
  private static final double MOST_LEVEL = 3;
  private static final double TINY = 1e-9;

  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double LOG10_OF_2 = Math.log10(2);
  private static final double LOG10_OF_E = Math.log10(Math.E);

  private final int frames;

  /** [frames][bins], sums over three neighbouring bins. */
  private final float[][] power;

  private final float[][] density;
  private final float[][] x;
  private final float[][] y;
  private final float[][] z;

  /**
   * @param frames of the clip
   */
  DirectionHistograms(int frames) {
    this.frames = frames;
    power = new float[frames][];
    density = new float[frames][];
    x = new float[frames][];
    y = new float[frames][];
    z = new float[frames][];
  }

  /** A frame's sums over three neighbouring bins, [5][bins]: power, density, x, y, z. */
  static float[][] of(FrameProducts p) {
    float[][] sums = new float[SUMS][BINS];
    for (int i = 0; i < BINS; i++) {
      int k = FIRST + i;
      double w = p.ww[k - 1] + p.ww[k] + p.ww[k + 1];
      double v = p.yy[k - 1] + p.yy[k] + p.yy[k + 1];
      v += p.zz[k - 1] + p.zz[k] + p.zz[k + 1];
      v += p.xx[k - 1] + p.xx[k] + p.xx[k + 1];
      sums[0][i] = (float) w;
      sums[1][i] = (float) (w + v);
      sums[2][i] = (float) (p.wx[k - 1] + p.wx[k] + p.wx[k + 1]);
      sums[3][i] = (float) (p.wy[k - 1] + p.wy[k] + p.wy[k + 1]);
      sums[4][i] = (float) (p.wz[k - 1] + p.wz[k] + p.wz[k + 1]);
    }
    return sums;
  }

  /** Takes the next frame's sums, which are not changed. */
  void add(int frame, float[][] sums) {
    power[frame] = sums[0];
    density[frame] = sums[1];
    x[frame] = sums[2];
    y[frame] = sums[3];
    z[frame] = sums[4];
  }

  /** Keeps what a frame's bins point at for windows that hold the same frames again. */
  interface Kept {
    /**
     * What a frame's bins point at: what was kept of it, or what is made now.
     *
     * @param frame of this window
     * @param made makes it in an object that may have been of another frame
     */
    Pointing get(int frame, UnaryOperator<Pointing> made);
  }

  /**
   * What a frame's bins point at, of which nothing refers to the window: where each points and how
   * direct it is, and what they sum up to where no floor is asked for.
   */
  static final class Pointing {
    /** [bins], place on the circle of azimuths. */
    private final double[] positions = new double[BINS];

    /** [bins], directness⁸. */
    private final double[] direct8 = new double[BINS];

    /** [bands][azimuths], amplitude × directness⁶. */
    private final double[][] direct = new double[BANDS][PlaceGrid.AZIMUTHS];

    /** [bands][azimuths], amplitude × directness⁴ × rise. */
    private final double[][] onsets = new double[BANDS][PlaceGrid.AZIMUTHS];
  }

  /**
   * Writes the rows.
   *
   * @param rows takes {@value #ROWS} rows of 72
   * @param at the first row's place
   * @param kept asked for frames whose neighbours lie in the window as well
   */
  void write(float[] rows, int at, Kept kept) {
    float[][] smooth = smoothed(power, 1 / 9f);
    float[] floors = floors(smooth);
    double[][] sums = new double[ROWS][PlaceGrid.AZIMUTHS];
    Pointing edge = new Pointing();
    float[] rise = new float[BINS];
    for (int f = 0; f < frames; f++) {
      int frame = f;
      // A rise looks at two frames before, whose means over time look at one more.
      boolean inside = frame > 2 && frame < frames - 1;
      Pointing pointing =
          inside
              ? kept.get(frame, into -> point(frame, smooth, rise, into))
              : point(frame, smooth, rise, edge);
      // What lasts to the end is summed apart, and belongs to the whole as well.
      int clip = frame < frames - LAST_SECOND ? 0 : 1;
      int above = frame < frames - LAST_HALF ? 3 : 4;
      for (int band = 0; band < BANDS; band++) {
        int row = band * WEIGHTINGS;
        add(pointing.direct[band], sums[row + clip]);
        add(pointing.onsets[band], sums[row + 2]);
        countAbove(pointing, smooth[frame], floors, band, sums[row + above]);
      }
    }
    for (int band = 0; band < BANDS; band++) {
      int row = band * WEIGHTINGS;
      add(sums[row + 1], sums[row]);
      add(sums[row + 4], sums[row + 3]);
    }
    for (int r = 0; r < ROWS; r++) {
      write(sums[r], rows, at + r * PlaceGrid.AZIMUTHS);
    }
  }

  /** Where the bins of a frame point. */
  private Pointing point(int frame, float[][] smooth, float[] rise, Pointing into) {
    int a = Math.max(0, frame - 1);
    int c = Math.min(frames - 1, frame + 1);
    rises(smooth, frame, rise);
    for (int band = 0; band < BANDS; band++) {
      double[] direct = into.direct[band];
      double[] onsets = into.onsets[band];
      Arrays.fill(direct, 0);
      Arrays.fill(onsets, 0);
      for (int i = first(band); i < first(band + 1); i++) {
        double vx = x[a][i] + x[frame][i] + x[c][i];
        double vy = y[a][i] + y[frame][i] + y[c][i];
        double vz = z[a][i] + z[frame][i] + z[c][i];
        double total = (density[a][i] + density[frame][i] + density[c][i]) / 2 + 9 * SILENCE;
        double direct2 = Math.min(1, (vx * vx + vy * vy + vz * vz) / (total * total));
        double direct4 = direct2 * direct2;
        double loud = Math.sqrt(smooth[frame][i]) * direct4;
        double position = Azimuths.position(vy, vx);
        into.positions[i] = position;
        into.direct8[i] = direct4 * direct4;
        count(direct, position, loud * direct2);
        if (rise[i] > 0) {
          count(onsets, position, loud * rise[i]);
        }
      }
    }
    return into;
  }

  private static int first(int band) {
    return FrameProducts.bin(EDGES_HZ[band]) - FIRST;
  }

  /** Counts the bins of a band that are above their floors. */
  private static void countAbove(
      Pointing pointing, float[] smooth, float[] floors, int band, double[] sums) {
    for (int i = first(band); i < first(band + 1); i++) {
      double ratio = smooth[i] / (floors[i] + SILENCE) + 1e-3;
      if (ratio > 1) {
        double level = Math.min(MOST_LEVEL, log10(ratio)) * pointing.direct8[i];
        count(sums, pointing.positions[i], level);
      }
    }
  }

  private static void add(double[] what, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += what[i];
    }
  }

  /** Counts in the two cells whose centres a position lies between. */
  private static void count(double[] sums, double position, double weight) {
    int right = (int) position;
    int left = right + 1 == PlaceGrid.AZIMUTHS ? 0 : right + 1;
    double share = position - right;
    sums[right] += weight * (1 - share);
    sums[left] += weight * share;
  }

  /** Rise of each bin over the louder of the two frames before, log10; 0 in the first two. */
  private static void rises(float[][] smooth, int frame, float[] into) {
    if (frame < 2) {
      Arrays.fill(into, 0);
      return;
    }
    float[] e = smooth[frame];
    float[] one = smooth[frame - 1];
    float[] two = smooth[frame - 2];
    for (int i = 0; i < BINS; i++) {
      double ratio = e[i] / (Math.max(one[i], two[i]) + SILENCE) + 1e-6;
      into[i] = ratio > 1 ? (float) Math.min(MOST_RISE, log10(ratio)) : 0;
    }
  }

  /**
   * The common logarithm of a number above 1, off by 10⁻⁹ at most: the exponent, and the series of
   * the inverse hyperbolic tangent for what remains between √½ and √2.
   */
  static double log10(double value) {
    long bits = Double.doubleToRawLongBits(value) - Double.doubleToRawLongBits(SQRT_HALF);
    long exponent = bits >> 52;
    double m = Double.longBitsToDouble(Double.doubleToRawLongBits(value) - (exponent << 52));
    double t = (m - 1) / (m + 1);
    double s = t * t;
    double series = 2 * t * (1 + s * (1 / 3.0 + s * (1 / 5.0 + s * (1 / 7.0 + s / 9.0))));
    return exponent * LOG10_OF_2 + series * LOG10_OF_E;
  }

  /** Sums over three frames; the first and the last frame stand for what lies beyond them. */
  private static float[][] smoothed(float[][] plane, float scale) {
    int n = plane.length;
    float[][] out = new float[n][BINS];
    for (int frame = 0; frame < n; frame++) {
      float[] before = plane[Math.max(0, frame - 1)];
      float[] here = plane[frame];
      float[] after = plane[Math.min(n - 1, frame + 1)];
      for (int i = 0; i < BINS; i++) {
        out[frame][i] = (before[i] + here[i] + after[i]) * scale;
      }
    }
    return out;
  }

  /** Each bin's percentile over time, between the two nearest frames by rank. */
  private static float[] floors(float[][] smooth) {
    int n = smooth.length;
    double rank = FLOOR_PERCENTILE * (n - 1);
    int low = (int) rank;
    float[] floors = new float[BINS];
    float[] column = new float[n];
    for (int i = 0; i < BINS; i++) {
      for (int frame = 0; frame < n; frame++) {
        column[frame] = smooth[frame][i];
      }
      select(column, low);
      float next = Float.POSITIVE_INFINITY;
      for (int j = low + 1; j < n; j++) {
        next = Math.min(next, column[j]);
      }
      double share = rank - low;
      floors[i] = share == 0 ? column[low] : (float) (column[low] + share * (next - column[low]));
    }
    return floors;
  }

  /** Hoare's quickselect: afterwards {@code values[k]} is the k-th smallest, larger ones follow. */
  private static void select(float[] values, int k) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      float pivot = values[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float swap = values[i];
          values[i++] = values[j];
          values[j--] = swap;
        }
      }
      if (k <= j) {
        high = j;
      } else if (k >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private static void write(double[] sums, float[] rows, int at) {
    int n = PlaceGrid.AZIMUTHS;
    double scale = n / (Arrays.stream(sums).sum() + TINY);
    for (int a = 0; a < n; a++) {
      double smooth = (sums[(a + n - 1) % n] + 2 * sums[a] + sums[(a + 1) % n]) / 4;
      rows[at + a] = (float) Math.sqrt(smooth * scale);
    }
  }

  /** What the rows are. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int b = 0; b < BANDS; b++) {
      String band = Math.round(EDGES_HZ[b]) + "–" + Math.round(EDGES_HZ[b + 1]) + " Hz";
      for (String weighting :
          List.of(
              "direct", "direct, last second", "onsets", "above the floor", "above, last half")) {
        names.add("histogram, " + weighting + ", " + band);
      }
    }
    return names;
  }
}
