package org.hearsight.simulator.acoustics;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Material;

/** One side of a box, seen from outside: what sound is mirrored in. */
record Face(int number, int axis, int outward, Box box, Material material) {
  double at() {
    return component(outward < 0 ? box.min() : box.max(), axis);
  }

  boolean faces(Vec3 p) {
    return before(p) > 1e-9;
  }

  /** How far a point is before the face's plane, metres; negative behind it. */
  double before(Vec3 p) {
    return (component(p, axis) - at()) * outward;
  }

  /** Pressure that leaves in the mirror direction; the rest is absorbed or scattered. */
  double mirrored(int band) {
    return material.mirrored(band);
  }

  double area() {
    Vec3 s = box.size();
    return s.x() * s.y() * s.z() / component(s, axis);
  }

  Vec3 mirror(Vec3 p) {
    double by = 2 * (at() - component(p, axis));
    return switch (axis) {
      case 0 -> new Vec3(p.x() + by, p.y(), p.z());
      case 1 -> new Vec3(p.x(), p.y() + by, p.z());
      default -> new Vec3(p.x(), p.y(), p.z() + by);
    };
  }

  /** Where the line from a point before the face to one behind it goes through; null if past. */
  Vec3 cross(Vec3 before, Vec3 behind) {
    if (!faces(before) || faces(behind)) {
      return null;
    }
    double from = component(before, axis);
    double share = (at() - from) / (component(behind, axis) - from);
    double x = before.x() + share * (behind.x() - before.x());
    double y = before.y() + share * (behind.y() - before.y());
    double z = before.z() + share * (behind.z() - before.z());
    boolean on =
        (axis == 0 || (x > box.min().x() && x < box.max().x()))
            && (axis == 1 || (y > box.min().y() && y < box.max().y()))
            && (axis == 2 || (z > box.min().z() && z < box.max().z()));
    return on ? new Vec3(x, y, z) : null;
  }

  private static double component(Vec3 v, int axis) {
    return axis == 0 ? v.x() : axis == 1 ? v.y() : v.z();
  }
}
