package org.hearsight.datasets.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.Sha256;

/**
 * What an unfinished data set has: one small file per finished piece, written after the piece's own
 * files are on the disk, with the size and the checksum of each of them and a checksum of itself.
 * An entry that is damaged, or whose files are not as they were, counts as none, so the piece is
 * made again. The folder of the entries is also the mark of an unfinished set.
 *
 * @param <E> what is noted of a piece
 */
final class Journal<E extends Piece> {
  private static final String SUM = "sha256 ";

  private final Path store;
  private final Path folder;
  private final Class<E> type;

  /**
   * @param store folder of the data set
   */
  Journal(Path store, Class<E> type) {
    this.store = store;
    this.folder = store.resolve(DatasetFolder.UNFINISHED);
    this.type = type;
  }

  /**
   * A piece with what it wrote.
   *
   * @param checksums of its files, by name
   */
  record Noted<E>(E entry, Map<String, String> checksums) {}

  /** Notes a piece whose files are written and forced to disk. */
  Noted<E> add(String id, E entry) {
    ObjectNode node = Json.object();
    node.set("entry", Json.tree(entry));
    ObjectNode files = node.putObject("files");
    Map<String, String> checksums = new TreeMap<>();
    for (String name : entry.written()) {
      Path file = store.resolve(name);
      String sum = Sha256.of(file);
      files.putObject(name).put("size", InputFile.size(file)).put("sha256", sum);
      checksums.put(name, sum);
    }
    String line = node.toString();
    AtomicFile.writeText(file(id), line + "\n" + SUM + sum(line) + "\n");
    return new Noted<>(entry, checksums);
  }

  /** The entry of a piece, or null if it is not finished and has to be made (again). */
  Noted<E> find(String id) {
    Path file = file(id);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      List<String> lines = InputFile.text(file, InputFile.MEDIUM).lines().toList();
      if (lines.size() != 2 || !lines.get(1).equals(SUM + sum(lines.get(0)))) {
        return null;
      }
      JsonNode node = Json.MAPPER.readTree(lines.get(0));
      E entry = Json.MAPPER.treeToValue(node.path("entry"), type);
      Map<String, String> checksums = new TreeMap<>();
      for (String name : entry.written()) {
        JsonNode noted = node.path("files").path(name);
        String sum = noted.path("sha256").asText();
        if (!isThere(store.resolve(name), noted.path("size").asLong(-1), sum)) {
          return null;
        }
        checksums.put(name, sum);
      }
      return new Noted<>(entry, checksums);
    } catch (JsonProcessingException | InputException e) {
      return null; // damaged: making the piece again mends it
    }
  }

  private static boolean isThere(Path file, long size, String sum) {
    return Files.isRegularFile(file) && InputFile.size(file) == size && Sha256.of(file).equals(sum);
  }

  private static String sum(String line) {
    return Sha256.of(line.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String id) {
    return folder.resolve(id + ".json");
  }

  /** Has no piece been noted? */
  boolean isEmpty() {
    if (!Files.exists(folder)) {
      return true;
    }
    return FolderListing.entries(folder).stream()
        .allMatch(
            p ->
                p.getFileName().toString().equals(DatasetFolder.RUN)
                    || p.getFileName().toString().endsWith(AtomicFile.PARTIAL));
  }

  /**
   * Removes the journal of a finished store, and with it the mark; what killed runs left
   * half-written goes before. The plan goes last, so that whatever a power failure leaves can be
   * gone on with.
   */
  void delete() {
    AtomicFile.discardLeftOvers(store);
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Path plan = folder.resolve(DatasetFolder.RUN);
      for (Path file : FolderListing.entries(folder)) {
        if (!file.equals(plan)) {
          Files.delete(file);
        }
      }
      Files.deleteIfExists(plan);
      Files.delete(folder);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
    AtomicFile.forceFolder(store);
  }
}
