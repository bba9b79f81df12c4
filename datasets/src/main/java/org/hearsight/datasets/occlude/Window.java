package org.hearsight.datasets.occlude;

import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.seld.SeldDataset.Recording;
import org.hearsight.core.seld.SeldEvent;

/**
 * A stretch of a recording with one event that matters, or with none.
 *
 * @param firstFrame label frame it begins at
 * @param className taxonomy name; background if nothing in it is a hazard
 * @param events the event's own labels in the window, in order; empty for background
 */
record Window(Recording recording, int firstFrame, String className, List<SeldEvent> events) {
  Window {
    events = List.copyOf(events);
  }

  boolean isBackground() {
    return events.isEmpty();
  }

  /** Where the event is when it is last heard, within the last half second of the window. */
  Location end() {
    SeldEvent last = events.get(events.size() - 1);
    return new Location(last.azimuth(), last.elevation(), last.distance());
  }
}
