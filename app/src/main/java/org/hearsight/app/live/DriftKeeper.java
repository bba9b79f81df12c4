package org.hearsight.app.live;

import java.util.List;
import org.hearsight.core.drift.DriftFile;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.inference.LiveAnswer;

/** Keeps what a stream's monitor knows, after each window that it judged. */
public record DriftKeeper(DriftFile file) implements LiveOutput {
  @Override
  public void print(LiveAnswer answer, List<HazardEvent> events) {
    if (answer.drift() != null) {
      file.write();
    }
  }

  @Override
  public void end(List<HazardEvent> events) {
    // The last window that was judged is kept already.
  }
}
