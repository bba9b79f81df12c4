package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Solid;

/**
 * Mirror images of first and second order in the faces of boxes and in the ground: an image counts
 * if every reflection point lies on its face and every leg is free.
 *
 * <p>The ground alone is not among them; it goes with the direct sound. What a face scatters is
 * lost to the image.
 */
final class MirrorImages {
  /** Smaller faces scatter rather than mirror, square metres. */
  private static final double SMALLEST_FACE = 1.5;

  /** Of second-order images, both faces are at least this large, square metres. */
  private static final double SMALLEST_OF_TWO = 4;

  private static final double ENDLESS = 1e4;

  private final Scene scene;
  private final Vec3 receiver;
  private final List<Face> faces = new ArrayList<>();
  private final List<Face> large = new ArrayList<>();
  private final List<Face> largeSeen = new ArrayList<>();

  MirrorImages(Scene scene, Vec3 receiver) {
    this.scene = scene;
    this.receiver = receiver;
    int number = 1;
    for (Solid s : scene.solids()) {
      for (int axis = 0; axis < 3; axis++) {
        for (int outward = -1; outward <= 1; outward += 2) {
          add(new Face(number++, axis, outward, s.box(), s.material()));
        }
      }
    }
    double ground = scene.groundLevel();
    Box earth = Box.of(-ENDLESS, ENDLESS, -ENDLESS, ENDLESS, ground - 1, ground);
    Face floor = new Face(0, 2, 1, earth, scene.ground());
    large.add(floor);
    largeSeen.add(floor);
  }

  private void add(Face face) {
    boolean seen = face.faces(receiver);
    if (face.area() >= SMALLEST_FACE && seen) {
      faces.add(face);
    }
    if (face.area() >= SMALLEST_OF_TWO) {
      large.add(face);
      if (seen) {
        largeSeen.add(face);
      }
    }
  }

  /** All valid images of a source as sound paths. */
  List<SoundPath> of(Vec3 source) {
    List<SoundPath> paths = new ArrayList<>();
    for (Face f : faces) {
      if (f.faces(source)) {
        once(source, f, paths);
      }
    }
    for (Face first : large) {
      if (first.faces(source)) {
        Vec3 image = first.mirror(source);
        for (Face second : largeSeen) {
          if (second.number != first.number && second.faces(image)) {
            twice(source, first, image, second, paths);
          }
        }
      }
    }
    return paths;
  }

  private void once(Vec3 source, Face f, List<SoundPath> paths) {
    Vec3 image = f.mirror(source);
    Vec3 point = f.cross(receiver, image);
    if (point != null && scene.clear(source, point) && scene.clear(point, receiver)) {
      paths.add(path(f.number, image, f.material, null));
    }
  }

  private void twice(Vec3 source, Face first, Vec3 image, Face second, List<SoundPath> paths) {
    Vec3 image2 = second.mirror(image);
    Vec3 near = second.cross(receiver, image2);
    Vec3 far = near == null ? null : first.cross(near, image);
    if (far != null
        && scene.clear(receiver, near)
        && scene.clear(near, far)
        && scene.clear(far, source)) {
      long which = (1L + first.number) << 32 | second.number;
      paths.add(path(which, image2, first.material, second.material));
    }
  }

  private SoundPath path(long which, Vec3 image, Material first, Material second) {
    Vec3 way = image.minus(receiver);
    return SoundPath.of(
        new SoundPath.Id(SoundPath.Kind.WALL, which),
        way.norm(),
        way.unit(),
        b -> mirrored(first, b) * (second == null ? 1 : mirrored(second, b)));
  }

  private static double mirrored(Material material, int band) {
    return material.reflection(band) * Math.sqrt(1 - Material.scattering(band));
  }

  /** One side of a box, seen from outside. */
  private record Face(int number, int axis, int outward, Box box, Material material) {
    double at() {
      return component(outward < 0 ? box.min() : box.max(), axis);
    }

    boolean faces(Vec3 p) {
      return (component(p, axis) - at()) * outward > 1e-9;
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
}
