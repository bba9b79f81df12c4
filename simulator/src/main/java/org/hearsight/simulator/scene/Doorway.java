package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/** Two rooms and a doorway between them, ahead of the microphone; the door may stand open. */
final class Doorway {
  private Doorway() {}

  static Scene draw(Draw draw, boolean roomy) {
    double ego = draw.between(0.5, 1.6);
    double at = draw.between(0.9, 5);
    double thickness = draw.between(0.12, 0.35);
    double width = roomy ? draw.between(2.2, 4) : draw.between(0.9, 2);
    double middle = draw.between(-1, 1) * (roomy ? 1.5 : 1);
    double back = draw.between(2, 8);
    double near = draw.between(2.5, 7); // half width of the room with the microphone
    double deep = draw.between(roomy ? 6 : 4, 12);
    double y0 = Math.min(-near, middle - width / 2 - 0.5) - draw.between(0, 3);
    double y1 = Math.max(near, middle + width / 2 + 0.5) + draw.between(0, 3);
    double height = roomy ? draw.between(3.2, 5.5) : draw.between(2.4, 3.4);
    double x0 = -back;
    double beyond = at + thickness;
    double x1 = beyond + deep;
    Interior inside = new Interior(draw, ego, height);
    inside.shell(x0, x1, y0, y1);
    inside.wall(at, beyond, y0, middle - width / 2);
    inside.wall(at, beyond, middle + width / 2, y1);
    double clear = roomy ? draw.between(2.6, 3.1) : draw.between(2, 2.3);
    inside.wall(at, beyond, middle - width / 2, middle + width / 2, inside.ground() + clear);
    if (!roomy && draw.chance(0.5)) {
      double hinge = draw.chance(0.5) ? middle + width / 2 + 0.03 : middle - width / 2 - 0.03;
      double leaf = Math.min(width, 1);
      inside.put(
          Solid.Kind.DOOR, beyond + leaf / 2 + 0.01, hinge, leaf, 0.05, 2, Material.WOOD, 0x8B6B4A);
    }
    inside.furnish(1 + draw.index(4), beyond + 0.6, x1 - 0.6, y0 + 0.6, y1 - 0.6);
    inside.furnish(draw.index(4), x0 + 0.6, at - 0.6, y0 + 0.6, y1 - 0.6);
    return inside.scene(Layout.DOORWAY, 2 * (y1 - y0 - width));
  }
}
