package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Solid;

/**
 * First-order mirror images in the faces of boxes: an image counts if the reflection point lies on
 * the face and both legs are free.
 */
final class WallReflections {
  /** Smaller faces scatter rather than mirror, square metres. */
  private static final double SMALLEST_FACE = 1.5;

  private final Scene scene;
  private final Vec3 receiver;
  private final List<Face> faces = new ArrayList<>();

  /** A face in the plane axis = at, seen from the side {@code outward} (±1). */
  private record Face(int number, int axis, double at, int outward, Box box, Material material) {}

  WallReflections(Scene scene, Vec3 receiver) {
    this.scene = scene;
    this.receiver = receiver;
    int number = 0;
    for (Solid s : scene.solids()) {
      for (int axis = 0; axis < 3; axis++) {
        for (int outward = -1; outward <= 1; outward += 2) {
          Box b = s.box();
          double at = component(outward < 0 ? b.min() : b.max(), axis);
          boolean faces = (component(receiver, axis) - at) * outward > 0;
          if (faces && area(b, axis) >= SMALLEST_FACE) {
            this.faces.add(new Face(number, axis, at, outward, b, s.material()));
          }
          number++;
        }
      }
    }
  }

  List<SoundPath> to(Vec3 source) {
    List<SoundPath> paths = new ArrayList<>();
    for (Face f : faces) {
      double gap = component(source, f.axis) - f.at;
      if (gap * f.outward <= 0) {
        continue;
      }
      Vec3 image = shifted(source, f.axis, -2 * gap);
      double share =
          (f.at - component(receiver, f.axis))
              / (component(image, f.axis) - component(receiver, f.axis));
      Vec3 point = receiver.plus(image.minus(receiver).times(share));
      if (onFace(point, f) && scene.clear(source, point) && scene.clear(point, receiver)) {
        Vec3 way = image.minus(receiver);
        paths.add(
            SoundPath.of(
                new SoundPath.Id(SoundPath.Kind.WALL, f.number),
                way.norm(),
                way.unit(),
                f.material::reflection));
      }
    }
    return paths;
  }

  private static boolean onFace(Vec3 p, Face f) {
    for (int axis = 0; axis < 3; axis++) {
      double v = component(p, axis);
      if (axis != f.axis
          && (v <= component(f.box.min(), axis) || v >= component(f.box.max(), axis))) {
        return false;
      }
    }
    return true;
  }

  private static double area(Box b, int axis) {
    Vec3 s = b.size();
    return s.x() * s.y() * s.z() / component(s, axis);
  }

  private static double component(Vec3 v, int axis) {
    return axis == 0 ? v.x() : axis == 1 ? v.y() : v.z();
  }

  private static Vec3 shifted(Vec3 v, int axis, double by) {
    return switch (axis) {
      case 0 -> new Vec3(v.x() + by, v.y(), v.z());
      case 1 -> new Vec3(v.x(), v.y() + by, v.z());
      default -> new Vec3(v.x(), v.y(), v.z() + by);
    };
  }
}
