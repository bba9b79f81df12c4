package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the confidence head learns to predict.
 *
 * <p>{@link #SEED}: the classifier's own largest probability. {@link #CORRECTNESS}: whether the
 * answer was right: the class, within 20°, and a relative distance error below 0.5 (for background:
 * the class).
 */
public enum ConfidenceTarget {
  @JsonProperty("seed")
  SEED,
  @JsonProperty("correctness")
  CORRECTNESS;

  /** Largest angular error of a right answer, degrees. */
  public static final double MAX_ANGLE = 20;

  /** Relative distance errors of right answers are below this. */
  public static final double MAX_RELATIVE_DISTANCE = 0.5;
}
