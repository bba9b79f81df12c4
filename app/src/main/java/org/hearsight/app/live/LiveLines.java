package org.hearsight.app.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/**
 * What {@code listen} prints: an object a line and hop for programs, or what happens for people.
 */
public final class LiveLines {
  /** Between lines about one hazard that goes on, seconds. */
  private static final double SELDOM = 1;

  private final PrintWriter out;
  private final boolean json;
  private final boolean withMap;
  private final Map<Integer, Double> said = new HashMap<>();
  private Set<String> noted = Set.of();

  /**
   * @param json objects, instead of lines for people
   * @param withMap whether objects hold each hazard's map of places
   */
  public LiveLines(PrintWriter out, boolean json, boolean withMap) {
    this.out = out;
    this.json = json;
    this.withMap = withMap;
  }

  /** Prints what there is to say of a hop. */
  public void print(LiveAnswer answer, List<HazardEvent> events) {
    if (json) {
      out.println(Json.line(object(answer, events)));
    } else {
      events.forEach(this::say);
      note(answer.imagination().notes());
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
  public void end(List<HazardEvent> events) {
    if (json && !events.isEmpty()) {
      ObjectNode line = Json.object();
      line.put("seconds", events.get(0).seconds());
      line.set("hazards", hazards(events));
      out.println(Json.line(line));
    } else {
      events.forEach(this::say);
    }
    out.flush();
  }

  private ObjectNode object(LiveAnswer answer, List<HazardEvent> events) {
    ObjectNode line = Json.object();
    line.put("sequence", answer.sequence());
    line.put("seconds", answer.seconds());
    if (answer.captured() != null) {
      line.put("captured", answer.captured().toString());
    }
    line.put("dropped", answer.dropped());
    line.put("class", answer.imagination().className());
    line.put("confidence", answer.imagination().confidence());
    line.set("probabilities", Json.tree(answer.imagination().probabilities()));
    line.set("location", Json.tree(answer.imagination().location()));
    line.set("hazards", hazards(events));
    line.set("notes", Json.tree(answer.imagination().notes()));
    return line;
  }

  private ArrayNode hazards(List<HazardEvent> events) {
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (HazardEvent event : events) {
      ObjectNode hazard = all.addObject();
      hazard.put("event", event.kind().name().toLowerCase(Locale.ROOT));
      hazard.put("id", event.id());
      hazard.put("class", event.className());
      hazard.put("probability", event.probability());
      hazard.put("onset", event.onset());
      hazard.set("location", Json.tree(event.location()));
      hazard.set("spread", Json.tree(event.spread()));
      if (withMap) {
        hazard.set("places", Json.tree(event.places()));
      }
    }
    return all;
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
