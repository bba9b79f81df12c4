package org.hearsight.simulator.scene;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;

/**
 * A street along x that meets a crossing street: four built-up quarters, alleys, low walls, parked
 * vehicles and street furniture. The microphone stands somewhere on the street, before the corner
 * or already in it.
 */
public final class StreetCorner implements Layout {
  static final String KIND = "street_corner";

  /** The world ends here, metres from the microphone. */
  private static final double FAR = 80;

  private static final int[] FACADES = {
    0xB08968, 0xA65E4E, 0xC9B79C, 0x8D99AE, 0xD6CCC2, 0x9C6644, 0xADB5BD, 0x7F8C6D
  };
  private static final int[] PAINTS = {0x2B2D42, 0x8D0801, 0xE5E5E5, 0x415A77, 0x606C38, 0x1B1B1E};

  @Override
  public Scene draw(Draw draw, boolean roomy) {
    double ego = draw.between(0.5, 1.6);
    double street = draw.between(9, 19);
    double left = draw.between(1.5, street - 1.5);
    double right = street - left;
    double corner = draw.between(-3, 15);
    double crossing = draw.between(7, 14);
    double beyond = corner + crossing;
    double ground = -ego;
    Furnishing things = new Furnishing();
    boolean openLeft = draw.chance(0.9);
    boolean openRight = !openLeft || draw.chance(0.9);

    quarter(things, draw, corner, -1, left, 1, ground);
    quarter(things, draw, corner + draw.between(-1.5, 1.5), -1, -right, -1, ground);
    if (draw.chance(0.3)) {
      things.add(building(draw, beyond, FAR, -FAR, FAR, ground, draw.between(5, 18)));
    } else {
      quarter(things, draw, beyond, 1, left, 1, ground);
      quarter(things, draw, beyond, 1, -right, -1, ground);
    }
    if (!openLeft) {
      double end = left + draw.between(0.5, 6);
      things.tryAdd(building(draw, corner, beyond, end, end + 10, ground, draw.between(4, 12)));
    }
    if (!openRight) {
      double end = -right - draw.between(0.5, 6);
      things.tryAdd(building(draw, corner, beyond, end - 10, end, ground, draw.between(4, 12)));
    }
    park(things, draw, left, right, corner, crossing, ground);
    furnish(things, draw, left, right, ground);
    return new Scene(
        KIND, Setting.OUTDOOR, ego, Material.ASPHALT, things.solids(), null, null, sun(draw));
  }

  /**
   * One built-up quarter: the house at the corner, one along either street, perhaps an alley
   * between them.
   *
   * @param x of the corner; the quarter lies towards {@code sx}
   * @param y of the corner; the quarter lies towards {@code sy}
   */
  private static void quarter(
      Furnishing things, Draw draw, double x, int sx, double y, int sy, double ground) {
    double length = draw.between(7, 15);
    double depth = draw.between(8, 18);
    double alleyX = draw.chance(0.35) ? draw.between(1.5, 3.5) : 0;
    double alleyY = draw.chance(0.35) ? draw.between(1.5, 3.5) : 0;
    boolean low = draw.chance(0.2);
    double height = low ? draw.between(1.9, 3) : draw.between(4, 18);
    Box house = box(x, x + sx * length, y, y + sy * depth, ground, ground + height);
    if (low) {
      boolean hedge = draw.chance(0.4);
      things.tryAdd(
          new Solid(
              hedge ? "hedge" : "wall",
              house,
              hedge ? Material.HEDGE : Material.CONCRETE,
              hedge ? 0x4A6B3A : 0x9A9A94));
    } else {
      things.tryAdd(facade(draw, house));
    }
    double nextX = x + sx * (length + alleyX);
    things.tryAdd(
        facade(draw, box(nextX, sx * FAR, y, y + sy * 30, ground, ground + draw.between(4, 18))));
    double nextY = y + sy * (depth + alleyY);
    things.tryAdd(
        facade(
            draw, box(x, x + sx * length, nextY, sy * FAR, ground, ground + draw.between(4, 18))));
  }

  private static void park(
      Furnishing things,
      Draw draw,
      double left,
      double right,
      double corner,
      double crossing,
      double ground) {
    int count = 2 + draw.index(6);
    for (int i = 0; i < count; i++) {
      boolean along = draw.chance(0.7);
      boolean onLeft = draw.chance(0.5);
      boolean van = draw.chance(0.4);
      double length = van ? draw.between(4.8, 6.2) : draw.between(3.8, 4.8);
      double width = van ? draw.between(1.9, 2.2) : draw.between(1.7, 1.9);
      double height = van ? draw.between(2.0, 2.8) : draw.between(1.35, 1.7);
      double x;
      double y;
      if (along) {
        x = draw.between(-8, 25);
        double curb = draw.between(0.3, 2.5);
        y = onLeft ? left - curb - width / 2 : -right + curb + width / 2;
      } else {
        double swap = length;
        length = width;
        width = swap;
        x = draw.chance(0.5) ? corner + 0.4 + length / 2 : corner + crossing - 0.4 - length / 2;
        y = (onLeft ? left : -right) + (onLeft ? 1 : -1) * draw.between(3, 20);
      }
      things.tryAdd(
          new Solid(
              van ? "parked_van" : "parked_car",
              Box.of(
                  x - length / 2,
                  x + length / 2,
                  y - width / 2,
                  y + width / 2,
                  ground,
                  ground + height),
              Material.METAL,
              PAINTS[draw.index(PAINTS.length)]));
    }
  }

  private static void furnish(
      Furnishing things, Draw draw, double left, double right, double ground) {
    int count = draw.index(4);
    for (int i = 0; i < count; i++) {
      double x = draw.between(1.5, 14);
      double y = draw.between(-right + 0.6, left - 0.6);
      Solid thing =
          switch (draw.index(4)) {
            case 0 -> stand("kiosk", x, y, 2.2, 2.6, Material.WOOD, 0x7A5230, ground);
            case 1 -> stand("column", x, y, 1.1, 3.2, Material.CONCRETE, 0xB8B08D, ground);
            case 2 -> stand("container", x, y, 2.0, 1.5, Material.METAL, 0x2F5D50, ground);
            default -> stand("bin", x, y, 0.7, 1.1, Material.METAL, 0x33415C, ground);
          };
      things.tryAdd(thing);
    }
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
    double h = side / 2;
    return new Solid(
        kind, Box.of(x - h, x + h, y - h, y + h, ground, ground + height), material, rgb);
  }

  private static Solid building(
      Draw draw, double x0, double x1, double y0, double y1, double ground, double height) {
    return facade(draw, box(x0, x1, y0, y1, ground, ground + height));
  }

  private static Solid facade(Draw draw, Box box) {
    Material material = draw.of(Material.BRICK, Material.PLASTER, Material.CONCRETE);
    return new Solid("building", box, material, FACADES[draw.index(FACADES.length)]);
  }

  private static Box box(double xa, double xb, double ya, double yb, double z0, double z1) {
    return Box.of(Math.min(xa, xb), Math.max(xa, xb), Math.min(ya, yb), Math.max(ya, yb), z0, z1);
  }

  private static Vec3 sun(Draw draw) {
    double azimuth = draw.between(0, 2 * Math.PI);
    double height = Math.toRadians(draw.between(25, 65));
    return new Vec3(
        Math.cos(height) * Math.cos(azimuth),
        Math.cos(height) * Math.sin(azimuth),
        Math.sin(height));
  }
}
