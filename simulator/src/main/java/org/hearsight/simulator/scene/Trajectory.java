package org.hearsight.simulator.scene;

import org.hearsight.core.dataset.Motion;
import org.hearsight.core.geometry.Vec3;

/**
 * A straight way at constant speed, given by where the sound source is.
 *
 * @param start at second 0
 * @param end at second {@code seconds}, the end of the clip
 */
public record Trajectory(Vec3 start, Vec3 end, double seconds) {
  public Trajectory {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("trajectory.seconds: " + seconds + " is not positive");
    }
  }

  /** Stays where it is. */
  public static Trajectory standing(Vec3 place, double seconds) {
    return new Trajectory(place, place, seconds);
  }

  /** The place at a time; before 0 and after the end it goes on straight. */
  public Vec3 at(double time) {
    return start.plus(end.minus(start).times(time / seconds));
  }

  public double speed() {
    return start.distanceTo(end) / seconds;
  }

  /** What the way amounts to for the microphone. */
  public Motion motion() {
    return Motion.of(start, end);
  }
}
