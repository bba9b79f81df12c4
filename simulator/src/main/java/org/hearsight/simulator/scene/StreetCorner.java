package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/**
 * A street along x that meets a crossing street: four built-up quarters, alleys, low walls, parked
 * vehicles and street furniture. The microphone stands somewhere on the street, before the corner
 * or already in it.
 */
final class StreetCorner implements Layout {
  static final String KIND = "street_corner";

  private static final double FAR = Streets.FAR;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Setting setting() {
    return Setting.OUTDOOR;
  }

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
      things.add(house(draw, beyond, FAR, -FAR, FAR, ground, draw.between(5, 18)));
    } else {
      quarter(things, draw, beyond, 1, left, 1, ground);
      quarter(things, draw, beyond, 1, -right, -1, ground);
    }
    if (!openLeft) {
      double end = left + draw.between(0.5, 6);
      things.tryAdd(house(draw, corner, beyond, end, end + 10, ground, draw.between(4, 12)));
    }
    if (!openRight) {
      double end = -right - draw.between(0.5, 6);
      things.tryAdd(house(draw, corner, beyond, end - 10, end, ground, draw.between(4, 12)));
    }
    park(things, draw, left, right, corner, crossing, ground);
    furnish(things, draw, left, right, ground);
    return Streets.scene(KIND, ego, things, false, draw);
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
    Box corner = Streets.between(x, x + sx * length, y, y + sy * depth, ground, height);
    things.tryAdd(
        low ? Streets.fence(draw, draw.chance(0.4), corner) : Streets.house(draw, corner));
    double nextX = x + sx * (length + alleyX);
    things.tryAdd(
        Streets.house(
            draw, Streets.between(nextX, sx * FAR, y, y + sy * 30, ground, draw.between(4, 18))));
    double nextY = y + sy * (depth + alleyY);
    things.tryAdd(
        Streets.house(
            draw,
            Streets.between(x, x + sx * length, nextY, sy * FAR, ground, draw.between(4, 18))));
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
      double x;
      double y;
      if (along) {
        x = draw.between(-8, 25);
        double curb = draw.between(1.2, 3.5);
        y = onLeft ? left - curb : -right + curb;
      } else {
        double off = 1.4;
        x = draw.chance(0.5) ? corner + off : corner + crossing - off;
        y = onLeft ? left + draw.between(3, 20) : -right - draw.between(3, 20);
      }
      things.tryAdd(Streets.parked(draw, van, !along, x, y, ground));
    }
  }

  private static void furnish(
      Furnishing things, Draw draw, double left, double right, double ground) {
    int count = draw.index(4);
    for (int i = 0; i < count; i++) {
      double x = draw.between(1.5, 14);
      double y = draw.between(-right + 0.6, left - 0.6);
      things.tryAdd(Streets.stand(draw, x, y, ground));
    }
  }

  private static Solid house(
      Draw draw, double x0, double x1, double y0, double y1, double ground, double height) {
    return Streets.house(draw, Streets.between(x0, x1, y0, y1, ground, height));
  }
}
