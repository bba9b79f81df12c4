package org.hearsight.core.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** By what a scene can be unlike those of the calibration. */
public enum DriftSense {
  /** Levels of channels and bands, and how they vary in time. */
  @JsonProperty("sound")
  SOUND,
  /** Light, colour, depth and occlusion of the view. */
  @JsonProperty("sight")
  SIGHT,
  /** How confident the model is. */
  @JsonProperty("answer")
  ANSWER;

  /** As in files and for people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
