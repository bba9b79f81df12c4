package org.hearsight.simulator.scene;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.hearsight.core.dataset.VisibilityBin;

/** How a hazard relates to the view: what a scenario is drawn to show. */
public enum Cover {
  /** Behind an occluder: no pixel of it in the view and no straight line to the microphone. */
  @JsonProperty("occluded")
  OCCLUDED(VisibilityBin.HIDDEN),
  /** Beside or behind the camera, with a free straight line to the microphone. */
  @JsonProperty("outside_view")
  OUTSIDE_VIEW(VisibilityBin.HIDDEN),
  /** Less than half of its silhouette is seen. */
  @JsonProperty("partly")
  PARTLY(VisibilityBin.PARTLY),
  /** At least half of its silhouette is seen. */
  @JsonProperty("visible")
  VISIBLE(VisibilityBin.VISIBLE);

  private final VisibilityBin bin;

  Cover(VisibilityBin bin) {
    this.bin = bin;
  }

  /** The bin results of such scenarios are reported in. */
  public VisibilityBin bin() {
    return bin;
  }

  /** What a visibility and a free or blocked straight line amount to. */
  public static Cover of(double visibility, boolean lineIsFree) {
    return switch (VisibilityBin.of(visibility)) {
      case HIDDEN -> lineIsFree ? OUTSIDE_VIEW : OCCLUDED;
      case PARTLY -> PARTLY;
      case VISIBLE -> VISIBLE;
    };
  }
}
