package org.hearsight.core.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * A folder of scenarios: {@code dataset.json}, {@code scenarios.jsonl}, audio and labels in the
 * STARSS23 layout, pictures as PNG.
 *
 * <pre>
 * dataset.json                               format, taxonomy, generator, seed, provenance
 * scenarios.jsonl                            one {@link Scenario} a line
 * foa_dev/dev-train-sim/fold3_room1_mix0001.wav       4 channels W, Y, Z, X, 24 kHz, 16-bit
 * metadata_dev/dev-train-sim/fold3_room1_mix0001.csv  frame,class,source,azimuth,elevation,distance (cm)
 * rgb/fold3_room1_mix0001.png                224 x 224
 * depth/…png                                 16-bit, millimetres along the optical axis, 0 = nothing
 * occlusion/…png                             8-bit, 255 where the first surface is an occluder
 * draws.jsonl                                how each scenario came about
 * files.sha256                               checksums of all of it, see {@link DatasetFolder}
 * </pre>
 */
public final class ScenarioStore {
  /** Raised when the layout changes in a way an old reader would misread. */
  public static final int FORMAT_VERSION = 1;

  /** Name of the list. */
  public static final String SCENARIOS = "scenarios.jsonl";

  private static final String AGAIN = "simulate the data set again";
  private final DatasetFolder folder;
  private final Header header;
  private final List<Scenario> scenarios;

  private ScenarioStore(DatasetFolder folder, Header header, List<Scenario> scenarios) {
    this.folder = folder;
    this.header = header;
    this.scenarios = List.copyOf(scenarios);
  }

  /**
   * {@code dataset.json}.
   *
   * @param formatVersion {@link #FORMAT_VERSION}
   * @param generator what made the data: its name and whole configuration
   * @param provenance versions and hashes a reader may want to compare
   * @param counts scenarios of each split; null in sets of older versions
   * @param files how many files the list of checksums names; null where there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Header(
      @JsonProperty("format_version") int formatVersion,
      Taxonomy taxonomy,
      JsonNode generator,
      long seed,
      JsonNode provenance,
      Map<String, Integer> counts,
      Integer files) {

    /** As a writer gives it: what is counted is added when the set is finished. */
    public Header(
        int formatVersion, Taxonomy taxonomy, JsonNode generator, long seed, JsonNode provenance) {
      this(formatVersion, taxonomy, generator, seed, provenance, null, null);
    }

    /** As it goes into the file. */
    public ObjectNode toJson() {
      return Json.SORTED.valueToTree(this);
    }
  }

  /**
   * Opens a finished store.
   *
   * @throws InputException if it is not a store, unfinished, of another format, without sound or
   *     damaged
   */
  public static ScenarioStore open(Path folder) {
    return open(folder, true);
  }

  /**
   * Opens a finished store for its pictures: its scenarios may be without sound, as {@code simulate
   * --pictures-only} makes them, but none without its three pictures.
   *
   * @throws InputException as {@link #open(Path)}
   */
  public static ScenarioStore openPictures(Path folder) {
    return open(folder, false);
  }

  private static ScenarioStore open(Path path, boolean sound) {
    DatasetFolder folder = DatasetFolder.open(path);
    Path headerFile = path.resolve(DatasetFolder.HEADER);
    String text = read(headerFile, InputFile.SMALL);
    Header header = parse(headerFile, text, Header.class, "line 1");
    if (header.formatVersion() != FORMAT_VERSION) {
      throw new InputException(
          headerFile,
          "format_version: " + header.formatVersion() + ", expected " + FORMAT_VERSION,
          "simulate the data set again with this version");
    }
    if (header.taxonomy() == null) {
      throw new InputException(headerFile, "taxonomy: missing", AGAIN);
    }
    Path lines = path.resolve(SCENARIOS);
    List<Scenario> scenarios = list(lines, header.taxonomy(), sound);
    folder.requireCounts(
        scenarios.stream().collect(Collectors.groupingBy(Scenario::split, Collectors.counting())));
    return new ScenarioStore(folder, header, scenarios);
  }

  private static List<Scenario> list(Path lines, Taxonomy taxonomy, boolean sound) {
    List<Scenario> scenarios = new ArrayList<>();
    Map<String, Integer> known = new HashMap<>();
    String text = read(lines, InputFile.MEDIUM);
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      Scenario s = parse(lines, line, Scenario.class, "line " + number);
      check(lines, number, s, taxonomy, sound);
      Integer before = known.put(s.id(), number);
      if (before != null) {
        throw new InputException(
            lines,
            "line " + number + ": id: '" + s.id() + "' stands in line " + before + ", too",
            AGAIN);
      }
      scenarios.add(s);
    }
    if (scenarios.isEmpty()) {
      throw new InputException(lines, "holds no scenario", AGAIN);
    }
    if (!text.endsWith("\n")) {
      throw new InputException(lines, "line " + number + ": is cut off", AGAIN);
    }
    return scenarios;
  }

  /**
   * Writes header and list without checksums, for sets made by hand; the scenarios' own files must
   * be there already.
   */
  public static ScenarioStore write(Path folder, Header header, List<Scenario> scenarios) {
    AtomicFile.writeText(
        folder.resolve(SCENARIOS),
        scenarios.stream().map(s -> text(s) + "\n").collect(Collectors.joining()));
    AtomicFile.writeText(folder.resolve(DatasetFolder.HEADER), Json.page(header.toJson()));
    return new ScenarioStore(DatasetFolder.read(folder), header, scenarios);
  }

  /** One scenario as its line in {@code scenarios.jsonl}, without the line's end. */
  public static String text(Scenario scenario) {
    try {
      return Json.SORTED.writeValueAsString(scenario);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("scenario cannot be serialised", e);
    }
  }

  public Path folder() {
    return folder.folder();
  }

  public Header header() {
    return header;
  }

  public Taxonomy taxonomy() {
    return header.taxonomy();
  }

  public List<Scenario> scenarios() {
    return scenarios;
  }

  /** The scenarios of one split, in the order of the file. */
  public List<Scenario> scenarios(Split split) {
    return scenarios.stream().filter(s -> s.split() == split).toList();
  }

  /** The place of one of a scenario's files. */
  public Path resolve(String relative) {
    return folder().resolve(relative);
  }

  /**
   * The place of one of a scenario's files that is about to be read.
   *
   * @throws InputException if it is not as it was when the set was made
   */
  public Path file(String relative) {
    return folder.file(relative);
  }

  private static void check(Path file, int line, Scenario s, Taxonomy taxonomy, boolean sound) {
    String where = file + ", line " + line;
    if (s.id() == null || s.split() == null || s.className() == null || s.files() == null) {
      throw new InputException(where, "id, split, class or files: missing", AGAIN);
    }
    Scenario.Files files = s.files();
    if (sound && files.audio() == null) {
      throw new InputException(
          where, "files.audio: missing", "simulate the data set again, with its sound");
    }
    if (!sound && (files.rgb() == null || files.depth() == null || files.occlusion() == null)) {
      throw new InputException(where, "files.rgb, depth or occlusion: missing", AGAIN);
    }
    taxonomy.indexOf(s.className(), where);
    if (s.isBackground() != s.className().equals(Taxonomy.BACKGROUND)) {
      throw new InputException(
          where,
          "location: " + (s.isBackground() ? "missing for a hazard" : "given for background"),
          "mend the line or simulate the data set again");
    }
  }

  private static <T> T parse(Path file, String text, Class<T> type, String where) {
    try {
      T value = Json.SORTED.readValue(text, type);
      if (value == null) {
        throw new InputException(file, where + ": null, expected an object", AGAIN);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InputException(file, where + ": " + JsonProblem.text(e), AGAIN, e);
    }
  }

  private static String read(Path file, long limit) {
    if (!Files.exists(file)) {
      throw new InputException(
          file, "is missing", "give the folder of a finished data set, or unpack it again");
    }
    return InputFile.text(file, limit);
  }
}
