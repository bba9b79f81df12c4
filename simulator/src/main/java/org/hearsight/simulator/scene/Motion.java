package org.hearsight.simulator.scene;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a hazard moves as the microphone sees it. */
public enum Motion {
  @JsonProperty("standing")
  STANDING,
  /** Most of its way brings it nearer. */
  @JsonProperty("approaching")
  APPROACHING,
  /** Most of its way leads past. */
  @JsonProperty("crossing")
  CROSSING,
  /** Most of its way leads away. */
  @JsonProperty("receding")
  RECEDING;
}
