package org.hearsight.simulator.acoustics;

/**
 * The auxiliary Fresnel functions f and g for arguments from 0 up, which fall without ripples.
 *
 * <p>Below 2 the rational approximations 7.3.32 and 7.3.33 of Abramowitz and Stegun (within 0.002),
 * above it the asymptotic series 7.3.27 and 7.3.28 with three terms.
 */
final class Fresnel {
  private Fresnel() {}

  static double f(double x) {
    if (x < 2) {
      return (1 + 0.926 * x) / (2 + x * (1.792 + 3.104 * x));
    }
    double u = Math.PI * x * x;
    return (1 - 3 / (u * u) + 105 / (u * u * u * u)) / (Math.PI * x);
  }

  static double g(double x) {
    if (x < 2) {
      return 1 / (2 + x * (4.142 + x * (3.492 + 6.670 * x)));
    }
    double u = Math.PI * x * x;
    return (1 - 15 / (u * u) + 945 / (u * u * u * u)) / (Math.PI * x * u);
  }
}
