package org.hearsight.core.vision;

import org.hearsight.core.geometry.Vec3;

/**
 * The model's pinhole camera at the microphone: {@link View#SIZE} pixels square, {@link
 * View#HFOV_DEGREES}° wide, looking along +x. The one place that projects.
 *
 * <p>A pixel's ray is (1, y, z) with the slopes given here, so that the ray parameter is the depth
 * along the optical axis. The first column looks left, the first row up.
 */
public final class Camera {
  public static final int SIZE = View.SIZE;

  /** Slope of the outermost edge of the picture. */
  public static final double EDGE = edge(View.HFOV_DEGREES);

  private Camera() {}

  /** Slope of the outermost edge of a picture that is so wide, in degrees. */
  static double edge(double hfovDegrees) {
    return Math.tan(Math.toRadians(hfovDegrees / 2));
  }

  /** Slope of the centre of a column or row. */
  public static double slope(int index) {
    return slope(index + 0.5, SIZE);
  }

  /**
   * Slope of a place between the picture's edges.
   *
   * @param position from the left or upper edge
   * @param width of the picture in the same unit, as in pixels
   */
  public static double slope(double position, double width) {
    return EDGE * (1 - 2 * position / width);
  }

  /** The column or row a slope falls into, possibly outside the picture. */
  public static int indexOf(double slope) {
    return (int) Math.floor((1 - slope / EDGE) / 2 * SIZE);
  }

  /**
   * The ray through a place in the picture.
   *
   * @param right from the middle, in units of half the picture
   * @param down the same
   */
  public static Vec3 ray(double right, double down) {
    return new Vec3(1, -right * EDGE, -down * EDGE);
  }

  /** Does a point lie within the field of view, whatever stands before it? */
  public static boolean sees(Vec3 p) {
    return p.x() > 0 && Math.abs(p.y()) < EDGE * p.x() && Math.abs(p.z()) < EDGE * p.x();
  }
}
