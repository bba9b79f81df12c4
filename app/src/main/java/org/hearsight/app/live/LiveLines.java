package org.hearsight.app.live;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.file.Json;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.inference.LiveAnswer;
import org.hearsight.inference.LiveDocument;

/**
 * What {@code listen} prints: an object a line and hop for programs, or what happens for people.
 */
public final class LiveLines implements LiveOutput {
  /** Between lines about one hazard that goes on, seconds. */
  private static final double SELDOM = 1;

  private final PrintWriter out;
  private final boolean json;
  private final LiveDocument document;
  private final Map<Integer, Double> said = new HashMap<>();
  private Set<String> noted = Set.of();
  private boolean alarmed;

  /**
   * @param json objects, instead of lines for people
   * @param withMap whether objects hold each hazard's map of places
   */
  public LiveLines(PrintWriter out, boolean json, boolean withMap) {
    this.out = out;
    this.json = json;
    this.document = new LiveDocument(withMap);
  }

  /** Prints what there is to say of a hop. */
  @Override
  public void print(LiveAnswer answer, List<HazardEvent> events) {
    if (json) {
      out.println(Json.line(document.of(answer, events)));
    } else {
      events.forEach(this::say);
      note(answer.imagination().notes());
      if (answer.drift() != null && answer.drift().alarm() != null && !alarmed) {
        alarmed = true;
        out.println("  drift: " + answer.drift().line());
      }
    }
    out.flush();
  }

  /** Notes that are new, whatever numbers they hold: how long the sound is changes in every hop. */
  private void note(List<String> notes) {
    Set<String> now = new HashSet<>();
    for (String note : notes) {
      String kind = note.replaceAll("[0-9.]+", "");
      if (now.add(kind) && !noted.contains(kind)) {
        out.println("  note: " + note);
      }
    }
    noted = now;
  }

  /** Prints what ends with the stream. */
  @Override
  public void end(List<HazardEvent> events) {
    if (json && !events.isEmpty()) {
      out.println(Json.line(document.end(events)));
    } else {
      events.forEach(this::say);
    }
    out.flush();
  }

  private void say(HazardEvent event) {
    boolean update = event.kind() == HazardEvent.Kind.UPDATE;
    double last = said.getOrDefault(event.id(), Double.NEGATIVE_INFINITY);
    if (update && event.seconds() - last < SELDOM) {
      return;
    }
    if (event.kind() == HazardEvent.Kind.END) {
      said.remove(event.id());
    } else {
      said.put(event.id(), event.seconds());
    }
    String what =
        switch (event.kind()) {
          case ONSET -> " begins";
          case UPDATE -> "";
          case END ->
              String.format(
                  Locale.ROOT, " ends after %.1f s, last", event.seconds() - event.onset());
        };
    out.printf(
        Locale.ROOT,
        "%7.1f s  %s #%d%s at azimuth %.0f°, %.1f m; half within %.0f°, probability %.2f%n",
        event.seconds(),
        event.className(),
        event.id(),
        what,
        event.location().azimuth(),
        event.location().distance(),
        event.spread().degrees(),
        event.probability());
  }
}
