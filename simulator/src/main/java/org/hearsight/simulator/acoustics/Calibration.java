package org.hearsight.simulator.acoustics;

/**
 * What a sample's value means: 1.0 is {@value #FULL_SCALE} dB sound pressure level (6.3 Pa), the
 * same in every clip, so that loudness tells distance.
 *
 * <p>A clip that would exceed full scale is turned down as a whole until its peak is {@link
 * #CEILING}; how far is recorded with the scenario.
 */
public final class Calibration {
  /** dB re 20 µPa of a constant sample value of 1.0. */
  public static final double FULL_SCALE = 110;

  /** Highest peak of a clip. */
  public static final double CEILING = 0.98;

  private static final double REFERENCE = 20e-6;

  private Calibration() {}

  /** Root mean square pressure of a level, pascal. */
  public static double pascal(double decibels) {
    return REFERENCE * Math.pow(10, decibels / 20);
  }

  /** Level of a root mean square pressure, dB re 20 µPa. */
  public static double decibels(double pascal) {
    return 20 * Math.log10(Math.max(pascal, 1e-12) / REFERENCE);
  }

  /** Level at one metre in free space of a source with a sound power level. */
  public static double atOneMetre(double powerLevel) {
    return powerLevel - 10 * Math.log10(4 * Math.PI);
  }

  /**
   * Turns pressures into samples in place.
   *
   * @param preamp gain of the recording device, dB; with 0, {@link #FULL_SCALE} is full scale
   * @return the gain that was needed against clipping, dB; 0 as a rule, never above
   */
  public static double toSamples(float[][] pressure, double preamp) {
    double scale = 1 / pascal(FULL_SCALE - preamp);
    double peak = 0;
    for (float[] channel : pressure) {
      for (float v : channel) {
        peak = Math.max(peak, Math.abs(v));
      }
    }
    double gain = Math.min(1, CEILING / Math.max(peak * scale, 1e-12));
    float factor = (float) (scale * gain);
    for (float[] channel : pressure) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] *= factor;
      }
    }
    return 20 * Math.log10(gain);
  }
}
