package org.hearsight.simulator.render;

import java.util.stream.Stream;
import org.hearsight.core.geometry.Thresholds;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.vision.Camera;
import org.hearsight.simulator.scene.Body;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Scene;

/**
 * Renders a scene at the end of its clip: colour, depth along the optical axis, occlusion.
 *
 * <p>Ray casting. All rays of a column share their horizontal direction, so the horizontal part of
 * the slab test is done once per box and column and only the vertical part per pixel; boxes are
 * visited from near to far. Light: Lambert from the sun, indoors from a lamp at the ceiling, with
 * hard shadows, and an ambient part.
 *
 * <p>The occlusion map ignores the hazard itself, as if it were transparent: it says what could
 * hide something, and must not give away where the hazard stands.
 */
public final class Renderer {
  /** Nothing beyond has a depth: 16 bits of millimetres reach no farther. */
  public static final double RANGE = 65;

  private final Scene scene;
  private final Shapes shapes;
  private final Shapes.Owned[] parts;
  private final Shade shade;

  private Renderer(Scene scene) {
    this.scene = scene;
    this.shapes = new Shapes(scene);
    this.parts = shapes.solidParts();
    this.shade = new Shade(scene, shapes);
  }

  /** The picture of a scene. */
  public static Rendering render(Scene scene) {
    return new Renderer(scene).picture();
  }

  private Rendering picture() {
    int n = Camera.SIZE;
    int[] rgb = new int[n * n];
    float[] depth = new float[n * n];
    byte[] occlusion = new byte[n * n];
    boolean[] shown = new boolean[n * n];
    Column column = new Column(boxes(Stream.of(parts).map(Shapes.Owned::part)));
    Body.Part[] body = shapes.hazardParts();
    Column hazard = new Column(boxes(Stream.of(body)));
    for (int j = 0; j < n; j++) {
      double y = Camera.slope(j);
      column.look(y);
      hazard.look(y);
      for (int i = 0; i < n; i++) {
        double z = Camera.slope(i);
        int pixel = i * n + j;
        double wall = column.first(z);
        double ground = z < 0 ? scene.groundLevel() / z : Double.POSITIVE_INFINITY;
        if (wall < ground && wall < Thresholds.OCCLUDER_RANGE) {
          occlusion[pixel] = (byte) 255;
        }
        double hazardIn = hazard.first(z);
        double t = Math.min(Math.min(wall, ground), hazardIn);
        if (t <= RANGE) {
          depth[pixel] = (float) t;
        }
        if (Double.isInfinite(t)) {
          rgb[pixel] = shade.sky(y, z);
          continue;
        }
        Vec3 point = new Vec3(t, t * y, t * z);
        if (hazardIn <= wall && hazardIn <= ground) {
          shown[pixel] = true;
          rgb[pixel] = shade.body(point, body[hazard.hit()]);
        } else if (wall <= ground) {
          rgb[pixel] = shade.solid(point, parts[column.hit()]);
        } else {
          rgb[pixel] = shade.ground(point);
        }
      }
    }
    return new Rendering(n, rgb, depth, occlusion, shown);
  }

  private static Box[] boxes(Stream<Body.Part> parts) {
    return parts.map(Body.Part::box).toArray(Box[]::new);
  }
}
