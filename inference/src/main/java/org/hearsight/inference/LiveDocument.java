package org.hearsight.inference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.file.Json;
import org.hearsight.core.track.HazardEvent;

/**
 * What a stream's listener is told of a hop, as JSON: the same from the command and the server
 * ({@code docs/listen.md}).
 *
 * @param withMap whether it holds each hazard's map of places
 */
public record LiveDocument(boolean withMap) {
  /** Of a hop. */
  public ObjectNode of(LiveAnswer answer, List<HazardEvent> events) {
    ObjectNode document = Json.object();
    document.put("sequence", answer.sequence());
    document.put("seconds", answer.seconds());
    if (answer.captured() != null) {
      document.put("captured", answer.captured().toString());
    }
    document.put("dropped", answer.dropped());
    document.put("class", answer.imagination().className());
    document.put("confidence", answer.imagination().confidence());
    document.set("probabilities", Json.tree(answer.imagination().probabilities()));
    document.set("location", Json.tree(answer.imagination().location()));
    document.set("hazards", hazards(events));
    document.set("notes", Json.tree(answer.imagination().notes()));
    if (answer.drift() != null) {
      document.set("drift", Json.tree(answer.drift()));
    }
    return document;
  }

  /** Of what ends with the stream: one event at least. */
  public ObjectNode end(List<HazardEvent> events) {
    ObjectNode document = Json.object();
    document.put("seconds", events.get(0).seconds());
    document.set("hazards", hazards(events));
    return document;
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
}
