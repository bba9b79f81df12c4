package org.hearsight.simulator.acoustics;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Trajectory;

/** A place as sound meets it, around a microphone at the origin. */
public interface Surroundings {
  /**
   * What became of a source.
   *
   * @param ratio direct-to-reverberant energy ratio of the omnidirectional channel, dB; NaN if
   *     there is none to tell
   * @param travel seconds that what arrives first at a second of the way has been on its own
   */
  record Played(double ratio, DoubleUnaryOperator travel) {
    /** In a place where nothing stands between a source and the microphone. */
    static Played inSight(double ratio, Trajectory way) {
      return new Played(
          ratio,
          time -> {
            Vec3 from = PathTracks.emittedFrom(way, Vec3.ZERO, time);
            return SoundSpeed.seconds(from.norm());
          });
    }
  }

  /**
   * Adds a source with all its arrivals.
   *
   * @param dry pressure one metre in front of the source, from second 0 of {@code way}
   * @param way in microphone coordinates
   * @param pressure [4][samples] at the same rate, W, Y, Z, X; begins at second 0, too
   */
  Played play(
      float[] dry, Trajectory way, Directivity directivity, float[][] pressure, RandomGenerator r);
}
