package org.hearsight.datasets.occlude;

import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.seld.SeldEvent;

/**
 * A guess at a room nobody measured: an empty box around all the places where something was
 * labelled in it, in microphone coordinates of the recordings.
 *
 * <p>STARSS23 has no depth. Walls stand {@value #MARGIN} m behind the outermost labels and at least
 * {@value #NEAREST} m away; floor and ceiling are {@value #FLOOR} m below and {@value #CEILING} m
 * above the microphone. Furniture and people are missing.
 *
 * @param xMin metres; the other sides accordingly
 */
record RoomBox(double xMin, double xMax, double yMin, double yMax) {
  static final double FLOOR = 1.5;
  static final double CEILING = 1.3;
  private static final double MARGIN = 0.5;
  private static final double NEAREST = 2.5;

  /** Around the labels of all recordings of a room; those without distance say nothing. */
  static RoomBox around(List<SeldEvent> events) {
    double[] side = {-NEAREST, NEAREST, -NEAREST, NEAREST};
    for (SeldEvent e : events) {
      if (e.distance() > 0) {
        Vec3 p = e.direction().at(e.distance());
        side[0] = Math.min(side[0], p.x() - MARGIN);
        side[1] = Math.max(side[1], p.x() + MARGIN);
        side[2] = Math.min(side[2], p.y() - MARGIN);
        side[3] = Math.max(side[3], p.y() + MARGIN);
      }
    }
    return new RoomBox(side[0], side[1], side[2], side[3]);
  }

  /** Where a ray from the microphone ends, in multiples of its direction vector. */
  double exit(Vec3 ray) {
    double x = ray.x() > 0 ? xMax / ray.x() : ray.x() < 0 ? xMin / ray.x() : Double.MAX_VALUE;
    double y = ray.y() > 0 ? yMax / ray.y() : ray.y() < 0 ? yMin / ray.y() : Double.MAX_VALUE;
    double z = ray.z() > 0 ? CEILING / ray.z() : ray.z() < 0 ? -FLOOR / ray.z() : Double.MAX_VALUE;
    return Math.min(Math.min(x, y), z);
  }

  /** Does a ray end on the floor? */
  boolean meetsFloor(Vec3 ray) {
    return ray.z() < 0 && exit(ray) == -FLOOR / ray.z();
  }
}
