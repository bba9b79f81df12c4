package org.hearsight.simulator.acoustics;

/**
 * What a rigid right-angled edge does to a sound that passes it: Pierce's form of the geometrical
 * theory of diffraction, uniform through the shadow boundary.
 *
 * <p>The space outside the edge spans β = 3π/2; θ is an angle in it, from 0 on one face to β on the
 * other. With distances r₁ and r₂ from the edge, the way L over it and ν = π/β = 2/3, relative to
 * free sound that has gone L, the diffracted pressure is
 *
 * <pre>
 *   e^{iπ/4} / √2 · [A(X₋) + A(X₊)],   A(X) = sign X · [f(|X|) − i g(|X|)]
 *   X± = Γ M(θ₁ ± θ₂),   Γ = √(2 r₁ r₂ / (λ L)),   M(θ) = (cos νπ − cos νθ) / (ν sin νπ)
 * </pre>
 *
 * with the auxiliary Fresnel functions f and g. X₋ is positive in the shadow, negative in the light
 * and zero between, where the incident part is one half: −6 dB. X₊ belongs to what the faces
 * reflect.
 *
 * <p>In the light the direct sound and the incident part of the diffracted are one arrival, so the
 * level is continuous where a source walks behind an edge. The reflected part is faded out with the
 * distance from the boundary; reflections have arrivals of their own.
 *
 * <p>A. D. Pierce, Diffraction of sound around corners and over wide barriers, JASA 55 (1974)
 * 941–955; Acoustics, ch. 9. Compared with the exact integral of Svensson, Fred and Vanderkooy
 * (JASA 106 (1999) 2331–2344) in the tests.
 */
final class Wedge {
  /** The angle of the space outside. */
  static final double OUTSIDE = 1.5 * Math.PI;

  private static final double INDEX = Math.PI / OUTSIDE;
  private static final double COS = Math.cos(INDEX * Math.PI);
  private static final double SCALE = 1 / (INDEX * Math.sin(INDEX * Math.PI));
  private static final double ON_FACE = 1e-4;

  private Wedge() {}

  /**
   * The angle of a direction outside an edge, from one face.
   *
   * @param x component along the outward side of one face, {@code y} along that of the other; both
   *     negative is inside the edge
   */
  static double angle(double x, double y) {
    double angle = Math.PI - Math.atan2(y, x);
    if (angle <= OUTSIDE) {
      return angle;
    }
    return angle > OUTSIDE + Math.PI / 4 ? 0 : OUTSIDE;
  }

  /** M of Pierce: how far an angle is from a boundary, about the angle itself where it is small. */
  static double beyond(double angle) {
    return (COS - Math.cos(INDEX * angle)) * SCALE;
  }

  /** Γ of Pierce. */
  static double width(double wavelength, double before, double after, double length) {
    return Math.sqrt(2 * before * after / (wavelength * length));
  }

  /** Pressure behind an edge relative to that of free sound gone as far. */
  static double shadow(double width, double in, double out) {
    double x = Math.max(0, width * beyond(Math.abs(in - out)));
    double y = Math.max(0, width * beyond(in + out));
    return Math.hypot(Fresnel.f(x) + Fresnel.f(y), Fresnel.g(x) + Fresnel.g(y)) / Math.sqrt(2);
  }

  /**
   * Pressure of the direct sound that passes beside an edge, relative to no edge.
   *
   * @param detour how much longer the way over the edge is, metres; {@code length} that way
   */
  static double light(
      double wavelength, double width, double in, double out, double detour, double length) {
    double x = Math.max(0, -width * beyond(Math.abs(in - out)));
    double f = Fresnel.f(x);
    double g = Fresnel.g(x);
    double re = -f;
    double im = g;
    double y = width * beyond(in + out);
    if (y > 0) {
      double fade = Math.sqrt(2) * Math.hypot(f, g);
      re += fade * Fresnel.f(y);
      im -= fade * Fresnel.g(y);
    }
    double phase = 2 * Math.PI * detour / wavelength + Math.PI / 4;
    double share = (length - detour) / length / Math.sqrt(2);
    double cos = share * Math.cos(phase);
    double sin = share * Math.sin(phase);
    return Math.hypot(1 + cos * re - sin * im, cos * im + sin * re);
  }

  /** Does a leg leave along a face? */
  static boolean alongFace(double angle) {
    return angle < ON_FACE || angle > OUTSIDE - ON_FACE;
  }
}
