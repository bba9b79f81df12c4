package org.hearsight.simulator.acoustics;

/**
 * The exact sound behind a rigid wedge, as a line integral over the edge, evaluated along a path in
 * the complex plane on which it does not oscillate: what {@code Wedge} of the acoustics is held to.
 *
 * <p>U. P. Svensson, P. T. Calamia, Edge-diffraction impulse responses near specular-zone and
 * shadow-zone boundaries, Acta Acustica 92 (2006) 501–512: with R(η)² = r₁² + r₂² + 2 r₁ r₂ cosh η,
 * p = −ν/(2π) ∫₀^∞ e^{−ikR}/R Σ sin(νφ) / (cosh νη − cos νφ) dη over the four φ = π ± θ₁ ± θ₂.
 */
public final class RigidWedge {
  private static final int STEPS = 4000;
  private static final double NU = 2.0 / 3;

  private RigidWedge() {}

  /** The diffracted pressure, real and imaginary part, of a source of pressure e^{−ikr}/r. */
  public static double[] diffracted(double k, double r1, double r2, double theta1, double theta2) {
    double[] phi = {
      Math.PI + theta1 + theta2,
      Math.PI + theta1 - theta2,
      Math.PI - theta1 + theta2,
      Math.PI - theta1 - theta2
    };
    double re = 0;
    double im = 0;
    double end = Math.cbrt(40);
    for (int n = 0; n < STEPS; n++) {
      double s = (n + 0.5) / STEPS * end;
      double t = s * s * s; // dense near 0, where the integrand may peak
      double weight = 3 * s * s * end / STEPS;
      double[] eta = {t, -(1 - Math.exp(-t))};
      double[] slope = {weight, -weight * Math.exp(-t)};
      double[] cosh = cosh(eta[0], eta[1]);
      double[] r = root(r1 * r1 + r2 * r2 + 2 * r1 * r2 * cosh[0], 2 * r1 * r2 * cosh[1]);
      // e^{-ikR}
      double size = Math.exp(k * r[1]);
      double[] wave = {size * Math.cos(k * r[0]), -size * Math.sin(k * r[0])};
      double[] value = divide(wave, r);
      double[] beta = {0, 0};
      double[] bottom = cosh(NU * eta[0], NU * eta[1]);
      for (double p : phi) {
        double[] b =
            divide(
                new double[] {Math.sin(NU * p), 0},
                new double[] {bottom[0] - Math.cos(NU * p), bottom[1]});
        beta[0] += b[0];
        beta[1] += b[1];
      }
      value = times(times(value, beta), slope);
      re += value[0];
      im += value[1];
    }
    double factor = -NU / (2 * Math.PI);
    return new double[] {factor * re, factor * im};
  }

  private static double[] cosh(double x, double y) {
    return new double[] {Math.cosh(x) * Math.cos(y), Math.sinh(x) * Math.sin(y)};
  }

  private static double[] root(double x, double y) {
    double size = Math.sqrt(Math.hypot(x, y));
    double angle = Math.atan2(y, x) / 2;
    return new double[] {size * Math.cos(angle), size * Math.sin(angle)};
  }

  private static double[] times(double[] a, double[] b) {
    return new double[] {a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]};
  }

  private static double[] divide(double[] a, double[] b) {
    double size = b[0] * b[0] + b[1] * b[1];
    return new double[] {(a[0] * b[0] + a[1] * b[1]) / size, (a[1] * b[0] - a[0] * b[1]) / size};
  }
}
