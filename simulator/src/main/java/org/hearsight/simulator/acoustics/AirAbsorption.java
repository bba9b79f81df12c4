package org.hearsight.simulator.acoustics;

/**
 * Attenuation of sound by the air, ISO 9613-1:1993, equations 3 to 6 and B.1 to B.3.
 *
 * <p>Molecular relaxation of oxygen and nitrogen plus the classical losses.
 */
public final class AirAbsorption {
  /** Of every scene, °C. */
  public static final double TEMPERATURE = 20;

  /** Relative, of every scene, percent. */
  public static final double HUMIDITY = 50;

  private static final double REFERENCE_TEMPERATURE = 293.15;
  private static final double TRIPLE_POINT = 273.16;
  private static final double[] PER_METRE = new double[OctaveBands.COUNT];

  static {
    for (int b = 0; b < PER_METRE.length; b++) {
      PER_METRE[b] = decibelsPerMetre(OctaveBands.centre(b), TEMPERATURE, HUMIDITY);
    }
  }

  private AirAbsorption() {}

  /** Pressure gain of a band after {@code metres} of air at 20 °C and 50 %. */
  public static double gain(int band, double metres) {
    return Math.pow(10, -PER_METRE[band] * metres / 20);
  }

  /** Attenuation of a band, dB per metre, at 20 °C and 50 %. */
  static double decibelsPerMetre(int band) {
    return PER_METRE[band];
  }

  /**
   * Attenuation coefficient at one atmosphere, dB per metre.
   *
   * @param frequency Hz
   * @param celsius °C
   * @param humidity relative, percent
   */
  public static double decibelsPerMetre(double frequency, double celsius, double humidity) {
    double t = celsius + 273.15;
    double ratio = t / REFERENCE_TEMPERATURE;
    double saturation = Math.pow(10, -6.8346 * Math.pow(TRIPLE_POINT / t, 1.261) + 4.6151);
    double h = humidity * saturation; // molar concentration of water vapour, percent
    double oxygen = 24 + 4.04e4 * h * (0.02 + h) / (0.391 + h);
    double nitrogen =
        Math.pow(ratio, -0.5) * (9 + 280 * h * Math.exp(-4.170 * (Math.pow(ratio, -1.0 / 3) - 1)));
    double f2 = frequency * frequency;
    double classical = 1.84e-11 * Math.sqrt(ratio);
    double relaxed =
        Math.pow(ratio, -2.5)
            * (0.01275 * Math.exp(-2239.1 / t) / (oxygen + f2 / oxygen)
                + 0.1068 * Math.exp(-3352.0 / t) / (nitrogen + f2 / nitrogen));
    return 8.686 * f2 * (classical + relaxed);
  }
}
