package org.hearsight.simulator.scene;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;

/** A building in the making: walls of one kind, a ceiling, furniture, and the room they enclose. */
final class Interior {
  private static final double THICKNESS = 0.3;
  private static final int[] PAINTS = {0xE8E4D9, 0xD9E2E8, 0xCFC7B8, 0xB7C4B1, 0xE3D5CA};
  private static final Vec3 LIGHT = new Vec3(0.25, 0.35, 0.9).unit();

  private final Furnishing things = new Furnishing();
  private final Draw draw;
  private final double ego;
  private final double height;
  private final Material material;
  private final Material ceilingMaterial;
  private final int rgb;
  private double x0;
  private double x1;
  private double y0;
  private double y1;

  /**
   * @param ego microphone above the floor, metres
   * @param height floor to ceiling, metres
   */
  Interior(Draw draw, double ego, double height) {
    this.draw = draw;
    this.ego = ego;
    this.height = height;
    this.rgb = PAINTS[draw.index(PAINTS.length)];
    this.material = draw.of(Material.PLASTER, Material.BRICK, Material.CONCRETE);
    this.ceilingMaterial = draw.of(Material.ACOUSTIC_TILE, Material.PLASTER);
  }

  double ground() {
    return -ego;
  }

  double ceiling() {
    return height - ego;
  }

  /** Outer walls around a floor, and its ceiling. */
  void shell(double x0, double x1, double y0, double y1) {
    this.x0 = x0;
    this.x1 = x1;
    this.y0 = y0;
    this.y1 = y1;
    double t = THICKNESS;
    wall(x0 - t, x0, y0 - t, y1 + t);
    wall(x1, x1 + t, y0 - t, y1 + t);
    wall(x0, x1, y0 - t, y0);
    wall(x0, x1, y1, y1 + t);
    Box top = Box.of(x0 - t, x1 + t, y0 - t, y1 + t, ceiling(), ceiling() + t);
    things.add(new Solid(Solid.Kind.CEILING, top, ceilingMaterial, 0xF4F4F0));
  }

  /** A wall from floor to ceiling; none if it has no extent. */
  void wall(double x0, double x1, double y0, double y1) {
    wall(x0, x1, y0, y1, ground());
  }

  /** A wall from a height to the ceiling, as above a door. */
  void wall(double x0, double x1, double y0, double y1, double from) {
    if (x1 - x0 > 0.01 && y1 - y0 > 0.01 && ceiling() - from > 0.01) {
      things.add(
          new Solid(Solid.Kind.WALL, Box.of(x0, x1, y0, y1, from, ceiling()), material, rgb));
    }
  }

  /** Something of a given size, unless it would stand in another thing. */
  boolean put(
      Solid.Kind kind,
      double x,
      double y,
      double length,
      double width,
      double tall,
      Material of,
      int colour) {
    double up = Math.min(tall, height);
    return things.tryAdd(
        new Solid(kind, Box.around(x, y, length, width, ground(), up), of, colour));
  }

  /** Is there a way around a thing, a metre wide, between it and the outer walls? */
  boolean leavesWay(double x, double y, double length, double width) {
    return x - length / 2 > x0 + 1
        && x + length / 2 < x1 - 1
        && y - width / 2 > y0 + 1
        && y + width / 2 < y1 - 1;
  }

  /** Furniture anywhere within the outer walls. */
  void furnish(int count) {
    furnish(count, x0 + 0.6, x1 - 0.6, y0 + 0.6, y1 - 0.6);
  }

  /** Cabinets, desks, pillars and crates anywhere between bounds. */
  void furnish(int count, double x0, double x1, double y0, double y1) {
    for (int i = 0; i < count; i++) {
      double x = draw.between(x0, x1);
      double y = draw.between(y0, y1);
      switch (draw.index(4)) {
        case 0 -> put(Solid.Kind.CABINET, x, y, 0.9, 0.5, 1.9, Material.METAL, 0x8A8F98);
        case 1 -> put(Solid.Kind.DESK, x, y, 0.8, 1.4, 0.75, Material.WOOD, 0xA47148);
        case 2 -> put(Solid.Kind.PILLAR, x, y, 0.5, 0.5, height, Material.CONCRETE, 0xC2C5BB);
        default -> put(Solid.Kind.CRATE, x, y, 1.0, 1.2, 1.2, Material.WOOD, 0xB08040);
      }
    }
  }

  /** The finished scene, its floor within the outer walls. */
  Scene scene(Layout layout, double inner) {
    return scene(layout, (x1 - x0) * (y1 - y0), inner);
  }

  /**
   * The finished scene.
   *
   * @param floor square metres
   * @param inner length of walls besides the outer ones, both sides counted, metres
   */
  Scene scene(Layout layout, double floor, double inner) {
    double wallLength = 2 * ((x1 - x0) + (y1 - y0)) + inner;
    Room room =
        new Room(
            ceiling(),
            floor * height,
            wallLength * height,
            floor,
            material,
            ceilingMaterial,
            draw.between(0.05, 0.2));
    Material ground = draw.of(Material.LINOLEUM, Material.CARPET, Material.CONCRETE);
    return new Scene(
        layout.kind(), Setting.INDOOR, ego, ground, things.solids(), room, null, LIGHT);
  }
}
