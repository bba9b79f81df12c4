package org.hearsight.simulator.acoustics;

/** The seven octave bands all frequency-dependent effects are given in: 125 Hz to 8 kHz. */
public final class OctaveBands {
  public static final int COUNT = 7;

  private OctaveBands() {}

  /** Centre frequency of a band, Hz. */
  public static double centre(int band) {
    return 125 * Math.pow(2, band);
  }

  /** Wavelength at the centre of a band, metres. */
  static double wavelength(int band) {
    return SoundSpeed.METRES_PER_SECOND / centre(band);
  }

  /**
   * Share of band {@code band} in a frequency: raised cosines over log-frequency that sum to one
   * everywhere; the outermost bands go on to 0 Hz and to the Nyquist frequency.
   */
  static double share(int band, double frequency) {
    double octave = frequency <= 125 ? 0 : Math.min(COUNT - 1, Math.log(frequency / 125) / LOG2);
    double away = Math.abs(octave - band);
    if (away >= 1) {
      return 0;
    }
    double c = Math.cos(Math.PI / 2 * away);
    return c * c;
  }

  private static final double LOG2 = Math.log(2);
}
