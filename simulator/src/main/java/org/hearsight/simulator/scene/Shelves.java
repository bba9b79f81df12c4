package org.hearsight.simulator.scene;

import org.hearsight.simulator.draw.Draw;

/** A shop or store: shelves in rows with aisles between and a free way around all of them. */
final class Shelves {
  private Shelves() {}

  static Scene draw(Draw draw, boolean roomy) {
    double ego = draw.between(0.5, 1.6);
    boolean across = draw.chance(0.5); // rows across the view
    double aisle = draw.between(roomy ? 3.2 : 1.6, roomy ? 4.5 : 3);
    double deep = draw.between(0.5, 1.1);
    double tall = draw.chance(0.8) ? draw.between(1.7, 2.6) : draw.between(1.1, 1.6);
    double height = Math.max(roomy ? 3.4 : 2.6, tall + draw.between(0.4, 2.5));
    double side = roomy ? 3.4 : 1.4; // the free way along the walls
    double x0 = -draw.between(3, 9);
    double x1 = draw.between(9, 18);
    double y0 = -draw.between(5, 13);
    double y1 = draw.between(5, 13);
    Interior inside = new Interior(draw, ego, height);
    inside.shell(x0, x1, y0, y1);
    // Along u run the aisles, across v they follow one another.
    double u0 = (across ? y0 : x0) + side;
    double u1 = (across ? y1 : x1) - side;
    double v0 = (across ? x0 : y0) + side;
    double v1 = (across ? x1 : y1) - side;
    int colour = draw.of(0x7C6A50, 0x4F6D7A, 0x8A8F98, 0xA0522D);
    Material material = draw.of(Material.WOOD, Material.METAL);
    // The microphone stands somewhere in an aisle.
    double phase = draw.between(0.75, aisle - 0.75);
    double first = phase - aisle - deep;
    while (first - aisle - deep > v0) {
      first -= aisle + deep;
    }
    for (double v = first; v + deep < v1; v += aisle + deep) {
      double u = u0 + draw.between(0, 2);
      while (u < u1 - 1) {
        double end = Math.min(u1, u + draw.between(2.5, 7));
        double mu = (u + end) / 2;
        double mv = v + deep / 2;
        if (v > v0 && end - u > 0.5 && draw.chance(0.9)) {
          inside.put(
              Solid.Kind.SHELF,
              across ? mv : mu,
              across ? mu : mv,
              across ? deep : end - u,
              across ? end - u : deep,
              tall,
              material,
              colour);
        }
        u = end + draw.between(roomy ? 3.2 : 1.2, roomy ? 4.5 : 3);
      }
    }
    inside.furnish(draw.index(3));
    return inside.scene(Layout.SHELVES, 0);
  }
}
