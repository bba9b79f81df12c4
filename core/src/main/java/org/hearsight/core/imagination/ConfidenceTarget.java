package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.hearsight.core.geometry.Thresholds;

/**
 * What the confidence head learns to predict.
 *
 * <p>{@link #SEED}: the classifier's own largest probability. {@link #CORRECTNESS}: whether the
 * answer was right: the class, within {@value Thresholds#RIGHT_ANGLE}°, and a relative distance
 * error below {@value Thresholds#RIGHT_RELATIVE_DISTANCE} (for background: the class).
 */
public enum ConfidenceTarget {
  @JsonProperty("seed")
  SEED,
  @JsonProperty("correctness")
  CORRECTNESS
}
