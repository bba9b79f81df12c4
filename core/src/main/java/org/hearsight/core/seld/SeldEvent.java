package org.hearsight.core.seld;

import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Direction;

/**
 * One sound source of one class heard in one frame of 100 ms: a row of a SELD event file.
 *
 * @param frame from 0
 * @param classIndex from 0
 * @param source number that tells sources of one class apart, from 0
 * @param azimuth degrees, wrapped into (−180, 180] on construction, +90 = left
 * @param elevation degrees in [−90, 90]
 * @param distance metres; NaN when the file has none
 */
public record SeldEvent(
    int frame, int classIndex, int source, double azimuth, double elevation, double distance) {
  public SeldEvent {
    if (frame < 0 || classIndex < 0 || source < 0) {
      throw new IllegalArgumentException(
          "event: frame " + frame + ", class " + classIndex + ", source " + source + " below 0");
    }
    if (distance < 0 || Double.isInfinite(distance)) {
      throw new IllegalArgumentException("event: distance " + distance + " m");
    }
    azimuth = new Direction(azimuth, elevation).azimuth();
  }

  /** At a place, in whole degrees as the people wrote it who labelled STARSS23. */
  public static SeldEvent labelled(int frame, int classIndex, int source, Location place) {
    return new SeldEvent(
        frame,
        classIndex,
        source,
        Math.round(place.azimuth()),
        Math.round(place.elevation()),
        place.distance());
  }

  public Direction direction() {
    return new Direction(azimuth, elevation);
  }

  public boolean hasDistance() {
    return !Double.isNaN(distance);
  }
}
