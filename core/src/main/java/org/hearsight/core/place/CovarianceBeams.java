package org.hearsight.core.place;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of the energy comes from where, coarsely but of everything: the energy of a first-order
 * beam towards each azimuth, out of the spatial covariance of the four channels.
 *
 * <p>A beam towards azimuth φ sums W + Y·sin φ + X·cos φ, so that its energy is b′Cb with b = (1,
 * sin φ, 0, cos φ) and C the real part of the covariance (steered response power, as in DiBiase,
 * <i>A High-Accuracy, Low-Latency Technique for Talker Localization</i>, Brown University, 2000, in
 * first-order ambisonics). Covariances are summed in {@value #BANDS} bands and {@value #PARTS}
 * equal parts of the clip (seconds of a clip of five), and once more with frames weighted by how
 * fast W's energy rises in the band: what comes first comes from the source, or from the edge round
 * which it is heard, and reverberation follows. Each is divided by its energy in W.
 *
 * <p>Rows of 72 azimuths each:
 *
 * <pre>
 *  0–39   part × band
 * 40–47   rising frames, by band
 * 48–55   the whole clip, by band
 * 56–60   all bands, by part
 *    61   the whole clip, all bands
 *    62   rising frames, all bands
 * 63–125  the same 63 as the horizontal intensity vector's projection on the azimuth, its length
 *         taken to the power ½: sharper where a beam is broad
 * </pre>
 *
 * <p>A plane wave's beam is 3 towards it (2² − 1) and −1 away from it; silence is −1 all around.
 */
final class CovarianceBeams {
  static final int BANDS = 8;
  static final int PARTS = 5;

  /** Covariances that beams are made of. */
  static final int SUMS = PARTS * BANDS + BANDS + BANDS + PARTS + 2;

  static final int ROWS = 2 * SUMS;

  private static final double[] EDGES_HZ = {60, 200, 400, 700, 1100, 1700, 2600, 4200, 9000};
  private static final int ONSET = PARTS * BANDS;
  private static final int BY_BAND = ONSET + BANDS;
  private static final int BY_PART = BY_BAND + BANDS;
  private static final int ALL = BY_PART + PARTS;
  private static final int ALL_ONSET = ALL + 1;

  /** What of a covariance is needed: all of W, Y, X, and W with Z for the intensity's length. */
  private static final int WW = 0;

  private static final int WY = 1;
  private static final int WZ = 2;
  private static final int WX = 3;
  private static final int YY = 4;
  private static final int XX = 5;
  private static final int YX = 6;
  private static final int ENTRIES = 7;

  private static final double TINY_ENERGY = 1e-9;
  private static final double TINY_LENGTH = 1e-6;
  private static final double TINY_RISE = 1e-12;

  private final int frames;
  private final double[][] sums = new double[SUMS][ENTRIES];
  private final double[] before = new double[BANDS];

  /**
   * @param frames of the clip
   */
  CovarianceBeams(int frames) {
    this.frames = frames;
  }

  /** A frame's covariances, [bands, entries]. */
  static double[] of(FrameProducts p) {
    double[] entries = new double[BANDS * ENTRIES];
    for (int b = 0; b < BANDS; b++) {
      int from = FrameProducts.bin(EDGES_HZ[b]);
      int to = FrameProducts.bin(EDGES_HZ[b + 1]);
      int at = b * ENTRIES;
      entries[at + WW] = sum(p.ww, from, to);
      entries[at + WY] = sum(p.wy, from, to);
      entries[at + WZ] = sum(p.wz, from, to);
      entries[at + WX] = sum(p.wx, from, to);
      entries[at + YY] = sum(p.yy, from, to);
      entries[at + XX] = sum(p.xx, from, to);
      entries[at + YX] = sum(p.yx, from, to);
    }
    return entries;
  }

  /** Takes the next frame's covariances. */
  void add(int frame, double[] entries) {
    int part = (int) ((long) frame * PARTS / frames);
    for (int b = 0; b < BANDS; b++) {
      int at = b * ENTRIES;
      double energy = entries[at + WW];
      double rise = frame == 0 ? 0 : Math.max(0, energy - before[b]) / (energy + TINY_RISE);
      before[b] = energy;
      for (int e = 0; e < ENTRIES; e++) {
        sums[part * BANDS + b][e] += entries[at + e];
        sums[ONSET + b][e] += rise * entries[at + e];
      }
    }
  }

  private static double sum(double[] values, int from, int to) {
    double sum = 0;
    for (int k = from; k < to; k++) {
      sum += values[k];
    }
    return sum;
  }

  /** Adds parts and bands up; asked once, after the last frame. */
  void finish() {
    for (int b = 0; b < BANDS; b++) {
      for (int e = 0; e < ENTRIES; e++) {
        for (int part = 0; part < PARTS; part++) {
          double entry = sums[part * BANDS + b][e];
          sums[BY_BAND + b][e] += entry;
          sums[BY_PART + part][e] += entry;
        }
        sums[ALL][e] += sums[BY_BAND + b][e];
        sums[ALL_ONSET][e] += sums[ONSET + b][e];
      }
    }
  }

  /** W's energy in a band of a part. */
  double energy(int part, int band) {
    return sums[part * BANDS + band][WW];
  }

  /** Length of a band's intensity vector by its energy: 1 for a plane wave, 0 from all around. */
  double directness(int band) {
    double[] c = sums[BY_BAND + band];
    return Math.sqrt(c[WY] * c[WY] + c[WZ] * c[WZ] + c[WX] * c[WX]) / (c[WW] + TINY_ENERGY);
  }

  /**
   * Writes the rows.
   *
   * @param rows takes {@value #ROWS} rows of 72
   * @param at the first row's place
   */
  void write(float[] rows, int at) {
    int n = PlaceGrid.AZIMUTHS;
    for (int m = 0; m < SUMS; m++) {
      double scale = 1 / (sums[m][WW] + TINY_ENERGY);
      double ww = sums[m][WW] * scale;
      double wy = sums[m][WY] * scale;
      double wx = sums[m][WX] * scale;
      double yy = sums[m][YY] * scale;
      double xx = sums[m][XX] * scale;
      double yx = sums[m][YX] * scale;
      double length = Math.hypot(wy, wx) + TINY_LENGTH;
      double sharpness = Math.sqrt(Math.min(1, length)) / length;
      for (int a = 0; a < n; a++) {
        double s = Azimuths.SINE[a];
        double c = Azimuths.COSINE[a];
        double along = wy * s + wx * c;
        rows[at + m * n + a] =
            (float) (ww + 2 * along + yy * s * s + xx * c * c + 2 * yx * s * c - 1);
        rows[at + (SUMS + m) * n + a] = (float) (along * sharpness);
      }
    }
  }

  /** What the rows are. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (String form : List.of("beam", "intensity")) {
      for (int part = 0; part < PARTS; part++) {
        for (int b = 0; b < BANDS; b++) {
          names.add(form + ", part " + (part + 1) + ", " + band(b));
        }
      }
      for (int b = 0; b < BANDS; b++) {
        names.add(form + ", onsets, " + band(b));
      }
      for (int b = 0; b < BANDS; b++) {
        names.add(form + ", clip, " + band(b));
      }
      for (int part = 0; part < PARTS; part++) {
        names.add(form + ", part " + (part + 1));
      }
      names.add(form + ", clip");
      names.add(form + ", onsets");
    }
    return names;
  }

  /** A band's edges in words. */
  static String band(int band) {
    return Math.round(EDGES_HZ[band]) + "–" + Math.round(EDGES_HZ[band + 1]) + " Hz";
  }
}
