package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/** A corridor along x that meets a crossing corridor or opens into a room. */
final class IndoorCorner {
  private IndoorCorner() {}

  static Scene draw(Draw draw, boolean roomy) {
    boolean hall = roomy || draw.chance(0.3);
    double ego = draw.between(0.5, 1.6);
    double corridor = hall ? draw.between(3.4, 7) : draw.between(1.8, 3.2);
    double left = draw.between(0.8, corridor - 0.8);
    double right = corridor - left;
    double corner = draw.between(-1, 7);
    double crossing = draw.chance(0.4) ? draw.between(3.5, 8) : draw.between(hall ? 3 : 1.8, 4);
    double beyond = corner + crossing;
    double back = Math.max(draw.between(2, 10), 1 - corner);
    double ahead = draw.chance(0.5) ? draw.between(2, 9) : 0;
    double armLeft = draw.between(2, 12);
    double armRight = draw.between(2, 12);
    if (draw.chance(0.3)) {
      if (draw.chance(0.5)) {
        armLeft = 0;
      } else {
        armRight = 0;
      }
    }
    double x0 = -back;
    double x1 = beyond + ahead;
    double y0 = -right - armRight;
    double y1 = left + armLeft;
    Interior inside = new Interior(draw, ego, hall ? draw.between(3, 5.5) : draw.between(2.3, 3));
    inside.shell(x0, x1, y0, y1);
    inside.wall(x0, corner, left, y1);
    inside.wall(x0, corner, y0, -right);
    inside.wall(beyond, x1, left, y1);
    inside.wall(beyond, x1, y0, -right);
    inside.furnish(2 + draw.index(6), Math.max(x0, -4), Math.min(x1, 12), y0, y1);

    double floor = corridor * (x1 - x0) + crossing * (armLeft + armRight); // the cross's two bars
    return inside.scene(
        Layout.INDOOR_CORNER, floor, 0); // its walls are as long as those of the shell
  }
}
