package org.hearsight.simulator.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/** The folder a scenario store is made in: new, unfinished or finished, but never another's. */
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
    Path file = folder.resolve(DATASET);
    if (Files.exists(file)) {
      ObjectNode plan = JSON.createObjectNode();
      plan.set("generator", header.generator());
      plan.put("seed", header.seed());
      FolderClaim.refuseOther(file, plan);
      return Files.exists(folder.resolve(SCENARIOS));
    }
    FolderClaim.refuseForeign(folder);
    AtomicFile.createFolder(folder);
    ScenarioStore.writeHeader(folder, header);
    return false;
  }
}
