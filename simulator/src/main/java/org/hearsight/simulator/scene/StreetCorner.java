package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/**
 * A street along x that meets a crossing street: four built-up quarters, alleys, low walls, parked
 * vehicles and street furniture. The microphone stands somewhere on the street, before the corner
 * or already in it.
 */
final class StreetCorner {
  /** The world ends here, metres from the microphone. */
  private static final double FAR = 80;

  private StreetCorner() {}

  static Scene draw(Draw draw, boolean roomy) {
    Street outside = new Street(draw);
    double street = draw.between(9, 19);
    double left = draw.between(1.5, street - 1.5);
    double right = street - left;
    double corner = draw.between(-3, 15);
    double crossing = draw.between(7, 14);
    double beyond = corner + crossing;
    boolean openLeft = draw.chance(0.9);
    boolean openRight = !openLeft || draw.chance(0.9);

    quarter(outside, draw, corner, -1, left, 1);
    quarter(outside, draw, corner + draw.between(-1.5, 1.5), -1, -right, -1);
    if (draw.chance(0.3)) {
      outside.must(outside.house(beyond, FAR, -FAR, FAR, 5, 18));
    } else {
      quarter(outside, draw, beyond, 1, left, 1);
      quarter(outside, draw, beyond, 1, -right, -1);
    }
    if (!openLeft) {
      double end = left + draw.between(0.5, 6);
      outside.put(outside.house(corner, beyond, end, end + 10, 4, 12));
    }
    if (!openRight) {
      double end = -right - draw.between(0.5, 6);
      outside.put(outside.house(corner, beyond, end - 10, end, 4, 12));
    }
    park(outside, draw, left, right, corner, crossing);
    furnish(outside, draw, left, right);
    return outside.scene(Layout.STREET_CORNER, false);
  }

  /**
   * One built-up quarter: the house at the corner, one along either street, perhaps an alley
   * between them.
   *
   * @param x of the corner; the quarter lies towards {@code sx}
   * @param y of the corner; the quarter lies towards {@code sy}
   */
  private static void quarter(Street outside, Draw draw, double x, int sx, double y, int sy) {
    double length = draw.between(7, 15);
    double depth = draw.between(8, 18);
    double alleyX = draw.chance(0.35) ? draw.between(1.5, 3.5) : 0;
    double alleyY = draw.chance(0.35) ? draw.between(1.5, 3.5) : 0;
    boolean low = draw.chance(0.2);
    double height = low ? draw.between(1.9, 3) : draw.between(4, 18);
    Box corner = outside.between(x, x + sx * length, y, y + sy * depth, height);
    outside.put(low ? outside.fence(draw.chance(0.4), corner) : outside.house(corner));
    double nextX = x + sx * (length + alleyX);
    outside.put(outside.house(nextX, sx * FAR, y, y + sy * 30, 4, 18));
    double nextY = y + sy * (depth + alleyY);
    outside.put(outside.house(x, x + sx * length, nextY, sy * FAR, 4, 18));
  }

  private static void park(
      Street outside, Draw draw, double left, double right, double corner, double crossing) {
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
      outside.put(outside.parked(van, !along, x, y));
    }
  }

  private static void furnish(Street outside, Draw draw, double left, double right) {
    int count = draw.index(4);
    for (int i = 0; i < count; i++) {
      double x = draw.between(1.5, 14);
      double y = draw.between(-right + 0.6, left - 0.6);
      outside.put(outside.stand(x, y));
    }
  }
}
