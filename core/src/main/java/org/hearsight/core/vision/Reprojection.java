package org.hearsight.core.vision;

/**
 * The way from a source camera's picture to the model's view.
 *
 * <p>Both cameras are pinholes with square pixels and share position and axes, so a model pixel's
 * ray meets the source picture at {@code centre + scale · offset}, and depth along the axis stays
 * what it is.
 *
 * @param width source pixels
 * @param height source pixels
 * @param scale source pixels per model pixel; above 1 the picture shrinks
 */
record Reprojection(int width, int height, double scale) {
  private static final int SIZE = View.SIZE;

  /** The way from a {@code width} x {@code height} picture with this horizontal field of view. */
  static Reprojection of(int width, int height, double hfovDegrees) {
    double source = width / 2.0 / Camera.edge(hfovDegrees);
    double model = SIZE / 2.0 / Camera.EDGE;
    return new Reprojection(width, height, source / model);
  }

  /** [SIZE, SIZE]: does the pixel's central ray lie within the source picture? */
  boolean[] inside() {
    boolean[] inside = new boolean[SIZE * SIZE];
    for (int v = 0; v < SIZE; v++) {
      boolean row = within(centre(v, height), height);
      for (int u = 0; u < SIZE; u++) {
        inside[v * SIZE + u] = row && within(centre(u, width), width);
      }
    }
    return inside;
  }

  /**
   * The area average of a plane over each model pixel's footprint; 0 outside the source. A
   * footprint is at least one source pixel wide, which makes enlarging bilinear.
   *
   * @param plane [height, width]
   * @return [SIZE, SIZE]
   */
  float[] average(float[] plane) {
    float[] rows = new float[height * SIZE];
    for (int u = 0; u < SIZE; u++) {
      Window w = window(u, width);
      for (int y = 0; y < height; y++) {
        float sum = 0;
        for (int k = 0; k < w.weights.length; k++) {
          sum += w.weights[k] * plane[y * width + w.first + k];
        }
        rows[y * SIZE + u] = sum;
      }
    }
    float[] out = new float[SIZE * SIZE];
    for (int v = 0; v < SIZE; v++) {
      Window w = window(v, height);
      for (int k = 0; k < w.weights.length; k++) {
        for (int u = 0; u < SIZE; u++) {
          out[v * SIZE + u] += w.weights[k] * rows[(w.first + k) * SIZE + u];
        }
      }
    }
    return out;
  }

  /**
   * The valid sample nearest to each model pixel's central ray, at most {@code reach} source pixels
   * away; of equally near ones the smallest, since the nearer surface hides the other. Never a
   * mean: halfway between a wall and the street behind it there is nothing.
   *
   * @param plane [height, width], 0 = no sample
   * @return [SIZE, SIZE], 0 where there is none
   */
  float[] nearest(float[] plane, double reach) {
    float[] out = new float[SIZE * SIZE];
    for (int v = 0; v < SIZE; v++) {
      double y = centre(v, height);
      for (int u = 0; u < SIZE; u++) {
        double x = centre(u, width);
        if (within(x, width) && within(y, height)) {
          float own = plane[clamp(y, height) * width + clamp(x, width)];
          out[v * SIZE + u] = own > 0 ? own : nearest(plane, x, y, reach);
        }
      }
    }
    return out;
  }

  private float nearest(float[] plane, double x, double y, double reach) {
    float best = 0;
    double bestSquare = reach * reach;
    for (int j = clamp(y - reach, height); j <= clamp(y + reach, height); j++) {
      for (int i = clamp(x - reach, width); i <= clamp(x + reach, width); i++) {
        float value = plane[j * width + i];
        if (value > 0) {
          double dx = i + 0.5 - x;
          double dy = j + 0.5 - y;
          double square = dx * dx + dy * dy;
          if (square < bestSquare || (square == bestSquare && (best == 0 || value < best))) {
            best = value;
            bestSquare = square;
          }
        }
      }
    }
    return best;
  }

  /** Where model pixel {@code i}'s central ray meets a source axis of {@code n} pixels. */
  private double centre(int i, int n) {
    return n / 2.0 + (i + 0.5 - SIZE / 2.0) * scale;
  }

  private static boolean within(double position, int n) {
    return position >= 0 && position < n;
  }

  private static int clamp(double position, int n) {
    return (int) Math.max(0, Math.min(n - 1.0, Math.floor(position)));
  }

  private Window window(int i, int n) {
    double c = centre(i, n);
    if (!within(c, n)) {
      return new Window(0, new float[0]);
    }
    double half = Math.max(scale, 1) / 2;
    double low = Math.max(0, c - half);
    double high = Math.min(n, c + half);
    int first = (int) low;
    int last = clamp(Math.nextDown(high), n);
    float[] weights = new float[last - first + 1];
    for (int k = 0; k < weights.length; k++) {
      double from = Math.max(low, first + k);
      double to = Math.min(high, first + k + 1.0);
      weights[k] = (float) ((to - from) / (high - low));
    }
    return new Window(first, weights);
  }

  /** The source pixels under a model pixel along one axis, and their shares. */
  private record Window(int first, float[] weights) {}
}
