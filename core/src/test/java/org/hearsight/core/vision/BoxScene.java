package org.hearsight.core.vision;

import java.util.function.DoubleUnaryOperator;

/**
 * A pinhole camera over flat ground with a wall in front, computed ray by ray: what the readers
 * must find again.
 *
 * @param pitchDegrees how far the camera looks down
 */
record BoxScene(
    int width, int height, double hfovDegrees, double cameraHeight, double pitchDegrees) {
  /** The wall: 8 m ahead, from 1 m right of the axis to 3 m left, 2.5 m high. */
  static final double WALL = 8;

  private static final double RANGE = 60;

  /** Depth along the optical axis in metres, [height, width], 0 = sky. */
  float[] depth() {
    return render(false);
  }

  /** 1 where the first surface is the wall. */
  float[] occlusion() {
    return render(true);
  }

  private float[] render(boolean map) {
    double f = width / 2.0 / Math.tan(Math.toRadians(hfovDegrees) / 2);
    double c = Math.cos(Math.toRadians(pitchDegrees));
    double s = Math.sin(Math.toRadians(pitchDegrees));
    float[] out = new float[width * height];
    for (int v = 0; v < height; v++) {
      for (int u = 0; u < width; u++) {
        double left = -(u + 0.5 - width / 2.0) / f;
        double up = -(v + 0.5 - height / 2.0) / f;
        double x = c + up * s;
        double z = -s + up * c;
        double ground = z < 0 ? -cameraHeight / z : Double.POSITIVE_INFINITY;
        double wall = wall(WALL / x, t -> t * left, t -> cameraHeight + t * z);
        double t = Math.min(ground, wall);
        boolean hit = t < RANGE;
        out[v * width + u] = map ? (hit && wall < ground ? 1 : 0) : hit ? (float) t : 0;
      }
    }
    return out;
  }

  private static double wall(double t, DoubleUnaryOperator left, DoubleUnaryOperator height) {
    double y = left.applyAsDouble(t);
    double z = height.applyAsDouble(t);
    boolean hit = t > 0 && y >= -1 && y <= 3 && z >= 0 && z <= 2.5;
    return hit ? t : Double.POSITIVE_INFINITY;
  }
}
