package org.hearsight.core.dataset;

import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

/**
 * Where something is, seen from the microphone.
 *
 * @param azimuth degrees in (−180, 180], +90 = left
 * @param elevation degrees in [−90, 90]
 * @param distance metres
 */
public record Location(double azimuth, double elevation, double distance) {
  public Location {
    if (!(distance > 0)) {
      throw new IllegalArgumentException("location.distance: " + distance + " is not positive");
    }
    Direction checked = new Direction(azimuth, elevation);
    azimuth = checked.azimuth();
  }

  /** The location of a point in microphone coordinates. */
  public static Location of(Vec3 point) {
    Direction d = Direction.of(point);
    return new Location(d.azimuth(), d.elevation(), point.norm());
  }

  public Direction direction() {
    return new Direction(azimuth, elevation);
  }

  public Vec3 point() {
    return direction().at(distance);
  }
}
