package org.hearsight.simulator.render;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.vision.View;

/**
 * The pinhole camera at the microphone: {@link View#SIZE} pixels square, {@link View#HFOV_DEGREES}°
 * wide, looking along +x.
 *
 * <p>A pixel's ray is (1, y, z) with the slopes given here, so that the ray parameter is the depth
 * along the optical axis.
 */
final class Camera {
  static final int SIZE = View.SIZE;

  /** Slope of the outermost edge of the picture. */
  static final double EDGE = Math.tan(Math.toRadians(View.HFOV_DEGREES / 2));

  private Camera() {}

  /** Slope of a column's (or row's) centre; the first column looks left, the first row up. */
  static double slope(int index) {
    return EDGE * (1 - 2 * (index + 0.5) / SIZE);
  }

  /** The column or row a slope falls into, possibly outside the picture. */
  static int indexOf(double slope) {
    return (int) Math.floor((1 - slope / EDGE) / 2 * SIZE);
  }

  static boolean sees(Vec3 p) {
    return p.x() > 0 && Math.abs(p.y()) < EDGE * p.x() && Math.abs(p.z()) < EDGE * p.x();
  }
}
