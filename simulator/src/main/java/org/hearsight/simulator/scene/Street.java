package org.hearsight.simulator.scene;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;

/**
 * A street in the making: houses, standing vehicles and street furniture on asphalt, in sunlight.
 * Nothing is put where something stands already.
 */
final class Street {
  private static final int[] FACADES = {
    0xB08968, 0xA65E4E, 0xC9B79C, 0x8D99AE, 0xD6CCC2, 0x9C6644, 0xADB5BD, 0x7F8C6D
  };
  private static final int[] PAINTS = {0x2B2D42, 0x8D0801, 0xE5E5E5, 0x415A77, 0x606C38, 0x4A4E58};

  private final Furnishing things = new Furnishing();
  private final Draw draw;
  private final double ego;
  private final double ground;

  Street(Draw draw) {
    this.draw = draw;
    this.ego = draw.between(0.5, 1.6);
    this.ground = -ego;
  }

  /** Height of the microphone above the ground, metres. */
  double ego() {
    return ego;
  }

  /** Adds what must be there. */
  void must(Solid solid) {
    things.add(solid);
  }

  /** Adds a thing if there is room for it. */
  void put(Solid solid) {
    things.tryAdd(solid);
  }

  /** A house of brick, plaster or concrete. */
  Solid house(Box box) {
    Material material = draw.of(Material.BRICK, Material.PLASTER, Material.CONCRETE);
    return new Solid(Solid.Kind.BUILDING, box, material, FACADES[draw.index(FACADES.length)]);
  }

  /** A house between bounds in any order, of a height between two. */
  Solid house(double xa, double xb, double ya, double yb, double lowest, double highest) {
    return house(between(xa, xb, ya, yb, draw.between(lowest, highest)));
  }

  /** Houses in a row from x0 to x1 between two distances from the street, some with alleys. */
  void row(double x0, double x1, double y0, double y1) {
    double x = x0;
    while (x < x1) {
      double end = Math.min(x1, x + draw.between(9, 30));
      if (end - x > 1) {
        put(house(x, end, y0, y1, 4, 16));
      }
      x = end + (draw.chance(0.35) ? draw.between(1.5, 4) : 0);
    }
  }

  /** A car or van, its long side along x unless {@code across}. */
  Solid parked(boolean van, boolean across, double x, double y) {
    double length = van ? draw.between(4.8, 6.2) : draw.between(3.8, 4.8);
    double width = van ? draw.between(1.9, 2.2) : draw.between(1.7, 1.9);
    double height = van ? draw.between(2.0, 2.8) : draw.between(1.35, 1.7);
    int paint = PAINTS[draw.index(PAINTS.length)];
    return new Solid(
        van ? Solid.Kind.PARKED_VAN : Solid.Kind.PARKED_CAR,
        around(x, y, across ? width : length, across ? length : width, height),
        Material.METAL,
        paint);
  }

  /** A kiosk, an advertising column, a container or a bin. */
  Solid stand(double x, double y) {
    return switch (draw.index(4)) {
      case 0 -> stand(Solid.Kind.KIOSK, x, y, 2.2, 2.6, Material.WOOD, 0x7A5230);
      case 1 -> stand(Solid.Kind.COLUMN, x, y, 1.1, 3.2, Material.CONCRETE, 0xB8B08D);
      case 2 -> stand(Solid.Kind.CONTAINER, x, y, 2.0, 1.5, Material.METAL, 0x2F5D50);
      default -> stand(Solid.Kind.BIN, x, y, 0.7, 1.1, Material.METAL, 0x33415C);
    };
  }

  private Solid stand(
      Solid.Kind kind, double x, double y, double side, double height, Material of, int rgb) {
    return new Solid(kind, around(x, y, side, side, height), of, rgb);
  }

  /** A wall of concrete or brick, or a hedge. */
  Solid fence(boolean hedge, Box box) {
    if (hedge) {
      return new Solid(Solid.Kind.HEDGE, box, Material.HEDGE, 0x4A6B3A);
    }
    return draw.chance(0.5)
        ? new Solid(Solid.Kind.WALL, box, Material.BRICK, 0x96584A)
        : new Solid(Solid.Kind.WALL, box, Material.CONCRETE, 0x9A9A94);
  }

  /** A box on the ground with its middle above (x, y). */
  Box around(double x, double y, double length, double width, double height) {
    return Box.around(x, y, length, width, ground, height);
  }

  /** A box on the ground between bounds in any order. */
  Box between(double xa, double xb, double ya, double yb, double height) {
    return between(xa, xb, ya, yb, 0, height);
  }

  /** A box between bounds in any order and two heights above the ground. */
  Box between(double xa, double xb, double ya, double yb, double low, double high) {
    return Box.of(
        Math.min(xa, xb),
        Math.max(xa, xb),
        Math.min(ya, yb),
        Math.max(ya, yb),
        ground + low,
        ground + high);
  }

  /** Light from 25° to 65° above the horizon, from anywhere. */
  private Vec3 sun() {
    double azimuth = draw.between(0, 2 * Math.PI);
    double height = Math.toRadians(draw.between(25, 65));
    return new Vec3(
        Math.cos(height) * Math.cos(azimuth),
        Math.cos(height) * Math.sin(azimuth),
        Math.sin(height));
  }

  /** The finished scene, seen along x, or along y if {@code across}. */
  Scene scene(Layout layout, boolean across) {
    Scene scene =
        new Scene(
            layout.kind(),
            Setting.OUTDOOR,
            ego,
            Material.ASPHALT,
            things.solids(),
            null,
            null,
            sun());
    return across ? scene.turned() : scene;
  }
}
