package org.hearsight.datasets.seld;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.datasets.run.Piece;
import org.hearsight.simulator.sound.SeldSounds;

/**
 * A finished clip of a SELD data set, as the journal notes it; a line of {@code draws.jsonl}.
 *
 * @param kind ends the names of its folders, as in {@code dev-train-sim}
 * @param used the sounds in it
 */
record SeldEntry(String id, Split split, String kind, JsonNode drawn, List<Scenario.Source> used)
    implements Piece {
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  static SeldEntry of(
      String id, Split split, String kind, JsonNode drawn, List<Scenario.Source> used) {
    return new SeldEntry(id, split, kind, drawn, List.copyOf(used));
  }

  @Override
  public Split part() {
    return split;
  }

  @Override
  public List<String> written() {
    return List.of(wav(), csv());
  }

  private String wav() {
    return Starss23Layout.audio(Starss23Layout.part(split, kind), id);
  }

  private String csv() {
    return Starss23Layout.labels(Starss23Layout.part(split, kind), id);
  }

  /**
   * Writes its files.
   *
   * @param samples [4][samples]
   */
  void write(Path folder, float[][] samples, List<SeldEvent> labels) {
    Wav.write(folder.resolve(wav()), new Audio(Foa.SAMPLE_RATE, samples), Encoding.PCM_16);
    SeldCsv.write(folder.resolve(csv()), labels);
  }

  /** A header with what all sets of SELD clips have. */
  static ObjectNode header(String name, String version) {
    ObjectNode header = JSON.createObjectNode();
    header.put("format_version", FORMAT_VERSION);
    header.put("kind", "seld");
    header.set("classes", JSON.valueToTree(SeldSounds.CLASSES));
    ObjectNode unused = header.putObject("generator").put("name", name).put("version", version);
    return header;
  }

  /** Says in a header what the labels mean; more may be added. */
  static ObjectNode conventions(ObjectNode header) {
    return header
        .putObject("conventions")
        .put("labels", "frame (100 ms), class, source, azimuth, elevation, distance (cm)")
        .put("class_column", "index in classes; there is no background class")
        .put("place_at", "middle of the frame");
  }

  /** The lists of a finished set. */
  static SortedMap<String, String> lists(List<SeldEntry> entries) {
    String draws =
        entries.stream().map(e -> JSON.valueToTree(e) + "\n").collect(Collectors.joining());
    return new TreeMap<>(Map.of(DatasetFolder.DRAWS, draws));
  }

  /** For the header: every recording in use with its licence and the splits it is in. */
  static ObjectNode recordings(List<SeldEntry> entries) {
    Map<String, Scenario.Source> sources = new TreeMap<>();
    Map<String, TreeSet<String>> splits = new TreeMap<>();
    for (SeldEntry e : entries) {
      for (Scenario.Source s : e.used()) {
        if (s.licence().equals(SeldSounds.GENERATED)) {
          continue;
        }
        sources.put(s.name(), s);
        splits.computeIfAbsent(s.name(), n -> new TreeSet<>()).add(e.split().label());
      }
    }
    ObjectNode header = JSON.createObjectNode();
    ArrayNode list = header.putArray("recordings");
    sources.forEach(
        (name, source) -> {
          ObjectNode node = JSON.valueToTree(source);
          node.set("splits", JSON.valueToTree(splits.get(name)));
          list.add(node);
        });
    return header;
  }
}
