package org.hearsight.core.geometry;

/**
 * A direction from the microphone, in degrees: azimuth in (−180, 180], +90 = left; elevation in
 * [−90, 90], +90 = up.
 *
 * <p>The one place that converts between angles and vectors: azimuth = atan2(y, x), elevation =
 * asin(z / r), the STARSS23 convention.
 *
 * @param azimuth degrees, wrapped into (−180, 180] on construction
 * @param elevation degrees
 */
public record Direction(double azimuth, double elevation) {
  public Direction {
    if (!Double.isFinite(azimuth) || !(elevation >= -90 && elevation <= 90)) {
      throw new IllegalArgumentException(
          "direction: azimuth " + azimuth + ", elevation " + elevation + " is not a direction");
    }
    azimuth = wrap(azimuth);
  }

  /** The direction of a vector; the zero vector points forward. */
  public static Direction of(Vec3 v) {
    double r = v.norm();
    if (r == 0) {
      return new Direction(0, 0);
    }
    double sine = Math.max(-1, Math.min(1, v.z() / r));
    return new Direction(Math.toDegrees(Math.atan2(v.y(), v.x())), Math.toDegrees(Math.asin(sine)));
  }

  /** The unit vector of this direction. */
  public Vec3 unit() {
    double a = Math.toRadians(azimuth);
    double e = Math.toRadians(elevation);
    return new Vec3(Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e));
  }

  /** The point at {@code distance} metres in this direction. */
  public Vec3 at(double distance) {
    return unit().times(distance);
  }

  /** Great-circle angle to another direction, in degrees [0, 180]. */
  public double angleTo(Direction other) {
    Vec3 a = unit();
    Vec3 b = other.unit();
    // atan2 keeps its precision near 0 and 180 degrees, where acos of the dot product loses it.
    return Math.toDegrees(Math.atan2(a.cross(b).norm(), a.dot(b)));
  }

  /** Wraps an angle in degrees into (−180, 180]. */
  public static double wrap(double degrees) {
    double w = degrees % 360;
    if (w <= -180) {
      w += 360;
    } else if (w > 180) {
      w -= 360;
    }
    return w;
  }
}
