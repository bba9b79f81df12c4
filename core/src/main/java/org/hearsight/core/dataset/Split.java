package org.hearsight.core.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The three parts of a data set; the fold and folder names follow STARSS23. */
public enum Split {
  @JsonProperty("train")
  TRAIN("train", 3),
  @JsonProperty("validation")
  VALIDATION("validation", 5),
  @JsonProperty("test")
  TEST("test", 4);

  private final String label;
  private final int fold;

  Split(String label, int fold) {
    this.label = label;
    this.fold = fold;
  }

  /** {@code train}, {@code validation} or {@code test}. */
  public String label() {
    return label;
  }

  /** STARSS23 trains on fold 3 and tests on fold 4; validation takes 5, which it leaves free. */
  public int fold() {
    return fold;
  }
}
