package org.hearsight.datasets.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;

/**
 * A finished scenario, as a {@link Journal} notes it.
 *
 * @param draw how it came about: its line of {@code draws.jsonl}
 */
public record ScenarioEntry(Scenario scenario, JsonNode draw) implements Piece {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An entry whose draw is any object that goes through JSON. */
  public static ScenarioEntry of(Scenario scenario, Object draw) {
    return new ScenarioEntry(scenario, JSON.valueToTree(draw));
  }

  /** Begins a scenario store, or goes on with it. */
  public static DatasetRun<ScenarioEntry> begin(
      Path folder, String command, ScenarioStore.Header header) {
    return DatasetRun.begin(folder, command, header.toJson(), ScenarioEntry.class);
  }

  /** The lists of a finished store. */
  public static SortedMap<String, String> lists(List<ScenarioEntry> entries) {
    SortedMap<String, String> lists = new TreeMap<>();
    lists.put(
        ScenarioStore.SCENARIOS,
        entries.stream()
            .map(e -> ScenarioStore.text(e.scenario()) + "\n")
            .collect(Collectors.joining()));
    lists.put(
        DatasetFolder.DRAWS,
        entries.stream().map(e -> e.draw() + "\n").collect(Collectors.joining()));
    return lists;
  }

  @Override
  public Split part() {
    return scenario.split();
  }

  @Override
  public List<String> written() {
    return scenario.files().all();
  }
}
