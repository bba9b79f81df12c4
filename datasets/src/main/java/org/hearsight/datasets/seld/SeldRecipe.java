package org.hearsight.datasets.seld;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.file.Json;
import org.hearsight.datasets.run.Recipe;
import org.hearsight.simulator.sound.SoundClass;

/** What all writers of SELD clips have in common. */
interface SeldRecipe<W> extends Recipe<W, SeldEntry> {
  int FORMAT_VERSION = 1;

  @Override
  default String pieces() {
    return "clips";
  }

  @Override
  default Class<SeldEntry> type() {
    return SeldEntry.class;
  }

  /** A header; what the labels mean is in its {@code conventions}, to which more may be added. */
  static ObjectNode header(ObjectNode generator, long seed) {
    ObjectNode header = Json.object();
    header.put("format_version", FORMAT_VERSION);
    header.put("kind", "seld");
    header.set("classes", Json.tree(SoundClass.labels()));
    header.set("generator", generator);
    header.put("seed", seed);
    ObjectNode unused =
        header
            .putObject("conventions")
            .put("labels", "frame (100 ms), class, source, azimuth, elevation, distance (cm)")
            .put("class_column", "index in classes; there is no background class")
            .put("place_at", "middle of the frame");
    return header;
  }

  /** Every recording in use with its licence and the splits it is in. */
  @Override
  default ObjectNode more(List<SeldEntry> clips) {
    Map<String, Scenario.Source> sources = new TreeMap<>();
    Map<String, TreeSet<String>> splits = new TreeMap<>();
    for (SeldEntry clip : clips) {
      for (Scenario.Source s : clip.used()) {
        if (!s.isGenerated()) {
          sources.put(s.name(), s);
          splits.computeIfAbsent(s.name(), n -> new TreeSet<>()).add(clip.split().label());
        }
      }
    }
    ObjectNode more = Json.object();
    ArrayNode list = more.putArray("recordings");
    sources.forEach(
        (name, source) -> {
          ObjectNode node = Json.tree(source);
          node.set("splits", Json.tree(splits.get(name)));
          list.add(node);
        });
    return more;
  }
}
