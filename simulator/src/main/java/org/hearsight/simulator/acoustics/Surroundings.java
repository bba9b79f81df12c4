package org.hearsight.simulator.acoustics;

import java.util.random.RandomGenerator;
import org.hearsight.simulator.scene.Trajectory;

/** A place as sound meets it, around a microphone at the origin. */
public interface Surroundings {
  /**
   * Adds a source with all its arrivals.
   *
   * @param dry pressure one metre in front of the source, from second 0 of {@code way}
   * @param way in microphone coordinates
   * @param pressure [4][samples] at the same rate, W, Y, Z, X; begins at second 0, too
   * @return direct-to-reverberant energy ratio of the omnidirectional channel, dB; NaN if there is
   *     none to tell
   */
  double play(
      float[] dry, Trajectory way, Directivity directivity, float[][] pressure, RandomGenerator r);
}
