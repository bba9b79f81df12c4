package org.hearsight.simulator.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/** The folder a data set is made in: new, unfinished or finished, but never another's. */
public final class StoreFolder {
  private static final String DATASET = "dataset.json";
  private static final String SCENARIOS = "scenarios.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private StoreFolder() {}

  /**
   * Begins a data set, or goes on with one of the same generator and seed.
   *
   * @return is it finished already?
   * @throws InputException if the folder holds something else or cannot be written
   */
  public static boolean begin(Path folder, ScenarioStore.Header header) {
    if (Files.exists(folder.resolve(DATASET))) {
      refuseOther(folder, header);
      return Files.exists(folder.resolve(SCENARIOS));
    }
    refuseForeign(folder);
    AtomicFile.createFolder(folder);
    ScenarioStore.writeHeader(folder, header);
    return false;
  }

  private static void refuseOther(Path folder, ScenarioStore.Header wanted) {
    Path file = folder.resolve(DATASET);
    JsonNode there;
    try {
      there = JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new InputException(file, "is no JSON", "choose another folder or delete this one", e);
    }
    ObjectNode plan = JSON.createObjectNode();
    plan.set("generator", wanted.generator());
    plan.put("seed", wanted.seed());
    for (Map.Entry<String, JsonNode> e : reread(plan).properties()) {
      JsonNode old = there.path(e.getKey());
      if (!old.equals(e.getValue())) {
        throw new InputException(
            file,
            difference(e.getKey(), old, e.getValue()),
            "give the same options to go on, or choose another folder");
      }
    }
  }

  /** Through text and back: only what was parsed the same way compares equal. */
  private static JsonNode reread(JsonNode node) {
    try {
      return JSON.readTree(node.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON just written does not parse", e);
    }
  }

  private static String difference(String name, JsonNode there, JsonNode wanted) {
    for (Map.Entry<String, JsonNode> e : wanted.properties()) {
      if (!e.getValue().asText().equals(there.path(e.getKey()).asText())) {
        return e.getKey()
            + ": was "
            + there.path(e.getKey()).asText()
            + ", now "
            + e.getValue().asText();
      }
    }
    return name + ": was " + there + ", now " + wanted;
  }

  private static void refuseForeign(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder, "is a file, expected a folder", "choose another folder");
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.anyMatch(p -> !p.getFileName().toString().endsWith(".partial"))) {
        throw new InputException(
            folder, "is not empty and holds no data set", "choose an empty or new folder");
      }
    } catch (IOException e) {
      throw new InputException(folder, "cannot be listed", "check its permissions", e);
    }
  }
}
