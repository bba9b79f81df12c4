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
    screen(
        inside,
        draw,
        true,
        draw.between(0.9, 5),
        draw.between(-0.6, 0.6) * reach,
        draw.between(2, 6),
        thickness,
        tall,
        material,
        colour,
        new double[] {x0, x1, y0, y1});
    int count = 2 + draw.index(roomy ? 4 : 7);
    for (int i = 0; i < count; i++) {
      screen(
          inside,
          draw,
          draw.chance(0.5),
          draw.between(x0 + 1.5, Math.min(x1, 12) - 1.5),
          draw.between(y0 + 1.5, y1 - 1.5),
          draw.between(1.5, 5),
          thickness,
          tall,
          material,
          colour,
          new double[] {x0, x1, y0, y1});
    }
    inside.furnish(1 + draw.index(5), x0 + 0.6, x1 - 0.6, y0 + 0.6, y1 - 0.6);
    return inside.scene(Layout.PARTITION, (x1 - x0) * (y1 - y0), 2 * ((x1 - x0) + (y1 - y0)));
  }

  /** One partition, if there is room for it and for a way around its ends. */
  private static void screen(
      Interior inside,
      Draw draw,
      boolean across,
      double x,
      double y,
      double length,
      double thickness,
      double tall,
      Material material,
      int colour,
      double[] bounds) {
    double lx = across ? thickness : length;
    double ly = across ? length : thickness;
    boolean room =
        x - lx / 2 > bounds[0] + 1
            && x + lx / 2 < bounds[1] - 1
            && y - ly / 2 > bounds[2] + 1
            && y + ly / 2 < bounds[3] - 1;
    if (room) {
      inside.put(
          Solid.Kind.PARTITION, x, y, lx, ly, tall * draw.between(0.95, 1), material, colour);
    }
  }
}
