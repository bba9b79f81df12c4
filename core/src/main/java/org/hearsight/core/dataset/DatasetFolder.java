package org.hearsight.core.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.InnerPath;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.progress.Progress;

/**
 * A data set's folder: whether its writer finished, how many pieces it has, and whether its files
 * are those that were written.
 *
 * <pre>
 * .unfinished/    there from before the first file until after the last
 * dataset.json    the header; "counts" of the splits, and how many "files" the list below has
 * …               lists and data
 * files.sha256    checksums of all files, the header's first, in the form of sha256sum
 * </pre>
 *
 * <p>Folders from elsewhere (STARSS23) have none of it, and those that older versions wrote no
 * checksums: what a folder does not say is not checked.
 */
public final class DatasetFolder {
  public static final String HEADER = "dataset.json";

  /** How each piece came about, one line each. */
  public static final String DRAWS = "draws.jsonl";

  public static final String CHECKSUMS = "files.sha256";

  /** There while the set is being made, and after its writer was stopped. */
  public static final String UNFINISHED = ".unfinished";

  /** In {@link #UNFINISHED}: the command that goes on. */
  public static final String RUN = "run.json";

  private static final String MAKE_AGAIN =
      "restore it from a copy, or delete the folder and make the data set again";
  private static final String NOT_LISTED = "is not one of the data set's files (" + CHECKSUMS + ")";
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");
  private static final int MOST_NAMED = 5;

  private final Path folder;
  private final JsonNode header;
  private final Map<String, String> checksums;

  private DatasetFolder(Path folder, JsonNode header, Map<String, String> checksums) {
    this.folder = folder;
    this.header = header;
    this.checksums = checksums;
  }

  /**
   * Refuses a folder whose writer did not finish. What is in it would else be taken for a smaller
   * data set, or for STARSS23.
   *
   * @throws InputException naming the command that goes on
   */
  public static void requireFinished(Path folder) {
    Path marker = folder.resolve(UNFINISHED);
    if (Files.exists(marker)) {
      String command = command(marker.resolve(RUN));
      throw new InputException(
          folder,
          "is an unfinished data set" + (command.isEmpty() ? "" : " of " + command),
          "run the command that made it again, with the same options: it goes on");
    }
  }

  /** As {@link #requireFinished}, for a folder that may lie in a data set, as its labels do. */
  public static void requireFinishedAround(Path folder) {
    Path at = folder.toAbsolutePath().normalize();
    for (int level = 0; level < 3 && at != null; level++) {
      requireFinished(at);
      at = at.getParent();
    }
  }

  /**
   * As {@link #requireFinishedAround}; and where the folder lies in a data set of ours, its files
   * are those that were written.
   *
   * @param ending of the files that are about to be read
   * @throws InputException naming one that is missing or changed
   */
  public static void requireWholeAround(Path folder, String ending) {
    requireFinishedAround(folder);
    Path below = folder.toAbsolutePath().normalize();
    Path at = below;
    for (int level = 0; level < 3 && at != null; level++) {
      DatasetFolder set = read(at);
      for (String name : set.files()) {
        if (name.endsWith(ending) && at.resolve(name).startsWith(below)) {
          Path unused = set.file(name);
        }
      }
      at = set.files().isEmpty() ? at.getParent() : null;
    }
  }

  private static String command(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Json.MAPPER.readTree(InputFile.text(file, InputFile.SMALL)).path("command").asText()
          : "";
    } catch (InputException | JsonProcessingException e) {
      return ""; // it only makes the refusal clearer
    }
  }

  /**
   * Opens a folder and checks its header and lists.
   *
   * @throws InputException if its writer did not finish, or a header or list is missing or not the
   *     one that was written
   */
  public static DatasetFolder open(Path folder) {
    requireFinished(folder);
    return read(folder);
  }

  /** As {@link #open}, whether or not it is marked as unfinished. */
  public static DatasetFolder read(Path folder) {
    Path file = folder.resolve(HEADER);
    if (!Files.exists(file)) {
      return new DatasetFolder(folder, null, Map.of());
    }
    String text = InputFile.text(file, InputFile.SMALL);
    Path list = folder.resolve(CHECKSUMS);
    JsonNode header = null;
    JsonProcessingException broken = null;
    try {
      header = Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      broken = e;
    }
    boolean listed = header != null && header.has("files");
    if (!listed && !Files.exists(list)) {
      if (broken != null) {
        throw new InputException(
            file,
            "line " + broken.getLocation().getLineNr() + ": " + JsonProblem.text(broken),
            MAKE_AGAIN,
            broken);
      }
      return new DatasetFolder(folder, header, Map.of());
    }
    DatasetFolder read = new DatasetFolder(folder, header, checksums(list));
    read.requireIndex(listed ? header.path("files").asInt(-1) : -1);
    return read;
  }

  private static Map<String, String> checksums(Path list) {
    if (!Files.exists(list)) {
      throw new InputException(
          list, "is missing, but " + HEADER + " counts on it", "copy the whole folder");
    }
    String text = InputFile.text(list, InputFile.MEDIUM);
    Map<String, String> checksums = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher parts = LINE.matcher(line);
      if (!parts.matches() || checksums.put(parts.group(2), parts.group(1)) != null) {
        throw new InputException(
            list, "line " + number + ": is not the one that was written", MAKE_AGAIN);
      }
    }
    if (!text.endsWith("\n")) {
      throw new InputException(list, "line " + number + ": is cut off", MAKE_AGAIN);
    }
    return checksums;
  }

  /** What lies beside the header is small and read on every opening; the data are not. */
  private void requireIndex(int files) {
    Path list = folder.resolve(CHECKSUMS);
    if (!checksums.containsKey(HEADER)) {
      throw new InputException(list, "lacks " + HEADER, MAKE_AGAIN);
    }
    for (String name : checksums.keySet()) {
      try {
        String unused = InnerPath.require("name", name);
      } catch (IllegalArgumentException e) {
        throw new InputException(list, e.getMessage(), MAKE_AGAIN, e);
      }
      if (name.indexOf('/') < 0) {
        Path unused = file(name);
      }
    }
    if (checksums.size() != files) {
      throw new InputException(
          list, "names " + checksums.size() + " files, " + HEADER + " says " + files, MAKE_AGAIN);
    }
  }

  public Path folder() {
    return folder;
  }

  /** The header, or null if the folder has none. */
  public JsonNode header() {
    return header;
  }

  /** Names of all files that were written, relative to the folder; empty if it has no list. */
  public Set<String> files() {
    return checksums.keySet();
  }

  /**
   * One of the folder's files, checked before it is read. The sum takes about a millisecond a
   * megabyte.
   *
   * @param name relative to the folder
   * @throws InputException if it is missing, is not in the list, or is not as it was written
   */
  public Path file(String name) {
    Path file = folder.resolve(name);
    if (!checksums.isEmpty()) {
      String problem = problem(file, checksums.get(name));
      if (problem != null) {
        throw new InputException(file, problem, MAKE_AGAIN);
      }
    }
    return file;
  }

  /**
   * Refuses what was put into the folder after the set was made, without reading it.
   *
   * @param name relative to the folder
   */
  public void requireListed(String name) {
    if (!checksums.isEmpty() && !checksums.containsKey(name)) {
      throw new InputException(folder.resolve(name), NOT_LISTED, "move it elsewhere");
    }
  }

  private static String problem(Path file, String expected) {
    if (expected == null) {
      return NOT_LISTED;
    }
    if (!Files.exists(file)) {
      return "is missing";
    }
    return Sha256.of(file).equals(expected) ? null : "is not as it was when the data set was made";
  }

  /**
   * Checks every file.
   *
   * @return how many there are; 0 if the folder has no checksums
   * @throws InputException naming the first files that are missing or changed
   */
  public int requireAll(Progress progress) {
    List<String> bad = new ArrayList<>();
    int count = 0;
    try (Progress.Task task = progress.begin("check data", checksums.size())) {
      for (Map.Entry<String, String> e : checksums.entrySet()) {
        String problem = problem(folder.resolve(e.getKey()), e.getValue());
        if (problem != null) {
          count++;
          if (bad.size() < MOST_NAMED) {
            bad.add(e.getKey() + " " + problem);
          }
        }
        task.advance(1);
      }
    }
    if (count > 0) {
      String more = count > bad.size() ? " and " + (count - bad.size()) + " more" : "";
      throw new InputException(folder, String.join(", ", bad) + more, MAKE_AGAIN);
    }
    return checksums.size();
  }

  /**
   * Compares what was found of each split with what the header says, where it says it.
   *
   * @throws InputException naming the first split with another number
   */
  public void requireCounts(Map<Split, Long> found) {
    if (header == null) {
      return;
    }
    boolean counted = header.path("counts").isObject();
    JsonNode said = counted ? header.path("counts") : header.path("generator");
    for (Split split : Split.values()) {
      JsonNode wanted = said.path(split.label());
      long there = found.getOrDefault(split, 0L);
      if (wanted.isIntegralNumber() && wanted.asLong() != there) {
        throw new InputException(
            folder,
            "split " + split.label() + ": " + there + " found, " + HEADER + " says " + wanted,
            MAKE_AGAIN);
      }
    }
  }

  /** Was it made by one of our own writers? They end every line, so one without an end is cut. */
  public boolean isOurs() {
    return header != null && header.path("generator").path("name").asText().startsWith("hearsight");
  }

  /**
   * Refuses a part of a data set of ours whose header is lost: its classes are not STARSS23's.
   *
   * @param part as in {@code dev-train-sim}
   */
  public void requireHeader(String part) {
    if (header == null && Starss23Layout.isOurs(part)) {
      throw new InputException(
          folder.resolve(HEADER), "is missing, but " + part + " is a simulator's", MAKE_AGAIN);
    }
  }

  /**
   * Writes lists, header and checksums, in this order, each forced to disk; the marker that says
   * unfinished is the caller's.
   *
   * @param header without counts
   * @param counts of the pieces
   * @param lists texts by name
   * @param data checksums of all other files, by name
   */
  public static void write(
      Path folder,
      ObjectNode header,
      Map<Split, Integer> counts,
      SortedMap<String, String> lists,
      SortedMap<String, String> data) {
    SortedMap<String, String> all = new TreeMap<>(data);
    lists.forEach(
        (name, text) -> {
          AtomicFile.writeText(folder.resolve(name), text);
          all.put(name, Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
        });
    ObjectNode full = header.deepCopy();
    ObjectNode sizes = full.putObject("counts");
    for (Split split : Split.values()) {
      int count = counts.getOrDefault(split, 0);
      if (split != Split.CALIBRATION || count > 0) { // as sets were before there was one
        sizes.put(split.label(), count);
      }
    }
    full.put("files", all.size() + 1);
    String text = Json.page(full);
    AtomicFile.writeText(folder.resolve(HEADER), text);
    StringBuilder list = new StringBuilder();
    line(list, Sha256.of(text.getBytes(StandardCharsets.UTF_8)), HEADER);
    all.forEach((name, sum) -> line(list, sum, name));
    AtomicFile.writeText(folder.resolve(CHECKSUMS), list.toString());
  }

  private static void line(StringBuilder list, String sum, String name) {
    list.append(sum).append("  ").append(name).append('\n');
  }
}
