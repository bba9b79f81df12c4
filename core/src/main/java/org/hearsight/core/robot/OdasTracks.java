package org.hearsight.core.robot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.hearsight.core.file.Json;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.track.HazardEvent;

/**
 * Hazards in the form in which ODAS writes the sources that it tracks (Grondin et al., <i>ODAS:
 * Open embeddeD Audition System</i>, Frontiers in Robotics and AI 9, 2022), so that what reads
 * those reads these.
 *
 * <pre>{@code
 * {"timeStamp": 57, "src": [{"id": 1, "tag": "dynamic", "x": 0.98, "y": 0.17, "z": 0.0,
 *     "activity": 0.93, "class": "siren", "distance": 12.4}]}
 * }</pre>
 *
 * <p>As in ODAS, {@code x}, {@code y} and {@code z} are a unit vector (forward, left, up), {@code
 * activity} is a probability and {@code timeStamp} counts hops. {@code class} and {@code distance}
 * (metres) are ours; a reader that does not know them passes over them. There is an entry for each
 * hazard that goes on, none for empty slots.
 */
public final class OdasTracks {
  private static final String DYNAMIC = "dynamic";

  private OdasTracks() {}

  /**
   * The tracks of one hop.
   *
   * @param hop number of it
   * @param events of the tracker; hazards that end are left out
   */
  public static ObjectNode of(long hop, List<HazardEvent> events) {
    ObjectNode tracks = Json.object();
    tracks.put("timeStamp", hop);
    ArrayNode sources = tracks.putArray("src");
    for (HazardEvent event : goingOn(events)) {
      Vec3 unit = event.location().direction().unit();
      sources
          .addObject()
          .put("id", event.id())
          .put("tag", DYNAMIC)
          .put("x", unit.x())
          .put("y", unit.y())
          .put("z", unit.z())
          .put("activity", event.probability())
          .put("class", event.className())
          .put("distance", event.location().distance());
    }
    return tracks;
  }

  /** Hazards that are there. */
  static List<HazardEvent> goingOn(List<HazardEvent> events) {
    return events.stream().filter(e -> e.kind() != HazardEvent.Kind.END).toList();
  }
}
