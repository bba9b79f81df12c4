package org.hearsight.simulator.acoustics;

import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Fourier;
import org.hearsight.simulator.scene.Trajectory;

/**
 * A sound on its way through a place.
 *
 * @param samples sound pressure one metre in front of the source, pascal
 * @param lead index of the sample that is emitted at second 0; what comes before is already on its
 *     way when the clip starts
 * @param way in microphone coordinates
 */
public record Emission(float[] samples, int lead, Trajectory way, Directivity directivity) {
  public Emission {
    if (lead < 0 || lead >= samples.length) {
      throw new IllegalArgumentException("emission.lead: " + lead + " of " + samples.length);
    }
  }

  /** A source that sends the same to all sides. */
  public Emission(float[] samples, int lead, Trajectory way) {
    this(samples, lead, way, Directivity.NONE);
  }

  /**
   * A sound of unit level from a source of a power.
   *
   * @param power sound power level, dB re 1 pW
   */
  public static Emission of(
      float[] sound, double power, int lead, Trajectory way, Directivity directivity) {
    float scale = (float) Calibration.pascal(Calibration.atOneMetre(power));
    float[] pressure = sound.clone();
    for (int i = 0; i < pressure.length; i++) {
      pressure[i] *= scale;
    }
    return new Emission(pressure, lead, way, directivity);
  }

  /**
   * A good number of samples for a clip: half a second or a little more is on its way beforehand,
   * and the length suits the FFT.
   */
  public static int samplesFor(int clipSamples) {
    return Fourier.quickSize(clipSamples + LEAST_LEAD);
  }

  private static final int LEAST_LEAD = 10_000;

  /** When it begins, seconds; 0 or below. */
  double begin() {
    return -(double) lead / Foa.SAMPLE_RATE;
  }
}
