package org.hearsight.app.live;

import java.util.List;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.inference.LiveAnswer;

/** Where what {@code listen} hears goes. */
public interface LiveOutput {
  /** Takes the answer of a hop, and what became of the hazards. */
  void print(LiveAnswer answer, List<HazardEvent> events);

  /** Takes what ends with the stream. */
  void end(List<HazardEvent> events);
}
