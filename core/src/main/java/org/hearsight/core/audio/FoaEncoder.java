package org.hearsight.core.audio;

import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

/**
 * The one place of the encoding convention: a plane wave from a direction, in ACN order with SN3D
 * weights, has W = 1, Y = sin φ cos θ, Z = sin θ, X = cos φ cos θ for azimuth φ and elevation θ.
 */
public final class FoaEncoder {
  private FoaEncoder() {}

  /** What the four channels W, Y, Z, X hold of a sound from {@code direction}. */
  public static float[] gains(Direction direction) {
    return gains(direction.unit());
  }

  /** As {@link #gains(Direction)}, for a unit vector. */
  public static float[] gains(Vec3 u) {
    return new float[] {1, (float) u.y(), (float) u.z(), (float) u.x()};
  }
}
