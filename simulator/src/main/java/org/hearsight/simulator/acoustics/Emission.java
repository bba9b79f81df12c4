package org.hearsight.simulator.acoustics;

import org.hearsight.simulator.scene.Trajectory;

/**
 * A sound on its way through a scene.
 *
 * @param samples sound pressure one metre from the source, pascal
 * @param lead index of the sample that is emitted at second 0; what comes before is already on its
 *     way when the clip starts
 */
public record Emission(float[] samples, int lead, Trajectory way) {
  public Emission {
    if (lead < 0 || lead >= samples.length) {
      throw new IllegalArgumentException("emission.lead: " + lead + " of " + samples.length);
    }
  }

  /**
   * A good number of samples for a clip: half a second or a little more is on its way beforehand,
   * and the length suits the FFT.
   */
  public static int samplesFor(int clipSamples) {
    return Fft.length(clipSamples + LEAST_LEAD);
  }

  private static final int LEAST_LEAD = 10_000;
}
