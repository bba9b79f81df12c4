package org.hearsight.datasets.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.Json;

/**
 * A finished scenario, as a {@link Journal} notes it.
 *
 * @param draw how it came about: its line of {@code draws.jsonl}
 */
public record ScenarioEntry(Scenario scenario, JsonNode draw) implements Piece {

  /** An entry whose draw is any object that goes through JSON. */
  public static ScenarioEntry of(Scenario scenario, Object draw) {
    return new ScenarioEntry(scenario, Json.tree(draw));
  }

  @Override
  public Split part() {
    return scenario.split();
  }

  @Override
  public List<String> written() {
    return scenario.files().all();
  }

  @Override
  public Map<String, String> lines() {
    return Map.of(
        ScenarioStore.SCENARIOS,
        ScenarioStore.text(scenario),
        DatasetFolder.DRAWS,
        draw.toString());
  }
}
