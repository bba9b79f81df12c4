package org.hearsight.simulator.scene;

/**
 * A box that stands in a scene: it hides, shadows, reflects and bends sound.
 *
 * @param kind what it is, as in {@code building} or {@code parked_van}
 * @param rgb its colour, 0xRRGGBB
 */
public record Solid(String kind, Box box, Material material, int rgb) {
  Solid mirrored() {
    return new Solid(kind, box.mirrored(), material, rgb);
  }
}
