package org.hearsight.simulator.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/** Makes sure that a folder is free or holds what the same options began. */
public final class FolderClaim {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FolderClaim() {}

  /**
   * Refuses a folder whose header differs from the wanted one.
   *
   * @param file a JSON object
   * @param wanted what it has to hold; more fields may be there
   * @throws InputException naming the first difference
   */
  public static void refuseOther(Path file, JsonNode wanted) {
    JsonNode there;
    try {
      there = JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new InputException(file, "is no JSON", "choose another folder or delete this one", e);
    }
    for (Map.Entry<String, JsonNode> e : reread(wanted).properties()) {
      JsonNode old = there.path(e.getKey());
      if (old.isMissingNode()) {
        throw new InputException(
            file,
            e.getKey() + ": missing, expected " + e.getValue(),
            "choose another folder: this one holds a data set of another kind");
      }
      if (!old.equals(e.getValue())) {
        throw new InputException(
            file,
            difference(e.getKey(), old, e.getValue()),
            "give the same options to go on, or choose another folder");
      }
    }
  }

  /**
   * Deletes what was written into a folder that was free.
   *
   * @param folderToo whether the folder itself was not there before
   */
  public static void giveUp(Path folder, boolean folderToo) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path p : deepestFirst) {
        if (folderToo || !p.equals(folder)) {
          Files.delete(p);
        }
      }
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
  }

  /**
   * Refuses a folder with anything in it but leftovers of stopped writes.
   *
   * @throws InputException if it is a file or not empty
   */
  public static void refuseForeign(Path folder) {
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
}
