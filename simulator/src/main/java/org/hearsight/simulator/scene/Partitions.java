package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/** A hall with thin partitions that end below its ceiling, as in offices and exhibitions. */
final class Partitions {
  private Partitions() {}

  static Scene draw(Draw draw, boolean roomy) {
    double ego = draw.between(0.5, 1.6);
    double x0 = -draw.between(3, 10);
    double x1 = draw.between(9, 20);
    double y0 = -draw.between(5, 13);
    double y1 = draw.between(5, 13);
    double height = draw.between(roomy ? 3.4 : 2.8, 6);
    double tall = Math.min(height - 0.4, ego + draw.between(0.3, 1.3));
    double thickness = draw.between(0.05, 0.12);
    Material material = draw.of(Material.FABRIC_PANEL, Material.WOOD, Material.GLASS);
    int colour =
        switch (material) {
          case FABRIC_PANEL -> draw.of(0x5B7083, 0x7A5C61, 0x6B705C);
          case WOOD -> 0xB08D57;
          default -> 0xBFD7DC;
        };
    Interior inside = new Interior(draw, ego, height);
    inside.shell(x0, x1, y0, y1);
    double reach = Math.min(Math.min(-y0, y1), 7);
    Screens screens = new Screens(inside, draw, thickness, tall, material, colour);
    screens.put(true, draw.between(0.9, 5), draw.between(-0.6, 0.6) * reach, draw.between(2, 6));
    int count = 2 + draw.index(roomy ? 4 : 7);
    for (int i = 0; i < count; i++) {
      boolean across = draw.chance(0.5);
      double x = draw.between(x0 + 1.5, Math.min(x1, 12) - 1.5);
      screens.put(across, x, draw.between(y0 + 1.5, y1 - 1.5), draw.between(1.5, 5));
    }
    inside.furnish(1 + draw.index(5));
    return inside.scene(Layout.PARTITION, 0);
  }

  /** Partitions of one make. */
  private record Screens(
      Interior inside, Draw draw, double thickness, double tall, Material material, int colour) {
    /** Puts one up, if there is room for it and for a way around its ends. */
    void put(boolean across, double x, double y, double length) {
      double lx = across ? thickness : length;
      double ly = across ? length : thickness;
      if (inside.leavesWay(x, y, lx, ly)) {
        double height = tall * draw.between(0.95, 1);
        inside.put(Solid.Kind.PARTITION, x, y, lx, ly, height, material, colour);
      }
    }
  }
}
