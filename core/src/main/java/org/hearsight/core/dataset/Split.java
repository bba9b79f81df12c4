package org.hearsight.core.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The parts of a data set; the fold and folder names follow STARSS23. Not every set has all of
 * them: those of older versions and of other writers have no calibration.
 */
public enum Split {
  @JsonProperty("train")
  TRAIN("train", 3),
  @JsonProperty("validation")
  VALIDATION("validation", 5),
  @JsonProperty("test")
  TEST("test", 4),
  /**
   * What a trained model's probabilities are fitted on; neither training nor its choices see it.
   */
  @JsonProperty("calibration")
  CALIBRATION("calibration", 6);

  private final String label;
  private final int fold;

  Split(String label, int fold) {
    this.label = label;
    this.fold = fold;
  }

  /** {@code train}, {@code validation}, {@code test} or {@code calibration}. */
  public String label() {
    return label;
  }

  /**
   * STARSS23 trains on fold 3 and tests on fold 4; validation takes 5 and calibration 6, which it
   * leaves free.
   */
  public int fold() {
    return fold;
  }
}
