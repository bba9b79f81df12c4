package org.hearsight.core.metrics;

import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Thresholds;
import org.hearsight.core.imagination.ConfidenceTarget;

/**
 * When an answer is right: {@link ConfidenceTarget#CORRECTNESS} in one place, for the confidence
 * head's target and for the scores that judge it.
 */
public final class Correctness {
  /** Index of {@code background} in every taxonomy. */
  public static final int BACKGROUND = 0;

  private Correctness() {}

  /**
   * Is the class right and, for a hazard, its place too: at most {@value Thresholds#RIGHT_ANGLE}°
   * off and a relative distance error below {@value Thresholds#RIGHT_RELATIVE_DISTANCE}?
   *
   * @param truth null for background
   * @param answer null when a system names no place, which is wrong for a hazard
   */
  public static boolean of(int trueClass, Location truth, int answeredClass, Location answer) {
    return trueClass == answeredClass && (trueClass == BACKGROUND || isPlaced(truth, answer));
  }

  /** Is a hazard's place right, whatever its class? */
  public static boolean isPlaced(Location truth, Location answer) {
    return angle(truth, answer) <= Thresholds.RIGHT_ANGLE
        && relativeDistance(truth, answer) < Thresholds.RIGHT_RELATIVE_DISTANCE;
  }

  /** Great-circle angle in degrees; 180 when no place was named. */
  public static double angle(Location truth, Location answer) {
    return answer == null ? 180 : truth.direction().angleTo(answer.direction());
  }

  /** |d − d̂| / d; 1 when no place was named. */
  public static double relativeDistance(Location truth, Location answer) {
    return answer == null ? 1 : Math.abs(truth.distance() - answer.distance()) / truth.distance();
  }
}
