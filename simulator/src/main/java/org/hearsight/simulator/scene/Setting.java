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
   * @throws IllegalStateException for {@link #BOTH}, which a data set may be of, but not a place
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
