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

  /**
   * Is a place of this setting in a building?
   *
   * @throws IllegalStateException of {@link #BOTH}, which is asked of a data set and is no place
   */
  public boolean indoors() {
    return switch (this) {
      case INDOOR -> true;
      case OUTDOOR -> false;
      case BOTH -> throw new IllegalStateException("a place is outdoors or indoors, not both");
    };
  }

  /** Lower-case name, as in files and options. */
  public String label() {
    return label;
  }
}
