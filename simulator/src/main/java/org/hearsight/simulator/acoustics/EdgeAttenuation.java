package org.hearsight.simulator.acoustics;

/**
 * How much an edge takes from a sound that passes it: Maekawa's measured curve in the closed form
 * of Kurze and Anderson.
 *
 * <p>With the Fresnel number N = ±2 δ / λ, where δ is how much longer the way over the edge is than
 * the straight line (positive in the shadow, negative in the light), and x = √(2π|N|):
 *
 * <pre>
 *   shadow   5 dB + 20 log10(x / tanh x), at most 25 dB
 *   light    5 dB + 20 log10(x / tan x), down to 0 dB (at N about −0.19)
 * </pre>
 *
 * The curve is continuous across the shadow boundary (5 dB there), grows with frequency and with δ.
 * It gives magnitudes only; the delay is that of the way over the edge. Two edges of one obstacle
 * count as one with N enlarged by the factor C3 of ISO 9613-2 (1 for edges close together, 3 for
 * far apart).
 *
 * <p>Z. Maekawa, Noise reduction by screens, Applied Acoustics 1 (1968) 157–173. U. J. Kurze, G. S.
 * Anderson, Sound attenuation by barriers, Applied Acoustics 4 (1971) 35–53. ISO 9613-2:1996, 7.4.
 */
public final class EdgeAttenuation {
  /** No obstacle takes more than this, dB. */
  public static final double LIMIT = 25;

  /** The shadow boundary itself, dB. */
  public static final double AT_BOUNDARY = 5;

  private EdgeAttenuation() {}

  /**
   * Pressure gain in a band.
   *
   * @param detour δ in metres; negative where the straight line is free
   * @param between metres between first and last edge; 0 for a single edge
   */
  public static double gain(int band, double detour, double between) {
    double wavelength = SoundSpeed.METRES_PER_SECOND / OctaveBands.centre(band);
    double fresnel = 2 * detour / wavelength * spread(wavelength, between);
    return Math.pow(10, -decibels(fresnel) / 20);
  }

  /** Attenuation in dB at a signed Fresnel number. */
  public static double decibels(double fresnel) {
    double x = Math.sqrt(2 * Math.PI * Math.abs(fresnel));
    if (x < 1e-6) {
      return AT_BOUNDARY;
    }
    if (fresnel > 0) {
      return Math.min(LIMIT, AT_BOUNDARY + 20 * Math.log10(x / Math.tanh(x)));
    }
    if (x >= Math.PI / 2) {
      return 0;
    }
    return Math.max(0, AT_BOUNDARY + 20 * Math.log10(x / Math.tan(x)));
  }

  /** At this distance from an edge in the light, δ in metres, no band feels it any more. */
  static double reach() {
    return 0.2 * SoundSpeed.METRES_PER_SECOND / OctaveBands.centre(0) / 2;
  }

  private static double spread(double wavelength, double between) {
    if (between <= 0) {
      return 1;
    }
    double q = 5 * wavelength / between;
    return (1 + q * q) / (1.0 / 3 + q * q);
  }
}
