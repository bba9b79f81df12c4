package org.hearsight.simulator.acoustics;

import org.hearsight.core.geometry.Vec3;

/**
 * How a source's pressure depends on the direction it is sent in: f + (1 − f)·((1 + cos θ)/2)ⁿ, one
 * on the axis.
 *
 * <p>The exponent rises with frequency, as sources grow against the wavelength; n = 2 sends 7 dB
 * less into the room than to the front, as a loudspeaker or a mouth does at a few kilohertz.
 *
 * @param axis unit vector it faces
 * @param order n at and above 2 kHz; 0 = the same all around
 */
public record Directivity(Vec3 axis, double order) {
  /** What is left behind the source. */
  private static final double FLOOR = 0.2;

  /** Share of the order in each octave band. */
  private static final double[] RISE = {0.1, 0.2, 0.4, 0.7, 1, 1, 1};

  /** The same all around. */
  public static final Directivity NONE = new Directivity(new Vec3(1, 0, 0), 0);

  /** Pressure gain in the direction of a unit vector. */
  double gain(int band, Vec3 direction) {
    if (order == 0) {
      return 1;
    }
    double half = (1 + axis.dot(direction)) / 2;
    return FLOOR + (1 - FLOOR) * Math.pow(Math.max(half, 0), order * RISE[band]);
  }

  /** Mean energy gain over all directions: what the room gets. */
  double diffuse(int band) {
    if (order == 0) {
      return 1;
    }
    double n = order * RISE[band];
    double rest = 1 - FLOOR;
    return FLOOR * FLOOR + 2 * FLOOR * rest / (n + 1) + rest * rest / (2 * n + 1);
  }
}
