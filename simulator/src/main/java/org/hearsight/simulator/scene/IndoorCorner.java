package org.hearsight.simulator.scene;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;

/**
 * A corridor along x that meets a crossing corridor or opens into a room: walls, ceiling, pillars,
 * cabinets and desks.
 */
public final class IndoorCorner implements Layout {
  static final String KIND = "indoor_corner";

  private static final double THICKNESS = 0.3;
  private static final int[] WALLS = {0xE8E4D9, 0xD9E2E8, 0xCFC7B8, 0xB7C4B1, 0xE3D5CA};

  @Override
  public Scene draw(Draw draw, boolean roomy) {
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
    double ground = -ego;
    double ceiling = ground + (hall ? draw.between(3, 5.5) : draw.between(2.3, 3));
    int rgb = WALLS[draw.index(WALLS.length)];
    Material material = draw.of(Material.PLASTER, Material.BRICK, Material.CONCRETE);
    Furnishing things = new Furnishing();

    double x0 = -back;
    double x1 = beyond + ahead;
    double y0 = -right - armRight;
    double y1 = left + armLeft;
    Walls walls = new Walls(things, material, rgb, ground, ceiling);
    walls.add(x0 - THICKNESS, x0, y0 - THICKNESS, y1 + THICKNESS);
    walls.add(x1, x1 + THICKNESS, y0 - THICKNESS, y1 + THICKNESS);
    walls.add(x0, x1, y0 - THICKNESS, y0);
    walls.add(x0, x1, y1, y1 + THICKNESS);
    walls.add(x0, corner, left, y1);
    walls.add(x0, corner, y0, -right);
    walls.add(beyond, x1, left, y1);
    walls.add(beyond, x1, y0, -right);
    Material tiles = draw.of(Material.ACOUSTIC_TILE, Material.PLASTER);
    things.add(
        new Solid(
            "ceiling",
            Box.of(
                x0 - THICKNESS,
                x1 + THICKNESS,
                y0 - THICKNESS,
                y1 + THICKNESS,
                ceiling,
                ceiling + THICKNESS),
            tiles,
            0xF4F4F0));
    furnish(things, draw, new double[] {x0, x1, y0, y1}, ground, ceiling);

    double floor = corridor * (x1 - x0) + crossing * (armLeft + armRight); // the cross's two bars
    double perimeter = 2 * ((x1 - x0) + (y1 - y0)); // of any shape without dents
    Room room =
        new Room(
            ceiling,
            floor * (ceiling - ground),
            perimeter * (ceiling - ground),
            floor,
            material,
            tiles,
            draw.between(0.05, 0.2));
    return new Scene(
        KIND,
        Setting.INDOOR,
        ego,
        draw.of(Material.LINOLEUM, Material.CARPET, Material.CONCRETE),
        things.solids(),
        room,
        null,
        new Vec3(0.25, 0.35, 0.9).unit());
  }

  private record Walls(
      Furnishing things, Material material, int rgb, double ground, double ceiling) {
    void add(double xa, double xb, double ya, double yb) {
      if (xb - xa > 0.01 && yb - ya > 0.01) {
        things.add(new Solid("wall", Box.of(xa, xb, ya, yb, ground, ceiling), material, rgb));
      }
    }
  }

  private static void furnish(
      Furnishing things, Draw draw, double[] bounds, double ground, double ceiling) {
    int count = 2 + draw.index(6);
    for (int i = 0; i < count; i++) {
      double x = draw.between(Math.max(bounds[0], -4), Math.min(bounds[1], 12));
      double y = draw.between(bounds[2], bounds[3]);
      switch (draw.index(4)) {
        case 0 -> put(things, "cabinet", x, y, 0.9, 0.5, 1.9, Material.METAL, 0x8A8F98, ground);
        case 1 -> put(things, "desk", x, y, 0.8, 1.4, 0.75, Material.WOOD, 0xA47148, ground);
        case 2 ->
            put(
                things,
                "pillar",
                x,
                y,
                0.5,
                0.5,
                ceiling - ground,
                Material.CONCRETE,
                0xC2C5BB,
                ground);
        default -> put(things, "crate", x, y, 1.0, 1.2, 1.2, Material.WOOD, 0xB08040, ground);
      }
    }
  }

  private static void put(
      Furnishing things,
      String kind,
      double x,
      double y,
      double length,
      double width,
      double height,
      Material material,
      int rgb,
      double ground) {
    Box box =
        Box.of(
            x - length / 2, x + length / 2, y - width / 2, y + width / 2, ground, ground + height);
    things.tryAdd(new Solid(kind, box, material, rgb));
  }
}
