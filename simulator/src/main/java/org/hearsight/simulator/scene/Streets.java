package org.hearsight.simulator.scene;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;

/** What streets are made of: houses, standing vehicles, street furniture, sunlight. */
final class Streets {
  /** The world ends here, metres from the microphone. */
  static final double FAR = 80;

  private static final int[] FACADES = {
    0xB08968, 0xA65E4E, 0xC9B79C, 0x8D99AE, 0xD6CCC2, 0x9C6644, 0xADB5BD, 0x7F8C6D
  };
  private static final int[] PAINTS = {0x2B2D42, 0x8D0801, 0xE5E5E5, 0x415A77, 0x606C38, 0x4A4E58};

  private Streets() {}

  /** A house of brick, plaster or concrete. */
  static Solid house(Draw draw, Box box) {
    Material material = draw.of(Material.BRICK, Material.PLASTER, Material.CONCRETE);
    return new Solid("building", box, material, FACADES[draw.index(FACADES.length)]);
  }

  /** Houses in a row from x0 to x1 between two distances from the street, some with alleys. */
  static void row(
      Furnishing things, Draw draw, double x0, double x1, double y0, double y1, double ground) {
    double x = x0;
    while (x < x1) {
      double end = Math.min(x1, x + draw.between(9, 30));
      if (end - x > 1) {
        things.tryAdd(house(draw, between(x, end, y0, y1, ground, draw.between(4, 16))));
      }
      x = end + (draw.chance(0.35) ? draw.between(1.5, 4) : 0);
    }
  }

  /** A car or van, its long side along x unless {@code across}. */
  static Solid parked(Draw draw, boolean van, boolean across, double x, double y, double ground) {
    double length = van ? draw.between(4.8, 6.2) : draw.between(3.8, 4.8);
    double width = van ? draw.between(1.9, 2.2) : draw.between(1.7, 1.9);
    double height = van ? draw.between(2.0, 2.8) : draw.between(1.35, 1.7);
    int paint = PAINTS[draw.index(PAINTS.length)];
    return new Solid(
        van ? "parked_van" : "parked_car",
        around(x, y, across ? width : length, across ? length : width, ground, height),
        Material.METAL,
        paint);
  }

  /** A kiosk, an advertising column, a container or a bin. */
  static Solid stand(Draw draw, double x, double y, double ground) {
    return switch (draw.index(4)) {
      case 0 -> stand("kiosk", x, y, 2.2, 2.6, Material.WOOD, 0x7A5230, ground);
      case 1 -> stand("column", x, y, 1.1, 3.2, Material.CONCRETE, 0xB8B08D, ground);
      case 2 -> stand("container", x, y, 2.0, 1.5, Material.METAL, 0x2F5D50, ground);
      default -> stand("bin", x, y, 0.7, 1.1, Material.METAL, 0x33415C, ground);
    };
  }

  private static Solid stand(
      String kind,
      double x,
      double y,
      double side,
      double height,
      Material material,
      int rgb,
      double ground) {
    return new Solid(kind, around(x, y, side, side, ground, height), material, rgb);
  }

  /** A wall of concrete or brick, or a hedge. */
  static Solid fence(Draw draw, boolean hedge, Box box) {
    if (hedge) {
      return new Solid("hedge", box, Material.HEDGE, 0x4A6B3A);
    }
    boolean brick = draw.chance(0.5);
    return new Solid(
        "wall", box, brick ? Material.BRICK : Material.CONCRETE, brick ? 0x96584A : 0x9A9A94);
  }

  /** A box on the ground with its middle above (x, y). */
  static Box around(double x, double y, double length, double width, double ground, double height) {
    return between(x - length / 2, x + length / 2, y - width / 2, y + width / 2, ground, height);
  }

  /** A box on the ground between bounds in any order. */
  static Box between(double xa, double xb, double ya, double yb, double ground, double height) {
    return Box.of(
        Math.min(xa, xb),
        Math.max(xa, xb),
        Math.min(ya, yb),
        Math.max(ya, yb),
        ground,
        ground + height);
  }

  /** Light from 25° to 65° above the horizon, from anywhere. */
  static Vec3 sun(Draw draw) {
    double azimuth = draw.between(0, 2 * Math.PI);
    double height = Math.toRadians(draw.between(25, 65));
    return new Vec3(
        Math.cos(height) * Math.cos(azimuth),
        Math.cos(height) * Math.sin(azimuth),
        Math.sin(height));
  }

  /** The finished scene on asphalt; sometimes seen along the street, sometimes across it. */
  static Scene scene(String kind, double ego, Furnishing things, boolean across, Draw draw) {
    Scene scene =
        new Scene(
            kind, Setting.OUTDOOR, ego, Material.ASPHALT, things.solids(), null, null, sun(draw));
    return across ? scene.turned() : scene;
  }
}
