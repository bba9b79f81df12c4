package org.hearsight.simulator.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hearsight.core.file.AtomicFile;

/**
 * What a running simulation has finished: one small file per piece, written after the piece's own
 * files, so that a stopped run can go on. Gone when the store is finished.
 *
 * @param <E> what is noted of a piece; goes through JSON
 */
public final class Journal<E> {
  private static final String FOLDER = ".unfinished";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path store;
  private final Path folder;
  private final Class<E> type;
  private final Function<E, List<String>> files;

  /**
   * @param store folder of the data set
   * @param files the files that belong to a piece, relative to the folder
   */
  public Journal(Path store, Class<E> type, Function<E, List<String>> files) {
    this.store = store;
    this.folder = store.resolve(FOLDER);
    this.type = type;
    this.files = files;
  }

  /** Notes a piece whose files are written. */
  public void add(String id, E entry) {
    try {
      AtomicFile.writeText(file(id), JSON.writeValueAsString(entry) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("journal entry cannot be serialised", e);
    }
  }

  /** The entry of a piece, or null if it is not finished and has to be made (again). */
  public E find(String id) {
    Path file = file(id);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      E entry = JSON.readValue(file.toFile(), type);
      boolean complete =
          files.apply(entry).stream().allMatch(name -> Files.exists(store.resolve(name)));
      return complete ? entry : null;
    } catch (IOException e) {
      return null; // damaged: making the piece again mends it
    }
  }

  /** A file beside the entries, gone with them. */
  public Path file(String id) {
    return folder.resolve(id + ".json");
  }

  /** Removes the journal of a finished store, and what killed runs left half-written. */
  public void delete() {
    AtomicFile.discardLeftOvers(store);
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> content = Files.list(folder)) {
      for (Path file : List.copyOf(content.toList())) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
  }
}
