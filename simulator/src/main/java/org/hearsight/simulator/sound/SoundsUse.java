package org.hearsight.simulator.sound;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which recordings of a folder may be used, by the column {@code use} of its list of sources. */
public enum SoundsUse {
  /** Those that may train weights that ship. */
  @JsonProperty("permissive")
  PERMISSIVE,
  /** Those that may only score. */
  @JsonProperty("evaluation")
  EVALUATION,
  @JsonProperty("all")
  ALL;

  boolean takes(Recording recording) {
    return this == ALL || recording.scoringOnly() == (this == EVALUATION);
  }
}
