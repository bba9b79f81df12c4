package org.hearsight.simulator.acoustics;

import org.hearsight.core.geometry.Vec3;

/**
 * One way sound takes from the source to the microphone.
 *
 * @param id the same for the same way at different times, so that it can be followed while the
 *     source moves
 * @param length metres
 * @param direction unit vector the sound comes from
 * @param gains pressure gain of each octave band, everything included (1 / length, air, surfaces,
 *     edges)
 */
public record SoundPath(Id id, double length, Vec3 direction, double[] gains) {
  /** What kind of way. */
  public enum Kind {
    DIRECT,
    GROUND,
    WALL,
    /** Straight through thin things. */
    THROUGH,
    AROUND,
    AROUND_GROUND,
    /** Round an edge and off a wall, in either order. */
    WALL_AROUND,
    OVER
  }

  /** A kind and which of its kind: a face's number, a hash of the edges passed, or 0. */
  public record Id(Kind kind, long which) {}

  /** A path with the gain of distance and air, times {@code factor} of the band. */
  static SoundPath of(Id id, double length, Vec3 direction, BandGain factor) {
    double[] gains = new double[OctaveBands.COUNT];
    double r = Math.max(length, NEAREST);
    for (int b = 0; b < gains.length; b++) {
      gains[b] = factor.at(b) * AirAbsorption.gain(b, r) / r;
    }
    return new SoundPath(id, length, direction, gains);
  }

  /** Closer than this the level does not rise any more, metres. */
  static final double NEAREST = 0.3;

  /** Gain of an octave band. */
  @FunctionalInterface
  interface BandGain {
    double at(int band);
  }

  /** Energy this path brings of a source with the given energy per band. */
  public double energy(double[] bandEnergy) {
    double sum = 0;
    for (int b = 0; b < gains.length; b++) {
      sum += gains[b] * gains[b] * bandEnergy[b];
    }
    return sum;
  }
}
