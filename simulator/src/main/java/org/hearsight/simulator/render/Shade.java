package org.hearsight.simulator.render;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.HazardKind;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Solid;

/** Colours of a scene's surfaces: texture from position, Lambert light, shadow, haze. */
final class Shade {
  private static final double AMBIENT = 0.45;
  private static final double HAZE_DISTANCE = 160;
  private static final int SKY_LOW = 0xDCE6EE;
  private static final int SKY_HIGH = 0x7FA8D8;

  private final Scene scene;
  private final boolean outdoors;

  Shade(Scene scene) {
    this.scene = scene;
    this.outdoors = scene.setting() == Setting.OUTDOOR;
  }

  int sky(double y, double z) {
    double up = Math.max(0, z / Math.sqrt(1 + y * y + z * z));
    return mix(SKY_LOW, SKY_HIGH, Math.min(1, up * 1.6));
  }

  int ground(Vec3 p) {
    double grain = Texture.grain(p, 12) * 0.12 + Texture.grain(p, 1.5) * 0.08;
    int base;
    if (outdoors) {
      base = 0x6A6A6C;
    } else {
      boolean odd = ((int) Math.floor(p.x() / 0.6) + (int) Math.floor(p.y() / 0.6)) % 2 != 0;
      base = odd ? 0x9A9488 : 0xA8A296;
    }
    return lit(base, 0.9 + grain, p, new Vec3(0, 0, 1));
  }

  int solid(Vec3 p, Solid solid) {
    Vec3 normal = normal(p, solid.box());
    if (solid.kind().startsWith(Solid.SILENT)) {
      String name = solid.kind().substring(Solid.SILENT.length());
      return lit(look(HazardKind.of(name, scene.setting()), p), 1, p, normal);
    }
    double above = p.z() - scene.groundLevel();
    int base = Texture.surface(solid, p, normal, above);
    return lit(base, 0.92 + 0.16 * Texture.grain(p, 6), p, normal);
  }

  int hazard(Vec3 p) {
    Box box = scene.hazard().box();
    return lit(look(scene.hazard().kind(), p), 1, p, normal(p, box));
  }

  /** Body below, accent above, and what else tells the kinds apart. */
  private int look(HazardKind kind, Vec3 p) {
    double share = (p.z() - scene.groundLevel()) / kind.height();
    if (kind.vehicle() && share < 0.14) {
      return 0x151515;
    }
    if (kind.name().equals("siren") && share > 0.93) {
      return 0x2A6BFF;
    }
    if (kind.name().equals("train") && share > 0.3 && share < 0.38) {
      return 0xB01818;
    }
    return share > 0.62 ? kind.accent() : kind.body();
  }

  private int lit(int base, double texture, Vec3 p, Vec3 normal) {
    double light;
    if (outdoors) {
      double lambert = Math.max(0, normal.dot(scene.sun()));
      light = AMBIENT + 0.1 * normal.z();
      if (lambert > 0 && sunny(p.plus(normal.times(1e-3)))) {
        light += 0.75 * lambert;
      }
    } else {
      double lambert = 0.55 + 0.45 * Math.abs(normal.dot(scene.sun()));
      light = (normal.z() < -0.5 ? 0.9 : lambert) * (0.65 + 0.5 / (1 + 0.02 * p.dot(p)));
    }
    int colour = scaled(base, texture * light);
    if (!outdoors) {
      return colour;
    }
    return mix(colour, SKY_LOW, 1 - Math.exp(-p.norm() / HAZE_DISTANCE));
  }

  private boolean sunny(Vec3 p) {
    Vec3 s = scene.sun();
    for (Solid solid : scene.solids()) {
      if (shadows(solid.box(), p, s)) {
        return false;
      }
    }
    return scene.hazard() == null || !shadows(scene.hazard().box(), p, s);
  }

  private static boolean shadows(Box b, Vec3 p, Vec3 s) {
    double ax = (b.min().x() - p.x()) / s.x();
    double bx = (b.max().x() - p.x()) / s.x();
    double ay = (b.min().y() - p.y()) / s.y();
    double by = (b.max().y() - p.y()) / s.y();
    double az = (b.min().z() - p.z()) / s.z();
    double bz = (b.max().z() - p.z()) / s.z();
    double in = Math.max(Math.max(Math.min(ax, bx), Math.min(ay, by)), Math.min(az, bz));
    double out = Math.min(Math.min(Math.max(ax, bx), Math.max(ay, by)), Math.max(az, bz));
    return out > Math.max(in, 0);
  }

  /** Outward normal of the face a point lies on. */
  private static Vec3 normal(Vec3 p, Box b) {
    double[] gaps = {
      Math.abs(p.x() - b.min().x()), Math.abs(p.x() - b.max().x()),
      Math.abs(p.y() - b.min().y()), Math.abs(p.y() - b.max().y()),
      Math.abs(p.z() - b.min().z()), Math.abs(p.z() - b.max().z())
    };
    int best = 0;
    for (int i = 1; i < gaps.length; i++) {
      if (gaps[i] < gaps[best]) {
        best = i;
      }
    }
    double sign = best % 2 == 0 ? -1 : 1;
    return switch (best / 2) {
      case 0 -> new Vec3(sign, 0, 0);
      case 1 -> new Vec3(0, sign, 0);
      default -> new Vec3(0, 0, sign);
    };
  }

  private static int scaled(int rgb, double by) {
    return clamp((rgb >> 16 & 255) * by) << 16
        | clamp((rgb >> 8 & 255) * by) << 8
        | clamp((rgb & 255) * by);
  }

  private static int mix(int a, int b, double share) {
    return clamp((a >> 16 & 255) + ((b >> 16 & 255) - (a >> 16 & 255)) * share) << 16
        | clamp((a >> 8 & 255) + ((b >> 8 & 255) - (a >> 8 & 255)) * share) << 8
        | clamp((a & 255) + ((b & 255) - (a & 255)) * share);
  }

  private static int clamp(double v) {
    return (int) Math.max(0, Math.min(255, Math.round(v)));
  }
}
