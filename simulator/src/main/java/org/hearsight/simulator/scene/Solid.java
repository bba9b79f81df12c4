package org.hearsight.simulator.scene;

/**
 * A box that stands in a scene: it hides, shadows, reflects and bends sound.
 *
 * @param kind what it is, as in {@code building} or {@code parked_van}
 * @param rgb its colour, 0xRRGGBB
 */
public record Solid(String kind, Box box, Material material, int rgb) {
  /** Begins the kind of a thing that looks like a hazard's class and makes no sound. */
  public static final String SILENT = "silent_";

  Solid turned() {
    return new Solid(kind, box.turned(), material, rgb);
  }

  Solid mirrored() {
    return new Solid(kind, box.mirrored(), material, rgb);
  }
}
