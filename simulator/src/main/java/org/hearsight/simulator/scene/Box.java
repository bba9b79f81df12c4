package org.hearsight.simulator.scene;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Vec3;

/**
 * An axis-aligned box in metres, microphone coordinates.
 *
 * @param min the corner with the smallest coordinates
 * @param max the corner with the largest
 */
public record Box(Vec3 min, Vec3 max) {
  public Box {
    if (!(max.x() > min.x() && max.y() > min.y() && max.z() > min.z())) {
      throw new IllegalArgumentException("box: " + min + " is not below " + max);
    }
  }

  /** A box from its six bounds. */
  public static Box of(double x0, double x1, double y0, double y1, double z0, double z1) {
    return new Box(new Vec3(x0, y0, z0), new Vec3(x1, y1, z1));
  }

  /** A box that stands on a ground with its middle above (x, y). */
  static Box around(double x, double y, double length, double width, double ground, double height) {
    return of(
        x - length / 2, x + length / 2, y - width / 2, y + width / 2, ground, ground + height);
  }

  /** Does the straight line between two points pass through the inside? Touching does not count. */
  public boolean blocks(Vec3 a, Vec3 b) {
    double enter = 0;
    double leave = 1;
    double d = b.x() - a.x();
    if (Math.abs(d) < PARALLEL) {
      if (a.x() <= min.x() + SKIN || a.x() >= max.x() - SKIN) {
        return false;
      }
    } else {
      double t0 = (min.x() + SKIN - a.x()) / d;
      double t1 = (max.x() - SKIN - a.x()) / d;
      enter = Math.max(enter, Math.min(t0, t1));
      leave = Math.min(leave, Math.max(t0, t1));
      if (enter >= leave) {
        return false;
      }
    }
    d = b.y() - a.y();
    if (Math.abs(d) < PARALLEL) {
      if (a.y() <= min.y() + SKIN || a.y() >= max.y() - SKIN) {
        return false;
      }
    } else {
      double t0 = (min.y() + SKIN - a.y()) / d;
      double t1 = (max.y() - SKIN - a.y()) / d;
      enter = Math.max(enter, Math.min(t0, t1));
      leave = Math.min(leave, Math.max(t0, t1));
      if (enter >= leave) {
        return false;
      }
    }
    d = b.z() - a.z();
    if (Math.abs(d) < PARALLEL) {
      return a.z() > min.z() + SKIN && a.z() < max.z() - SKIN;
    }
    double t0 = (min.z() + SKIN - a.z()) / d;
    double t1 = (max.z() - SKIN - a.z()) / d;
    enter = Math.max(enter, Math.min(t0, t1));
    leave = Math.min(leave, Math.max(t0, t1));
    return enter < leave;
  }

  /** A line along a face or through an edge must not count as inside because of rounding. */
  static final double SKIN = 1e-6;

  private static final double PARALLEL = 1e-12;

  /**
   * Where a ray from the microphone enters, in multiples of its direction vector.
   *
   * @return infinity if it misses
   */
  public double entry(double dx, double dy, double dz) {
    // Division by a zero component gives infinities of the right sign, which the slab test wants.
    double ax = min.x() / dx;
    double bx = max.x() / dx;
    double ay = min.y() / dy;
    double by = max.y() / dy;
    double az = min.z() / dz;
    double bz = max.z() / dz;
    double enter = Math.max(Math.max(Math.min(ax, bx), Math.min(ay, by)), Math.min(az, bz));
    double leave = Math.min(Math.min(Math.max(ax, bx), Math.max(ay, by)), Math.max(az, bz));
    return leave > Math.max(enter, 0) ? Math.max(enter, 0) : Double.POSITIVE_INFINITY;
  }

  /** Its eight corners. */
  public List<Vec3> corners() {
    List<Vec3> corners = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      corners.add(
          new Vec3(
              (i & 1) == 0 ? min.x() : max.x(),
              (i & 2) == 0 ? min.y() : max.y(),
              (i & 4) == 0 ? min.z() : max.z()));
    }
    return corners;
  }

  /** Do the insides overlap? */
  public boolean overlaps(Box o) {
    return min.x() < o.max.x()
        && max.x() > o.min.x()
        && min.y() < o.max.y()
        && max.y() > o.min.y()
        && min.z() < o.max.z()
        && max.z() > o.min.z();
  }

  public boolean contains(Vec3 p) {
    return p.x() > min.x()
        && p.x() < max.x()
        && p.y() > min.y()
        && p.y() < max.y()
        && p.z() > min.z()
        && p.z() < max.z();
  }

  public Vec3 centre() {
    return min.plus(max).times(0.5);
  }

  public Vec3 size() {
    return max.minus(min);
  }

  /** The same box, {@code margin} metres larger on the four sides. */
  public Box widened(double margin) {
    Vec3 m = new Vec3(margin, margin, 0);
    return new Box(min.minus(m), max.plus(m));
  }

  /** Its x and y exchanged. */
  public Box turned() {
    return of(min.y(), max.y(), min.x(), max.x(), min.z(), max.z());
  }

  /** Its mirror image across the plane y = 0. */
  public Box mirrored() {
    return of(min.x(), max.x(), -max.y(), -min.y(), min.z(), max.z());
  }
}
