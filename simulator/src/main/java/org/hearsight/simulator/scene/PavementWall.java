package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/**
 * A wall or hedge along the pavement with gaps for drives; yards and houses behind it, the street
 * on the other side. The microphone looks along it or towards it.
 */
final class PavementWall {
  private PavementWall() {}

  static Scene draw(Draw draw, boolean roomy) {
    Street outside = new Street(draw);
    boolean across = draw.chance(0.5);
    boolean hedge = draw.chance(0.5);
    double at = draw.between(0.9, across ? 5 : 2.5);
    double thickness = hedge ? draw.between(0.6, 1.1) : draw.between(0.2, 0.4);
    // Mostly higher than the eye; a low one hides dogs and children only.
    double height =
        draw.chance(0.8) ? outside.ego() + draw.between(0.2, 1.4) : draw.between(0.7, 1.5);
    double x = -60;
    double gap = across ? draw.between(-8, 8) : draw.between(2, 12);
    while (x < 60) {
      double end = Math.min(60, gap);
      if (end - x > 0.5) {
        Box box = outside.between(x, end, at, at + thickness, height);
        outside.put(outside.fence(hedge, box));
      }
      x = gap + draw.between(roomy ? 3.2 : 1.2, 5);
      gap = x + draw.between(5, 30);
    }
    double yard = at + thickness + draw.between(9, 22);
    outside.row(-60, 60, yard, yard + 25);
    double opposite = -draw.between(9, 16);
    outside.row(-60, 60, opposite, opposite - 25);
    int count = 1 + draw.index(5);
    for (int i = 0; i < count; i++) {
      double where = draw.between(-6, 22);
      boolean inYard = draw.chance(0.6);
      double y = inYard ? draw.between(at + thickness + 1.2, yard - 1.2) : draw.between(-6, -3);
      outside.put(
          draw.chance(0.6)
              ? outside.parked(draw.chance(0.4), inYard && draw.chance(0.5), where, y)
              : outside.stand(where, y));
    }
    return outside.scene(Layout.PAVEMENT_WALL, across);
  }
}
