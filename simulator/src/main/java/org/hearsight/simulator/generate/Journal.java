package org.hearsight.simulator.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.file.AtomicFile;

/**
 * What a running simulation has finished: one small file per scenario, written after the scenario's
 * own files, so that a stopped run can go on. Gone when the store is finished.
 */
public final class Journal {
  private static final String FOLDER = ".unfinished";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path store;
  private final Path folder;

  /** Of the store in this folder. */
  public Journal(Path store) {
    this.store = store;
    this.folder = store.resolve(FOLDER);
  }

  /** A finished scenario; {@code draw} is its line of {@code draws.jsonl}. */
  public record Entry(Scenario scenario, JsonNode draw) {}

  /**
   * Notes a scenario whose files are written.
   *
   * @param draw how it came about, for {@code draws.jsonl}
   */
  public Entry add(Scenario scenario, Object draw) {
    Entry entry = new Entry(scenario, JSON.valueToTree(draw));
    try {
      AtomicFile.writeText(file(scenario.id()), JSON.writeValueAsString(entry) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("journal entry cannot be serialised", e);
    }
    return entry;
  }

  /** The entry of a scenario, or null if it is not finished and has to be made (again). */
  public Entry find(String id) {
    Path file = file(id);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      Entry entry = JSON.readValue(file.toFile(), Entry.class);
      return complete(entry.scenario().files()) ? entry : null;
    } catch (IOException e) {
      return null; // damaged: making the scenario again mends it
    }
  }

  private boolean complete(Scenario.Files f) {
    return Stream.of(f.audio(), f.labels(), f.rgb(), f.depth(), f.occlusion())
        .filter(Objects::nonNull)
        .allMatch(name -> Files.exists(store.resolve(name)));
  }

  /** Removes the journal of a finished store. */
  public void delete() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : List.copyOf(files.toList())) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
  }

  private Path file(String id) {
    return folder.resolve(id + ".json");
  }
}
