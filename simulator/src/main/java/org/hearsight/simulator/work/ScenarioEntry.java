package org.hearsight.simulator.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hearsight.core.dataset.Scenario;

/**
 * A finished scenario, as a {@link Journal} notes it.
 *
 * @param draw how it came about: its line of {@code draws.jsonl}
 */
public record ScenarioEntry(Scenario scenario, JsonNode draw) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An entry whose draw is any object that goes through JSON. */
  public static ScenarioEntry of(Scenario scenario, Object draw) {
    return new ScenarioEntry(scenario, JSON.valueToTree(draw));
  }

  /** The journal of a scenario store. */
  public static Journal<ScenarioEntry> journal(Path store) {
    return new Journal<>(store, ScenarioEntry.class, ScenarioEntry::files);
  }

  /** What a recording lacks, or a scenario of pictures only, is null and no file. */
  private List<String> files() {
    Scenario.Files f = scenario.files();
    return Stream.of(f.audio(), f.labels(), f.rgb(), f.depth(), f.occlusion())
        .filter(Objects::nonNull)
        .toList();
  }
}
