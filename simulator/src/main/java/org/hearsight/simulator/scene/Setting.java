package org.hearsight.simulator.scene;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where scenes are laid out: in streets, in buildings, or half of each. */
public enum Setting {
  @JsonProperty("outdoor")
  OUTDOOR("outdoor"),
  @JsonProperty("indoor")
  INDOOR("indoor"),
  @JsonProperty("both")
  BOTH("both");

  private final String label;

  Setting(String label) {
    this.label = label;
  }

  /** Lower-case name, as in files and options. */
  public String label() {
    return label;
  }
}
