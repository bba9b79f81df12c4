package org.hearsight.simulator.render;

/**
 * One rendered frame, {@code size} x {@code size}, row by row from the top left.
 *
 * @param rgb 0xRRGGBB
 * @param depth metres along the optical axis; 0 = nothing within {@link Renderer#RANGE}
 * @param occlusion 255 where the first surface other than the hazard is an occluder
 * @param hazard pixels that show the hazard
 */
public record Rendering(int size, int[] rgb, float[] depth, byte[] occlusion, boolean[] hazard) {
  /** Mean of the occlusion map, in [0, 1]. */
  public double occlusionLevel() {
    int count = 0;
    for (byte b : occlusion) {
      if (b != 0) {
        count++;
      }
    }
    return (double) count / occlusion.length;
  }
}
