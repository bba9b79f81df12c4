package org.hearsight.simulator.render;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.vision.Camera;
import org.hearsight.simulator.scene.Solid;

/** Patterns computed from where a point is: windows, courses of brick, grain. */
final class Texture {
  private Texture() {}

  /**
   * Smooth noise in [−0.5, 0.5] over a face, with a period of about 1/{@code scale} metres; it
   * fades where a pixel is wider than that, as a camera's would.
   */
  static double grain(Vec3 p, Vec3 normal, double scale) {
    double width = p.norm() * 2 * Camera.EDGE / Camera.SIZE * scale;
    if (width > 1) {
      return 0;
    }
    double u = (normal.x() != 0 ? p.y() : p.x()) * scale;
    double v = (normal.z() != 0 ? p.y() : p.z()) * scale;
    long i = (long) Math.floor(u);
    long j = (long) Math.floor(v);
    double a = smooth(u - i);
    double b = smooth(v - j);
    double low = noise(i, j) * (1 - a) + noise(i + 1, j) * a;
    double high = noise(i, j + 1) * (1 - a) + noise(i + 1, j + 1) * a;
    return (low * (1 - b) + high * b) * (1 - width);
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double noise(long i, long j) {
    long h = i * 0x9E3779B97F4A7C15L ^ j * 0xC2B2AE3D27D4EB4FL;
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
      case BUILDING -> facade(solid.rgb(), along, aboveGround, height);
      case WALL, CEILING, DOOR -> aboveGround < 0.1 ? 0x6E6558 : solid.rgb();
      case SHELF -> shelf(solid.rgb(), along, aboveGround, height);
      case PARTITION ->
          fraction(along / 1.2) < 0.03 || aboveGround > height - 0.05 ? 0x3E4247 : solid.rgb();
      case HEDGE ->
          noise((long) (along * 9), (long) (aboveGround * 9)) > 0.1
              ? darker(solid.rgb())
              : solid.rgb();
      case CABINET, CRATE, CONTAINER -> fraction(along / 0.45) < 0.06 ? 0x50453A : solid.rgb();
      default -> solid.rgb();
    };
  }

  private static final int[] GOODS = {
    0xB5423C, 0x3C6EA8, 0xD2A93A, 0x5C8A4C, 0xC9C3B4, 0x7A4E86, 0xD07B3E
  };

  /** Boards, and goods of a colour each between them. */
  private static int shelf(int rgb, double along, double aboveGround, double height) {
    double board = fraction(aboveGround / 0.45);
    if (board < 0.1 || aboveGround > height - 0.04) {
      return rgb;
    }
    long place = (long) Math.floor(along / 0.28);
    long level = (long) Math.floor(aboveGround / 0.45);
    double pick = noise(place, level) + 0.5;
    double filled = 0.45 + 0.5 * (noise(place + 1000, level) + 0.5);
    if (board > filled || fraction(along / 0.28) < 0.08) {
      return 0x2C2A28;
    }
    return GOODS[(int) (pick * GOODS.length) % GOODS.length];
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
