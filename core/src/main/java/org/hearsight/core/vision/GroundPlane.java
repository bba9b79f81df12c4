package org.hearsight.core.vision;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Median;

/**
 * The ground seen in a depth map: height above it is {@code z − (slopeX · x + slopeY · y + offset)}
 * in camera axes (x forward, y left, z up).
 *
 * <p>Found without knowing the camera's height, by RANSAC (Fischler and Bolles, 1981) with a fixed
 * seed: planes through three points below the camera, tilted by at most {@value #MAX_TILT_DEGREES}°
 * so that a camera may look up or down a little. A plane gains a vote for every point on it and
 * loses one for every point below it, so that the floor wins over a table. The winner is refitted
 * by least squares and must carry at least {@value #MIN_SHARE} of all points and spread over an
 * area: the foot of a wall, a mere line seen from above, is not ground.
 *
 * @param slopeX rise per metre forward
 * @param slopeY rise per metre to the left
 * @param offset height at the camera, negative, metres
 * @param roughness how far above the plane ground still reaches, metres: three robust standard
 *     deviations of the points on it, within [0.05, 0.3]
 */
record GroundPlane(double slopeX, double slopeY, double offset, double roughness) {
  static final double MAX_TILT_DEGREES = 25;
  static final double MIN_SHARE = 0.03;

  private static final int SIZE = View.SIZE;
  private static final double BELOW_CAMERA = 0.2;
  private static final double NEAR_PLANE = 0.3;
  private static final double MIN_SPREAD = 0.1;
  private static final int MAX_POINTS = 3000;
  private static final int TRIALS = 1000;
  private static final long SEED = 20231;

  /**
   * Fits the ground.
   *
   * @param depth [SIZE, SIZE] metres along the axis, 0 = none, of the model's view
   * @param range points farther than this are left out, metres
   */
  static Optional<GroundPlane> fit(float[] depth, double range) {
    double[][] all = points(depth, range);
    double[][] low = Arrays.stream(all).filter(p -> p[2] < -BELOW_CAMERA).toArray(double[][]::new);
    double[][] sample = thin(low);
    if (sample.length < 30) {
      return Optional.empty();
    }
    GroundPlane best = null;
    int bestVotes = 0;
    SplittableRandom random = new SplittableRandom(SEED);
    for (int t = 0; t < TRIALS; t++) {
      double[] a = sample[random.nextInt(sample.length)];
      double[] b = sample[random.nextInt(sample.length)];
      double[] c = sample[random.nextInt(sample.length)];
      GroundPlane plane = through(a, b, c);
      int votes = plane == null ? 0 : plane.votes(sample, bestVotes);
      if (votes > bestVotes) {
        best = plane;
        bestVotes = votes;
      }
    }
    for (int round = 0; best != null && round < 3; round++) {
      best = refit(best, low);
    }
    return Optional.ofNullable(best).filter(p -> p.isGround(low, all.length));
  }

  /** Height of the camera above the ground, metres. */
  double cameraHeight() {
    return -offset / Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
  }

  /** Is the surface at this pixel and depth ground (or below it, as in a puddle's mirror)? */
  boolean holds(int pixel, double depth) {
    return height(point(pixel, depth)) <= roughness + 0.01 * depth;
  }

  /** Would this pixel's ray meet the ground before {@code range} metres of depth? */
  boolean meets(int pixel, double range) {
    double[] ray = point(pixel, 1);
    double depth = offset / (ray[2] - slopeX * ray[0] - slopeY * ray[1]);
    return depth > 0 && depth < range;
  }

  private double height(double[] p) {
    return p[2] - (slopeX * p[0] + slopeY * p[1] + offset);
  }

  /** Depth noise and quantisation grow with depth. */
  private static double tolerance(double[] p) {
    return 0.04 + 0.01 * p[0];
  }

  /** Votes of all points, or any number up to {@code toBeat} where there are not more. */
  private int votes(double[][] points, int toBeat) {
    int votes = 0;
    for (int i = 0; i < points.length; i++) {
      if (votes + points.length - i <= toBeat) {
        return toBeat; // not if all that are left were for it
      }
      double[] p = points[i];
      double h = height(p);
      double t = tolerance(p);
      if (Math.abs(h) <= t) {
        votes++;
      } else if (h < -3 * t) {
        votes--;
      }
    }
    return votes;
  }

  private boolean isGround(double[][] low, int allPoints) {
    double n = 0;
    double mx = 0;
    double my = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (double[] p : low) {
      if (Math.abs(height(p)) <= tolerance(p)) {
        n++;
        mx += p[0];
        my += p[1];
        xx += p[0] * p[0];
        xy += p[0] * p[1];
        yy += p[1] * p[1];
      }
    }
    if (n < MIN_SHARE * allPoints || n < 30) {
      return false;
    }
    double a = xx / n - mx * mx / n / n;
    double b = xy / n - mx * my / n / n;
    double c = yy / n - my * my / n / n;
    double smallest = (a + c) / 2 - Math.sqrt((a - c) * (a - c) / 4 + b * b);
    return smallest >= MIN_SPREAD * MIN_SPREAD && -offset >= BELOW_CAMERA;
  }

  /** Least squares over the points near a first guess; the guess itself if they do not fix one. */
  private static GroundPlane refit(GroundPlane guess, double[][] points) {
    double[][] on =
        Arrays.stream(points)
            .filter(p -> Math.abs(guess.height(p)) <= tolerance(p))
            .toArray(double[][]::new);
    double[][] m = new double[3][4];
    for (double[] p : on) {
      // Far points count less: their noise is larger.
      double w = 1 / (tolerance(p) * tolerance(p));
      double[] row = {p[0], p[1], 1, p[2]};
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 4; j++) {
          m[i][j] += w * row[i] * row[j];
        }
      }
    }
    double[] s = solve(m);
    if (s == null || Math.hypot(s[0], s[1]) > Math.tan(Math.toRadians(MAX_TILT_DEGREES))) {
      return guess;
    }
    GroundPlane plane = new GroundPlane(s[0], s[1], s[2], 0);
    double[] off =
        Arrays.stream(points)
            .mapToDouble(p -> Math.abs(plane.height(p)))
            .filter(h -> h < NEAR_PLANE)
            .toArray();
    double sigma = off.length == 0 ? 0 : 1.4826 * Median.withDefaults().evaluate(off);
    return new GroundPlane(s[0], s[1], s[2], Math.max(0.05, Math.min(NEAR_PLANE, 3 * sigma)));
  }

  private static GroundPlane through(double[] a, double[] b, double[] c) {
    double[] s =
        solve(
            new double[][] {
              {a[0], a[1], 1, a[2]}, {b[0], b[1], 1, b[2]}, {c[0], c[1], 1, c[2]},
            });
    boolean level =
        s != null
            && Math.hypot(s[0], s[1]) <= Math.tan(Math.toRadians(MAX_TILT_DEGREES))
            && s[2] < -BELOW_CAMERA;
    return level ? new GroundPlane(s[0], s[1], s[2], 0) : null;
  }

  /** Gauss–Jordan with pivoting on [3, 4]; null when the three points or sums fix no plane. */
  private static double[] solve(double[][] m) {
    for (int i = 0; i < 3; i++) {
      int pivot = i;
      for (int r = i + 1; r < 3; r++) {
        pivot = Math.abs(m[r][i]) > Math.abs(m[pivot][i]) ? r : pivot;
      }
      double[] swap = m[i];
      m[i] = m[pivot];
      m[pivot] = swap;
      if (Math.abs(m[i][i]) < 1e-9) {
        return null;
      }
      for (int r = 0; r < 3; r++) {
        double f = r == i ? 0 : m[r][i] / m[i][i];
        for (int k = i; k < 4; k++) {
          m[r][k] -= f * m[i][k];
        }
      }
    }
    return new double[] {m[0][3] / m[0][0], m[1][3] / m[1][1], m[2][3] / m[2][2]};
  }

  private static double[][] points(float[] depth, double range) {
    double[][] points = new double[depth.length][];
    int n = 0;
    for (int i = 0; i < depth.length; i++) {
      if (depth[i] > 0 && depth[i] < range) {
        points[n++] = point(i, depth[i]);
      }
    }
    return Arrays.copyOf(points, n);
  }

  private static double[][] thin(double[][] points) {
    if (points.length <= MAX_POINTS) {
      return points;
    }
    double[][] out = new double[MAX_POINTS][];
    for (int i = 0; i < MAX_POINTS; i++) {
      out[i] = points[(int) ((long) i * points.length / MAX_POINTS)];
    }
    return out;
  }

  private static double[] point(int pixel, double depth) {
    double left = Camera.slope(pixel % SIZE);
    double up = Camera.slope(pixel / SIZE);
    return new double[] {depth, left * depth, up * depth};
  }
}
