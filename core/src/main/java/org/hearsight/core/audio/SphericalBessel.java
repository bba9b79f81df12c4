package org.hearsight.core.audio;

/**
 * Spherical Bessel functions of the first and second kind, jₙ(x) and yₙ(x), and their derivatives,
 * for one x above 0.
 *
 * <p>yₙ by recurrence upwards; jₙ downwards from an order where it has vanished, scaled to j₀ or
 * j₁, whichever is larger (Miller; Abramowitz and Stegun, 10.1 and 10.5).
 */
final class SphericalBessel {
  /** Orders above the highest at which the recurrence begins. */
  private static final int AHEAD = 24;

  private final double x;
  private final double[] first;
  private final double[] second;

  /**
   * @param orders how many, from order 0
   */
  SphericalBessel(double x, int orders) {
    this.x = x;
    first = new double[orders + 1];
    second = new double[orders + 1];
    double sine = Math.sin(x);
    double cosine = Math.cos(x);
    second[0] = -cosine / x;
    second[1] = (second[0] - sine) / x;
    for (int n = 1; n < orders; n++) {
      second[n + 1] = (2 * n + 1) / x * second[n] - second[n - 1];
    }
    double above = 0;
    double here = Double.MIN_NORMAL;
    for (int n = Math.max(orders, (int) x) + AHEAD; n > 0; n--) {
      double below = (2 * n + 1) / x * here - above;
      above = here;
      here = below;
      if (n <= orders) {
        first[n] = above;
      }
      if (Math.abs(here) > 1e200) { // only their ratios matter
        here *= 1e-200;
        above *= 1e-200;
        for (int m = n; m <= orders; m++) {
          first[m] *= 1e-200;
        }
      }
    }
    first[0] = here;
    double j0 = sine / x;
    double j1 = x < 1e-3 ? x / 3 : (j0 - cosine) / x;
    double scale = Math.abs(j0) > Math.abs(j1) ? j0 / first[0] : j1 / first[1];
    for (int n = 0; n <= orders; n++) {
      first[n] *= scale;
    }
  }

  /** jₙ. */
  double first(int n) {
    return first[n];
  }

  /** jₙ′. */
  double firstDerivative(int n) {
    return derivative(first, n);
  }

  /** yₙ′. */
  double secondDerivative(int n) {
    return derivative(second, n);
  }

  private double derivative(double[] f, int n) {
    return n / x * f[n] - f[n + 1];
  }
}
