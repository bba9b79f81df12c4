package org.hearsight.core.track;

import org.hearsight.core.dataset.Location;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlacePosterior;

/**
 * What became of a hazard at one moment of a stream.
 *
 * @param kind begin, go on or end
 * @param id of the hazard, the same from its onset to its end; counted from 1
 * @param className what it is
 * @param probability of its class, smoothed over time
 * @param onset seconds of the stream at which it was first reported
 * @param seconds of the stream now
 * @param location where it is; at its end, where it was last
 * @param spread how sure the location is
 * @param places how probable each place is
 */
public record HazardEvent(
    Kind kind,
    int id,
    String className,
    double probability,
    double onset,
    double seconds,
    Location location,
    Imagination.Spread spread,
    PlacePosterior places) {
  /** What an event says. */
  public enum Kind {
    ONSET,
    UPDATE,
    END
  }
}
