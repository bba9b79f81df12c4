package org.hearsight.core.place;

import org.hearsight.core.vision.Camera;
import org.hearsight.core.vision.View;

/**
 * How high the camera is above the ground, out of the depth of a level view: the height at which
 * most of what is seen below the horizon lies.
 *
 * <p>Level ground is one height whatever the pixel, walls and vehicles spread over many: the mode
 * of a histogram of heights ({@value #STEP} m, smoothed by (1, 2, 1)) finds it, as v-disparity
 * finds the road (Labayrade, Aubert and Tarel, IV 2002). Where no ground is seen it is {@value
 * #UNKNOWN} m, an ordinary height.
 */
final class CameraHeight {
  /** What is said without ground in view, metres. */
  static final double UNKNOWN = 1.2;

  private static final double STEP = 0.05;
  private static final double LOWEST = 0.2;
  private static final double HIGHEST = 3;
  private static final int BINS = (int) Math.round((HIGHEST - LOWEST) / STEP);

  /** Pixels that the mode needs: a hundredth of the picture's lower half. */
  private static final int LEAST = View.SIZE * View.SIZE / 200;

  private CameraHeight() {}

  /** Metres. */
  static double of(View view) {
    int[] counts = new int[BINS];
    double[] sums = new double[BINS];
    for (int row = View.SIZE / 2; row < View.SIZE; row++) {
      double down = -Camera.slope(row);
      for (int column = 0; column < View.SIZE; column++) {
        double height = down * view.depth()[row * View.SIZE + column];
        int bin = (int) Math.floor((height - LOWEST) / STEP);
        if (bin >= 0 && bin < BINS) {
          counts[bin]++;
          sums[bin] += height;
        }
      }
    }
    int best = -1;
    int most = 0;
    for (int b = 0; b < BINS; b++) {
      int smooth = 2 * counts[b];
      smooth += b > 0 ? counts[b - 1] : 0;
      smooth += b + 1 < BINS ? counts[b + 1] : 0;
      if (smooth > most) {
        most = smooth;
        best = b;
      }
    }
    int near = 0;
    double sum = 0;
    for (int b = Math.max(0, best - 1); best >= 0 && b <= Math.min(BINS - 1, best + 1); b++) {
      near += counts[b];
      sum += sums[b];
    }
    return near < LEAST ? UNKNOWN : sum / near;
  }
}
