package org.hearsight.datasets.occlude;

import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Thresholds;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.vision.Camera;
import org.hearsight.core.vision.Panorama;
import org.hearsight.core.vision.View;
import org.hearsight.simulator.render.Renderer;
import org.hearsight.simulator.render.Rendering;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.Scene;

/**
 * A real frame with rendered occluders before it, the depth of the guessed room behind them, and
 * the occlusion map of both.
 *
 * <p>As everywhere, occluders are all surfaces but the floor nearer than {@value
 * Thresholds#OCCLUDER_RANGE} m: walls and ceiling of the room, too.
 */
final class PastedView {
  private static final int SIZE = View.SIZE;

  /** Mean brightness of the renderer's own rooms, to which its light is set. */
  private static final double RENDERED_BRIGHTNESS = 0.55;

  private PastedView() {}

  /**
   * The view.
   *
   * @param look azimuth of the optical axis in the recording, degrees; it is level
   * @param occluders in view coordinates
   */
  static View of(Panorama frame, double look, RoomBox room, Scene occluders) {
    float[] rgb = frame.pinhole(new Direction(look, 0));
    float[] depth = new float[SIZE * SIZE];
    float[] occlusion = new float[SIZE * SIZE];
    Rendering pasted = Renderer.render(occluders.with((Hazard) null));
    double light = light(rgb);
    double cosine = Math.cos(Math.toRadians(look));
    double sine = Math.sin(Math.toRadians(look));
    int marked = 0;
    for (int row = 0; row < SIZE; row++) {
      double z = Camera.slope(row);
      for (int column = 0; column < SIZE; column++) {
        double y = Camera.slope(column);
        int i = row * SIZE + column;
        Vec3 ray = new Vec3(cosine - sine * y, sine + cosine * y, z);
        double wall = room.exit(ray);
        boolean covered = pasted.occlusion()[i] != 0 && pasted.depth()[i] < wall;
        depth[i] = covered ? pasted.depth()[i] : (float) wall;
        if (covered || (wall < Thresholds.OCCLUDER_RANGE && !room.meetsFloor(ray))) {
          occlusion[i] = 1;
          marked++;
        }
        if (covered) {
          paste(rgb, i, pasted.rgb()[i], light);
        }
      }
    }
    return new View(rgb, depth, occlusion, (float) ((double) marked / (SIZE * SIZE)));
  }

  private static void paste(float[] rgb, int pixel, int colour, double light) {
    for (int c = 0; c < 3; c++) {
      int value = colour >> (16 - 8 * c) & 255;
      rgb[c * SIZE * SIZE + pixel] = (float) Math.min(1, value / 255.0 * light);
    }
  }

  /** How bright things are in this room: the pasted ones must not shine in a dark one. */
  private static double light(float[] rgb) {
    double sum = 0;
    for (float v : rgb) {
      sum += v;
    }
    return Math.max(0.35, Math.min(1.2, sum / rgb.length / RENDERED_BRIGHTNESS));
  }
}
