package org.hearsight.simulator.render;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Solid;

/** Patterns computed from where a point is: windows, courses of brick, grain. */
final class Texture {
  private Texture() {}

  /** Noise in [−0.5, 0.5], constant in cells of 1/{@code scale} metres. */
  static double grain(Vec3 p, double scale) {
    long h =
        (long) Math.floor(p.x() * scale) * 0x9E3779B97F4A7C15L
            ^ (long) Math.floor(p.y() * scale) * 0xC2B2AE3D27D4EB4FL
            ^ (long) Math.floor(p.z() * scale) * 0x165667B19E3779F9L;
    h = (h ^ h >>> 31) * 0xD6E8FEB86659FD93L;
    h ^= h >>> 32;
    return (h & 0xFFFF) / 65536.0 - 0.5;
  }

  /** A solid's own colour at a point. */
  static int surface(Solid solid, Vec3 p, Vec3 normal, double aboveGround) {
    if (normal.z() != 0) {
      return solid.rgb();
    }
    double along = normal.x() != 0 ? p.y() - solid.box().min().y() : p.x() - solid.box().min().x();
    double height = solid.box().max().z() - solid.box().min().z();
    return switch (solid.kind()) {
      case "building" -> facade(solid.rgb(), along, aboveGround, height);
      case "parked_car", "parked_van" ->
          aboveGround < 0.25
              ? 0x181818
              : aboveGround > 0.6 * height && aboveGround < 0.9 * height ? 0x28343C : solid.rgb();
      case "wall" -> aboveGround < 0.1 ? 0x6E6558 : solid.rgb();
      case "cabinet", "crate", "container" ->
          fraction(along / 0.45) < 0.06 ? 0x50453A : solid.rgb();
      default -> solid.rgb();
    };
  }

  private static int facade(int rgb, double along, double aboveGround, double height) {
    if (aboveGround > 1.0 && aboveGround < height - 0.5) {
      double column = fraction(along / 2.4);
      double storey = fraction((aboveGround - 1.0) / 3.0);
      if (column > 0.25 && column < 0.75 && storey < 0.5) {
        return column > 0.48 && column < 0.52 ? 0xE8E8E8 : 0x39485A;
      }
    }
    return fraction(aboveGround / 0.4) < 0.1 ? darker(rgb) : rgb;
  }

  private static int darker(int rgb) {
    return (rgb >> 1 & 0x7F7F7F) + (rgb >> 2 & 0x3F3F3F);
  }

  private static double fraction(double v) {
    return v - Math.floor(v);
  }
}
