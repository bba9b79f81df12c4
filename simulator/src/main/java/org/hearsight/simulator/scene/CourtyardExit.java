package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/**
 * A courtyard with a gateway to the street ahead: houses or walls around, a passage of some depth,
 * the street across the view beyond it. Some gateways are built over.
 */
final class CourtyardExit {
  /** Clear height under what is built over a gateway, metres. */
  private static final double PASSAGE = 4;

  private CourtyardExit() {}

  static Scene draw(Draw draw, boolean roomy) {
    Street outside = new Street(draw);
    double front = draw.between(0.9, 7);
    boolean house = draw.chance(0.6);
    double depth = house ? draw.between(3, 9) : draw.between(0.25, 0.6);
    double height = house ? draw.between(6, 15) : draw.between(2, 3.2);
    double gate = draw.between(roomy ? 3.2 : 2, 5.5);
    double middle = draw.between(-0.5, 0.5) * Math.min(gate, 4);
    double left = Math.max(middle + gate / 2 + 0.5, draw.between(2.5, 14));
    double right = Math.min(middle - gate / 2 - 0.5, -draw.between(2.5, 14));
    double back = -draw.between(2, 14);
    double street = front + depth;
    double opposite = street + draw.between(7, 15);
    piece(outside, house, front, street, middle + gate / 2, 45, height);
    piece(outside, house, front, street, -45, middle - gate / 2, height);
    if (house && draw.chance(0.5)) {
      Box over =
          outside.between(front, street, middle - gate / 2, middle + gate / 2, PASSAGE, height);
      outside.put(outside.house(over));
    }
    outside.put(outside.house(back, front, left, left + 20, 4, 14));
    outside.put(outside.house(back, front, right - 20, right, 4, 14));
    outside.put(outside.house(back - 15, back, right - 20, left + 20, 4, 14));
    double y = -50;
    while (y < 50) {
      double end = y + draw.between(9, 30);
      outside.put(outside.house(opposite, opposite + 30, y, end, 4, 16));
      y = end + (draw.chance(0.35) ? draw.between(2, 5) : 0);
    }
    int count = 1 + draw.index(5);
    for (int i = 0; i < count; i++) {
      if (draw.chance(0.5)) {
        double kerb = draw.chance(0.5) ? street + 2.2 : opposite - 1.3;
        outside.put(outside.parked(draw.chance(0.4), true, kerb, draw.between(-20, 20)));
      } else {
        double x = draw.between(back + 1, front - 1);
        outside.put(outside.stand(x, draw.between(right + 1, left - 1)));
      }
    }
    return outside.scene(Layout.COURTYARD_EXIT, false);
  }

  private static void piece(
      Street outside, boolean house, double x0, double x1, double y0, double y1, double height) {
    Box box = outside.between(x0, x1, y0, y1, height);
    outside.put(house ? outside.house(box) : outside.fence(false, box));
  }
}
