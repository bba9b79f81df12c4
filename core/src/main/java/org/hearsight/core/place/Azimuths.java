package org.hearsight.core.place;

/** Azimuth cells' sines and cosines, and the cell of a vector. */
final class Azimuths {
  static final double[] SINE = new double[PlaceGrid.AZIMUTHS];
  static final double[] COSINE = new double[PlaceGrid.AZIMUTHS];

  /** From radians to cells. */
  private static final double CELLS = PlaceGrid.AZIMUTHS / (2 * Math.PI);

  static {
    for (int a = 0; a < PlaceGrid.AZIMUTHS; a++) {
      double azimuth = Math.toRadians(PlaceGrid.azimuth(a));
      SINE[a] = Math.sin(azimuth);
      COSINE[a] = Math.cos(azimuth);
    }
  }

  private Azimuths() {}

  /**
   * Where a vector points, in cells from the centre of cell 0, in [0, 72).
   *
   * <p>The arcus tangent is a polynomial (Abramowitz and Stegun, 4.4.49, off by 2·10⁻⁸ at most): it
   * is asked for a hundred thousand bins a clip, and {@code Math.atan2} is ten times as slow.
   */
  static double position(double y, double x) {
    double ax = Math.abs(x);
    double ay = Math.abs(y);
    double large = Math.max(ax, ay);
    double t = large == 0 ? 0 : Math.min(ax, ay) / large;
    double s = t * t;
    double p = 0.0028662257;
    p = p * s - 0.0161657367;
    p = p * s + 0.0429096138;
    p = p * s - 0.0752896400;
    p = p * s + 0.1065626393;
    p = p * s - 0.1420889944;
    p = p * s + 0.1999355085;
    p = p * s - 0.3333314528;
    p = t * (p * s + 1);
    double angle = ay > ax ? Math.PI / 2 - p : p;
    angle = x < 0 ? Math.PI - angle : angle;
    angle = y < 0 ? -angle : angle;
    double cells = (angle + Math.PI) * CELLS - 0.5;
    if (cells < 0) {
      cells += PlaceGrid.AZIMUTHS;
    }
    return cells < PlaceGrid.AZIMUTHS ? cells : 0;
  }
}
