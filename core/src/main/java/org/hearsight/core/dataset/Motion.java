package org.hearsight.core.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.hearsight.core.geometry.Vec3;

/** How a hazard moves as the microphone sees it; results are reported by these. */
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

  /** What is shorter is no way, metres. */
  private static final double STANDS = 0.2;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a way amounts to for the microphone.
   *
   * @param start in microphone coordinates, metres
   * @param end of the way
   */
  public static Motion of(Vec3 start, Vec3 end) {
    double way = start.distanceTo(end);
    if (way < STANDS) {
      return STANDING;
    }
    double nearer = (start.norm() - end.norm()) / way;
    return nearer > 0.5 ? APPROACHING : nearer < -0.5 ? RECEDING : CROSSING;
  }
}
