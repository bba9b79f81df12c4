package org.hearsight.simulator.scene;

/**
 * What a surface is made of: how it reflects sound and how it looks.
 *
 * <p>Absorption coefficients in the octave bands 125 Hz to 8 kHz are the usual textbook values
 * (Vorländer, Auralization, 2nd ed., appendix; rounded).
 */
public enum Material {
  ASPHALT(0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10),
  BRICK(0.03, 0.03, 0.03, 0.04, 0.05, 0.07, 0.08),
  PLASTER(0.10, 0.08, 0.06, 0.05, 0.05, 0.06, 0.07),
  CONCRETE(0.02, 0.02, 0.03, 0.03, 0.04, 0.05, 0.06),
  GLASS(0.25, 0.15, 0.08, 0.06, 0.04, 0.03, 0.03),
  METAL(0.20, 0.15, 0.10, 0.08, 0.07, 0.07, 0.07),
  WOOD(0.20, 0.15, 0.10, 0.08, 0.07, 0.08, 0.09),
  HEDGE(0.30, 0.40, 0.55, 0.65, 0.75, 0.80, 0.85),
  CARPET(0.05, 0.08, 0.15, 0.30, 0.40, 0.50, 0.55),
  LINOLEUM(0.02, 0.02, 0.03, 0.04, 0.04, 0.05, 0.05),
  ACOUSTIC_TILE(0.30, 0.40, 0.55, 0.65, 0.70, 0.70, 0.65);

  @SuppressWarnings("ImmutableEnumChecker") // written once, never handed out
  private final double[] absorption;

  Material(double... absorption) {
    this.absorption = absorption;
  }

  /** Absorbed share of the incident energy in octave band {@code band} (0 = 125 Hz … 6 = 8 kHz). */
  public double absorption(int band) {
    return absorption[band];
  }

  /** Reflected share of the incident pressure. */
  public double reflection(int band) {
    return Math.sqrt(1 - absorption[band]);
  }

  /**
   * Share of the reflected energy that is scattered out of the mirror direction: windows, reliefs
   * and furniture, more of them at short waves (ISO 17497-1 gives such values for facades).
   */
  public static double scattering(int band) {
    return 0.1 + 0.06 * band;
  }
}
