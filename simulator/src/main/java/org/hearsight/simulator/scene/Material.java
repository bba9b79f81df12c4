package org.hearsight.simulator.scene;

/**
 * What a surface is made of: how it reflects sound and how it looks.
 *
 * <p>Absorption coefficients in the octave bands 125, 250, 500, 1000, 2000, 4000 and 8000 Hz, of
 * diffuse incidence (ISO 354), from the table in M. Vorländer, Auralization (Springer, 2nd ed.
 * 2020), appendix; the row is named beside each. Where a row ends at 4 kHz its last value stands
 * for 8 kHz. Asphalt, plaster on lath, metal and foliage have no row there: the values are assumed
 * from like surfaces.
 */
public enum Material {
  /** Like rough concrete. */
  ASPHALT(0.02, 0.03, 0.03, 0.03, 0.04, 0.07, 0.07),
  /** Brick wall, stuccoed with a rough finish. */
  BRICK(0.03, 0.03, 0.03, 0.04, 0.05, 0.07, 0.07),
  /** Plaster on lath: like plasterboard on a frame, with less give in the bass. */
  PLASTER(0.10, 0.08, 0.06, 0.05, 0.05, 0.06, 0.07),
  /** Rough concrete. */
  CONCRETE(0.02, 0.03, 0.03, 0.03, 0.04, 0.07, 0.07),
  /** Double glazing, 2–3 mm glass, gap of more than 30 mm. */
  GLASS(0.15, 0.05, 0.03, 0.03, 0.02, 0.02, 0.02),
  /** Sheet metal over a hollow, like wood lining in the bass and a hard surface above. */
  METAL(0.20, 0.12, 0.08, 0.06, 0.05, 0.05, 0.05),
  /** Wood, 16 mm on 40 mm studs. */
  WOOD(0.18, 0.12, 0.10, 0.09, 0.08, 0.07, 0.07),
  /** Foliage: more than light curtains in the bass, as they at high frequencies. */
  HEDGE(0.15, 0.25, 0.45, 0.63, 0.70, 0.73, 0.73),
  /** Carpet, 6 mm pile on closed-cell foam. */
  CARPET(0.03, 0.09, 0.25, 0.31, 0.33, 0.44, 0.44),
  /** Linoleum on concrete. */
  LINOLEUM(0.02, 0.03, 0.03, 0.03, 0.03, 0.02, 0.02),
  /** Fissured ceiling tile. */
  ACOUSTIC_TILE(0.49, 0.53, 0.53, 0.75, 0.92, 0.99, 0.99),
  /** Fabric-covered panel with a mineral-wool core, as office screens have. */
  FABRIC_PANEL(0.21, 0.66, 0.95, 0.95, 0.95, 0.95, 0.95);

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

  /** Share of the incident pressure that leaves in the mirror direction. */
  public double mirrored(int band) {
    return reflection(band) * Math.sqrt(1 - scattering(band));
  }

  /**
   * Share of the reflected energy that is scattered out of the mirror direction: windows, reliefs
   * and furniture, more of them at short waves (ISO 17497-1 gives such values for facades).
   */
  public static double scattering(int band) {
    return 0.1 + 0.06 * band;
  }
}
