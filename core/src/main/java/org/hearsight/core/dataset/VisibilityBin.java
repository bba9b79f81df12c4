package org.hearsight.core.dataset;

/** How much of a hazard's silhouette the camera sees; results are reported by these bins. */
public enum VisibilityBin {
  HIDDEN("hidden"),
  PARTLY("partly"),
  VISIBLE("visible");

  /** From this share of the silhouette on a hazard counts as visible. */
  public static final double VISIBLE_FROM = 0.5;

  private final String label;

  VisibilityBin(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** The bin of a visibility in [0, 1]: 0 is hidden, below {@link #VISIBLE_FROM} partly. */
  public static VisibilityBin of(double visibility) {
    if (visibility <= 0) {
      return HIDDEN;
    }
    return visibility < VISIBLE_FROM ? PARTLY : VISIBLE;
  }
}
