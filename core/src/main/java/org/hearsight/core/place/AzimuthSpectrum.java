package org.hearsight.core.place;

import org.hearsight.core.geometry.Direction;

/**
 * From where a clip is heard in the end: the {@link DirectionHistograms} of its last second and of
 * its onsets, averaged over bands.
 *
 * <p>Its peak is a direction of arrival that reflections draw less than they draw a mean intensity
 * vector, and that still points at what is heard, not at what is hidden.
 */
public final class AzimuthSpectrum {
  private static final int LAST_SECOND = 1;
  private static final int ONSETS = 2;

  private AzimuthSpectrum() {}

  /**
   * The spectrum; its mean is 1, or 0 in silence.
   *
   * @return [72], one number an azimuth
   */
  public static double[] of(PlaceFeatures.Sound sound) {
    double[] sum = new double[PlaceGrid.AZIMUTHS];
    for (int band = 0; band < DirectionHistograms.BANDS; band++) {
      for (int weighting : new int[] {LAST_SECOND, ONSETS}) {
        int row = CovarianceBeams.ROWS + band * DirectionHistograms.WEIGHTINGS + weighting;
        for (int a = 0; a < PlaceGrid.AZIMUTHS; a++) {
          // The rows are square roots.
          double root = sound.heard()[row * PlaceGrid.AZIMUTHS + a];
          sum[a] += root * root / (2 * DirectionHistograms.BANDS);
        }
      }
    }
    return sum;
  }

  /**
   * The strongest azimuth, between cells by a parabola, at the height of the microphone; straight
   * ahead in silence.
   */
  public static Direction peak(PlaceFeatures.Sound sound) {
    double[] s = of(sound);
    int best = 0;
    for (int a = 1; a < s.length; a++) {
      best = s[a] > s[best] ? a : best;
    }
    if (s[best] == 0) {
      return new Direction(0, 0);
    }
    double before = s[PlaceGrid.turned(best, -1)];
    double after = s[PlaceGrid.turned(best, 1)];
    double curvature = before - 2 * s[best] + after;
    double shift = curvature < 0 ? (before - after) / (2 * curvature) : 0;
    return new Direction(PlaceGrid.azimuth(best) + shift * PlaceGrid.DEGREES, 0);
  }

  /** The spectrum between two cells' centres. */
  static double at(double[] spectrum, double azimuth) {
    double position = (azimuth + 180) / PlaceGrid.DEGREES - 0.5;
    int cell = (int) Math.floor(position);
    double share = position - cell;
    return spectrum[Math.floorMod(cell, PlaceGrid.AZIMUTHS)] * (1 - share)
        + spectrum[Math.floorMod(cell + 1, PlaceGrid.AZIMUTHS)] * share;
  }
}
