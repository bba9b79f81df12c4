package org.hearsight.app.live;

import java.io.PrintWriter;
import java.util.List;
import org.hearsight.core.file.Json;
import org.hearsight.core.robot.OdasTracks;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.inference.LiveAnswer;

/** A line for each hop, as ODAS writes the sources that it tracks. */
public final class OdasLines implements LiveOutput {
  private final PrintWriter out;
  private long last;

  public OdasLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void print(LiveAnswer answer, List<HazardEvent> events) {
    last = answer.sequence();
    print(last, events);
  }

  /** Hazards that were there end with a line without them. */
  @Override
  public void end(List<HazardEvent> events) {
    if (!events.isEmpty()) {
      print(last + 1, events);
    }
  }

  private void print(long hop, List<HazardEvent> events) {
    out.println(Json.line(OdasTracks.of(hop, events)));
    out.flush();
  }
}
