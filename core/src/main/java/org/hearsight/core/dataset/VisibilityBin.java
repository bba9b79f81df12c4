package org.hearsight.core.dataset;

import org.hearsight.core.geometry.Thresholds;

/** How much of a hazard's silhouette the camera sees; results are reported by these bins. */
public enum VisibilityBin {
  HIDDEN("hidden"),
  PARTLY("partly"),
  VISIBLE("visible");

  private final String label;

  VisibilityBin(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /**
   * The bin of a visibility in [0, 1]: 0 is hidden, below {@value Thresholds#VISIBLE_FROM} partly.
   */
  public static VisibilityBin of(double visibility) {
    if (visibility <= 0) {
      return HIDDEN;
    }
    return visibility < Thresholds.VISIBLE_FROM ? PARTLY : VISIBLE;
  }
}
