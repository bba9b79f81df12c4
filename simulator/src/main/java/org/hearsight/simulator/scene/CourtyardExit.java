package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/**
 * A courtyard with a gateway to the street ahead: houses or walls around, a passage of some depth,
 * the street across the view beyond it. Some gateways are built over.
 */
final class CourtyardExit implements Layout {
  /** Clear height under what is built over a gateway, metres. */
  private static final double PASSAGE = 4;

  @Override
  public String kind() {
    return "courtyard_exit";
  }

  @Override
  public Setting setting() {
    return Setting.OUTDOOR;
  }

  @Override
  public Scene draw(Draw draw, boolean roomy) {
    double ego = draw.between(0.5, 1.6);
    double ground = -ego;
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
    Furnishing things = new Furnishing();
    piece(things, draw, house, front, street, middle + gate / 2, 45, ground, height);
    piece(things, draw, house, front, street, -45, middle - gate / 2, ground, height);
    if (house && draw.chance(0.5)) {
      Box over =
          Box.of(
              front,
              street,
              middle - gate / 2,
              middle + gate / 2,
              ground + PASSAGE,
              ground + height);
      things.tryAdd(Streets.house(draw, over));
    }
    things.tryAdd(wing(draw, back, front, left, left + 20, ground));
    things.tryAdd(wing(draw, back, front, right - 20, right, ground));
    things.tryAdd(wing(draw, back - 15, back, right - 20, left + 20, ground));
    double y = -50;
    while (y < 50) {
      double end = y + draw.between(9, 30);
      things.tryAdd(
          Streets.house(
              draw, Streets.between(opposite, opposite + 30, y, end, ground, draw.between(4, 16))));
      y = end + (draw.chance(0.35) ? draw.between(2, 5) : 0);
    }
    int count = 1 + draw.index(5);
    for (int i = 0; i < count; i++) {
      if (draw.chance(0.5)) {
        double kerb = draw.chance(0.5) ? street + 2.2 : opposite - 1.3;
        things.tryAdd(
            Streets.parked(draw, draw.chance(0.4), true, kerb, draw.between(-20, 20), ground));
      } else {
        double x = draw.between(back + 1, front - 1);
        things.tryAdd(Streets.stand(draw, x, draw.between(right + 1, left - 1), ground));
      }
    }
    return Streets.scene(kind(), ego, things, false, draw);
  }

  private static void piece(
      Furnishing things,
      Draw draw,
      boolean house,
      double x0,
      double x1,
      double y0,
      double y1,
      double ground,
      double height) {
    Box box = Streets.between(x0, x1, y0, y1, ground, height);
    things.tryAdd(house ? Streets.house(draw, box) : Streets.fence(draw, false, box));
  }

  private static Solid wing(Draw draw, double x0, double x1, double y0, double y1, double ground) {
    return Streets.house(draw, Streets.between(x0, x1, y0, y1, ground, draw.between(4, 14)));
  }
}
