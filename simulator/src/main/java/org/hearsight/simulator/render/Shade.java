package org.hearsight.simulator.render;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Body;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Solid;

/** Colours of a scene's surfaces: texture from position, Lambert light, shadow, haze. */
final class Shade {
  private static final double AMBIENT = 0.45;
  private static final double HAZE_DISTANCE = 160;
  private static final int SKY_LOW = 0xDCE6EE;
  private static final int SKY_HIGH = 0x7FA8D8;
  private static final Vec3 UP = new Vec3(0, 0, 1);

  private final Scene scene;
  private final Shapes shapes;
  private final boolean outdoors;
  private final Vec3 lamp;

  Shade(Scene scene, Shapes shapes) {
    this.scene = scene;
    this.shapes = shapes;
    double top = scene.room() == null ? 0 : scene.room().ceiling() - 0.15;
    this.lamp = new Vec3(1.2, 0.4, top);
    this.outdoors = scene.setting() == Setting.OUTDOOR;
  }

  int sky(double y, double z) {
    double up = Math.max(0, z / Math.sqrt(1 + y * y + z * z));
    return mix(SKY_LOW, SKY_HIGH, Math.min(1, up * 1.6));
  }

  int ground(Vec3 p) {
    double grain =
        Texture.grain(p, UP, 14) * 0.16
            + Texture.grain(p, UP, 2) * 0.1
            + Texture.grain(p, UP, 0.3) * 0.1;
    int base;
    if (outdoors) {
      base = 0x6A6A6C;
    } else {
      boolean odd = ((int) Math.floor(p.x() / 0.6) + (int) Math.floor(p.y() / 0.6)) % 2 != 0;
      base =
          switch (scene.ground()) {
            case CARPET -> 0x6B5B57;
            case CONCRETE -> 0x8C8C88;
            default -> odd ? 0x9A9488 : 0xA8A296;
          };
    }
    return lit(base, 1 + grain, p, UP);
  }

  int solid(Vec3 p, Shapes.Owned owned) {
    Solid solid = owned.solid();
    if (!owned.whole()) {
      return body(p, owned.part());
    }
    Vec3 normal = normal(p, solid.box());
    double above = p.z() - scene.groundLevel();
    int base = Texture.surface(solid, p, normal, above);
    double grain = 1 + 0.14 * Texture.grain(p, normal, 9) + 0.1 * Texture.grain(p, normal, 1.1);
    return lit(base, grain, p, normal);
  }

  /** A part of a vehicle, a person, an animal. */
  int body(Vec3 p, Body.Part part) {
    Vec3 normal = normal(p, part.box());
    return lit(part.rgb(), 1 + 0.1 * Texture.grain(p, normal, 12), p, normal);
  }

  private int lit(int base, double texture, Vec3 p, Vec3 normal) {
    return outdoors ? outdoors(base, texture, p, normal) : indoors(base, texture, p, normal);
  }

  private int outdoors(int base, double texture, Vec3 p, Vec3 normal) {
    double lambert = Math.max(0, normal.dot(scene.sun()));
    // Faces turned to one side of the sky differ a little even in shadow: edges stay visible.
    double light = AMBIENT + 0.1 * normal.z() + 0.04 * normal.x() - 0.03 * normal.y();
    if (lambert > 0 && lightReaches(p, normal, scene.sun(), Double.POSITIVE_INFINITY)) {
      light += 0.75 * lambert;
    }
    int colour = scaled(base, texture * light);
    return mix(colour, SKY_LOW, 1 - Math.exp(-p.norm() / HAZE_DISTANCE));
  }

  /** One lamp at the ceiling near the microphone casts shadows; other rooms' lamps are ambient. */
  private int indoors(int base, double texture, Vec3 p, Vec3 normal) {
    Vec3 way = lamp.minus(p);
    double r2 = way.dot(way);
    double light = 0.5 + 0.06 * normal.x() - 0.05 * normal.y() + 0.04 * normal.z();
    if (normal.z() < -0.5) {
      light += 0.3; // ceilings are lit from below
    }
    double lambert = normal.dot(way) / Math.sqrt(r2);
    if (lambert > 0 && lightReaches(p, normal, way, 1)) {
      light += 0.6 * (0.35 + 0.65 * lambert) / (1 + 0.012 * r2);
    }
    return scaled(base, texture * light);
  }

  private boolean lightReaches(Vec3 p, Vec3 normal, Vec3 way, double reach) {
    return !shapes.shadowed(
        p.x() + 1e-3 * normal.x(),
        p.y() + 1e-3 * normal.y(),
        p.z() + 1e-3 * normal.z(),
        way.x(),
        way.y(),
        way.z(),
        reach);
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
