package org.hearsight.core.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.file.AtomicFile;
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
 * </pre>
 *
 * The store counts as finished when {@code scenarios.jsonl} is there: it is written last.
 */
public final class ScenarioStore {
  /** Raised when the layout changes in a way an old reader would misread. */
  public static final int FORMAT_VERSION = 1;

  private static final String DATASET = "dataset.json";
  private static final String SCENARIOS = "scenarios.jsonl";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Path folder;
  private final Header header;
  private final List<Scenario> scenarios;

  private ScenarioStore(Path folder, Header header, List<Scenario> scenarios) {
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
   */
  public record Header(
      @JsonProperty("format_version") int formatVersion,
      Taxonomy taxonomy,
      JsonNode generator,
      long seed,
      JsonNode provenance) {}

  /**
   * Opens a finished store.
   *
   * @throws InputException if it is no store, unfinished, of another format, without sound or
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

  private static ScenarioStore open(Path folder, boolean sound) {
    Path headerFile = folder.resolve(DATASET);
    Header header = parse(headerFile, read(headerFile), Header.class, "line 1");
    if (header.formatVersion() != FORMAT_VERSION) {
      throw new InputException(
          headerFile,
          "format_version: " + header.formatVersion() + ", expected " + FORMAT_VERSION,
          "simulate the data set again with this version");
    }
    if (header.taxonomy() == null) {
      throw new InputException(headerFile, "taxonomy: missing", "simulate the data set again");
    }
    Path lines = folder.resolve(SCENARIOS);
    List<Scenario> scenarios = new ArrayList<>();
    int number = 0;
    for (String line : read(lines).lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      Scenario s = parse(lines, line, Scenario.class, "line " + number);
      check(lines, number, s, header.taxonomy(), sound);
      scenarios.add(s);
    }
    if (scenarios.isEmpty()) {
      throw new InputException(lines, "holds no scenario", "simulate the data set again");
    }
    return new ScenarioStore(folder, header, scenarios);
  }

  /** Writes both index files, the list last; the scenarios' own files must be there already. */
  public static ScenarioStore write(Path folder, Header header, List<Scenario> scenarios) {
    writeHeader(folder, header);
    StringBuilder lines = new StringBuilder();
    for (Scenario s : scenarios) {
      lines.append(text(s)).append('\n');
    }
    AtomicFile.writeText(folder.resolve(SCENARIOS), lines.toString());
    return new ScenarioStore(folder, header, scenarios);
  }

  /** Writes {@code dataset.json} alone: what a resumed run compares its configuration with. */
  public static void writeHeader(Path folder, Header header) {
    try {
      AtomicFile.writeText(
          folder.resolve(DATASET),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(header) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("dataset.json cannot be serialised", e);
    }
  }

  /** One scenario as its line in {@code scenarios.jsonl}, without the line's end. */
  public static String text(Scenario scenario) {
    try {
      return JSON.writeValueAsString(scenario);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("scenario cannot be serialised", e);
    }
  }

  public Path folder() {
    return folder;
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

  /** The absolute place of one of a scenario's files. */
  public Path resolve(String relative) {
    return folder.resolve(relative);
  }

  private static void check(Path file, int line, Scenario s, Taxonomy taxonomy, boolean sound) {
    String where = file + ", line " + line;
    if (s.id() == null || s.split() == null || s.className() == null || s.files() == null) {
      throw new InputException(
          where, "id, split, class or files: missing", "simulate the data set again");
    }
    Scenario.Files files = s.files();
    if (sound && files.audio() == null) {
      throw new InputException(
          where, "files.audio: missing", "simulate the data set again, with its sound");
    }
    if (!sound && (files.rgb() == null || files.depth() == null || files.occlusion() == null)) {
      throw new InputException(
          where, "files.rgb, depth or occlusion: missing", "simulate the data set again");
    }
    share(where, "visibility", s.visibility());
    share(where, "occlusion_level", s.occlusionLevel());
    taxonomy.indexOf(s.className(), where);
    if (s.isBackground() != s.className().equals(Taxonomy.BACKGROUND)) {
      throw new InputException(
          where,
          "location: " + (s.isBackground() ? "missing for a hazard" : "given for background"),
          "mend the line or simulate the data set again");
    }
  }

  private static void share(String where, String field, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new InputException(
          where, field + ": " + value + " is not in [0, 1]", "simulate the data set again");
    }
  }

  private static <T> T parse(Path file, String text, Class<T> type, String where) {
    try {
      T value = JSON.readValue(text, type);
      if (value == null) {
        throw new InputException(
            file, where + ": null, expected an object", "simulate the data set again");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InputException(
          file, where + ": " + JsonProblem.text(e), "simulate the data set again", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InputException(
          file, "is missing or unreadable", "give the folder of a finished data set", e);
    }
  }
}
