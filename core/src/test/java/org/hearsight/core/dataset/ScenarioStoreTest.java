package org.hearsight.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.taxonomy.Taxonomy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioStoreTest {
  @TempDir private Path folder;

  private static final ScenarioStore.Header HEADER =
      new ScenarioStore.Header(
          ScenarioStore.FORMAT_VERSION,
          Taxonomy.hazards(),
          JsonNodeFactory.instance.objectNode().put("name", "test"),
          7,
          JsonNodeFactory.instance.objectNode().put("made_by", "test"));

  private static Scenario hazard(String id, Split split) {
    return new Scenario(
        id,
        split,
        "dog",
        new Location(-179.5, 12.25, 3.5),
        0.25,
        0.5,
        new Direction(90, -5),
        42,
        List.of(new Scenario.Source("bark.wav", "CC0-1.0", "bark")),
        new Scenario.Files("a/" + id + ".wav", "l.csv", "r.png", "d.png", "o.png"),
        null);
  }

  private static Scenario unknown(String id, Split split, String kind) {
    Scenario b = background(id, split);
    return new Scenario(
        id,
        split,
        b.className(),
        null,
        0,
        0.1,
        null,
        43,
        List.of(
            new Scenario.Source("generated " + kind, Scenario.Source.GENERATED, kind),
            new Scenario.Source("ambience_wind/a.wav", "CC0", "a")),
        kind,
        null,
        b.files(),
        null);
  }

  private static Scenario background(String id, Split split) {
    return new Scenario(
        id,
        split,
        Taxonomy.BACKGROUND,
        null,
        0,
        0.1,
        null,
        43,
        List.of(),
        new Scenario.Files("b.wav", "l.csv", null, null, null),
        null);
  }

  @Test
  void aScenarioSaysWhereItsSoundComesFrom() {
    assertThat(hazard("one", Split.TEST).origin()).isEqualTo(SoundOrigin.RECORDED);
    assertThat(unknown("one", Split.TEST, "music").origin()).isEqualTo(SoundOrigin.PROCEDURAL);
    assertThat(unknown("one", Split.TEST, "music").hasHarmlessSound()).isTrue();
    assertThat(background("one", Split.TEST).origin()).isNull();
    assertThat(background("one", Split.TEST).hasHarmlessSound()).isFalse();
    Scenario h = hazard("one", Split.TEST);
    assertThatThrownBy(
            () ->
                new Scenario(
                    h.id(),
                    h.split(),
                    h.className(),
                    h.location(),
                    0,
                    0,
                    null,
                    1,
                    h.sources(),
                    "music",
                    null,
                    h.files(),
                    null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown: 'music' beside a hazard");
  }

  /** At 10 dB, on a way of one point or several. */
  private static Scenario moving(String id, double[]... path) {
    Scenario h = hazard(id, Split.TEST);
    return new Scenario(
        id,
        h.split(),
        h.className(),
        h.location(),
        h.visibility(),
        h.occlusionLevel(),
        h.apparent(),
        h.seed(),
        h.sources(),
        null,
        10.5,
        h.files(),
        new Scenario.SceneMap("street_corner", 1.5, List.of(), List.of(path)));
  }

  @Test
  void aScenarioSaysHowItsHazardMoves() {
    assertThat(hazard("one", Split.TEST).motion()).isNull();
    assertThat(background("one", Split.TEST).motion()).isNull();
    double[] end = {0, 5};
    assertThat(moving("one", end).motion()).isEqualTo(Motion.STANDING);
    assertThat(moving("one", new double[] {0, 5.1}, end).motion()).isEqualTo(Motion.STANDING);
    assertThat(moving("one", new double[] {1, 9}, new double[] {0.5, 7}, end).motion())
        .isEqualTo(Motion.APPROACHING);
    assertThat(moving("one", new double[] {0, 1}, end).motion()).isEqualTo(Motion.RECEDING);
    assertThat(moving("one", new double[] {-5, 5}, end).motion()).isEqualTo(Motion.CROSSING);
  }

  @Test
  void theSignalToNoiseRatioIsReadAndMayBeAbsent() throws IOException {
    List<Scenario> scenarios =
        List.of(moving("one", new double[] {0, 5}), hazard("two", Split.TEST));
    ScenarioStore.write(folder, HEADER, scenarios);

    List<String> lines = Files.readAllLines(folder.resolve("scenarios.jsonl"));
    assertThat(lines.get(0)).contains("\"signal_to_noise\":10.5");
    assertThat(lines.get(1)).doesNotContain("signal_to_noise");
    assertThat(ScenarioStore.open(folder).scenarios())
        .extracting(Scenario::signalToNoise)
        .containsExactly(10.5, null);
    Scenario b = background("one", Split.TEST);
    assertThatThrownBy(
            () ->
                new Scenario(
                    b.id(),
                    b.split(),
                    b.className(),
                    null,
                    0,
                    0,
                    null,
                    1,
                    b.sources(),
                    null,
                    3.0,
                    b.files(),
                    null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("signal_to_noise: 3.0 without a hazard");
  }

  @Test
  void whatIsWrittenIsRead() {
    List<Scenario> scenarios =
        List.of(
            hazard("one", Split.TRAIN),
            background("two", Split.TEST),
            unknown("five", Split.TRAIN, "music"),
            hazard("three", Split.TEST),
            hazard("four", Split.VALIDATION));
    ScenarioStore.write(folder, HEADER, scenarios);

    ScenarioStore store = ScenarioStore.open(folder);

    assertThat(store.header()).isEqualTo(HEADER);
    assertThat(store.scenarios()).isEqualTo(scenarios);
    assertThat(store.scenarios(Split.TEST))
        .extracting(Scenario::id)
        .containsExactly("two", "three");
    assertThat(store.resolve("a/one.wav")).isEqualTo(folder.resolve("a/one.wav"));
  }

  @Test
  void theSameScenariosGiveTheSameBytes(@TempDir Path other) throws IOException {
    List<Scenario> scenarios = List.of(hazard("one", Split.TRAIN), background("two", Split.TEST));
    ScenarioStore.write(folder, HEADER, scenarios);
    ScenarioStore.write(other, HEADER, ScenarioStore.open(folder).scenarios());

    for (String name : List.of("dataset.json", "scenarios.jsonl")) {
      assertThat(other.resolve(name)).hasSameBinaryContentAs(folder.resolve(name));
    }
    assertThat(Files.readString(folder.resolve("scenarios.jsonl"))).contains("\"class\":\"dog\"");
  }

  @Test
  void anUnfinishedFolderIsNoStore() throws IOException {
    ScenarioStore.write(folder, HEADER, List.of(hazard("one", Split.TRAIN)));
    Files.delete(folder.resolve("scenarios.jsonl"));
    assertThatThrownBy(() -> ScenarioStore.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("scenarios.jsonl") + ": is missing");
    AtomicFile.writeText(folder.resolve(".unfinished/run.json"), "{\"command\": \"hearsight x\"}");
    assertThatThrownBy(() -> ScenarioStore.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + ": is an unfinished data set of hearsight x; run the");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "class":"dog"       | "class":"dragon"     | class: 'dragon' is unknown
          "class":"dog"       | "class":"background" | location: given for background
          "split":"train"     | "split":"exam"       | exam
          "id":"two",         | ''                   | id, split, class or files: missing
          "distance":3.5      | "distance":-1        | location.distance: -1.0 is not positive
          "elevation":12.25   | "elevation":100      | elevation 100.0
          "audio":"a/two.wav",| ''                   | files.audio: missing
          "visibility":0.25   | "visibility":"much"  | line 2: visibility:
          "visibility":0.25   | "visibility":1.5     | visibility: 1.5 is not in [0, 1]
          "seed":42           | "sead":42            | sead
          "id":"two"          | "id":"../two"        | id: '../two' cannot be a file's name
          "audio":"a/two.wav" | "audio":"../two.wav" | files.audio: '../two.wav' does not stay inside
          "audio":"a/two.wav" | "audio":"/two.wav"   | files.audio: '/two.wav' does not stay inside
          "audio":"a/two.wav" | "audio":"C:two.wav"  | files.audio: 'C:two.wav' does not stay inside
          "rgb":"r.png"       | "rgb":"a/../../r"    | files.rgb: 'a/../../r' does not stay inside
          "labels":"l.csv"    | "labels":"l\\u0000"  | files.labels: holds a control character
          "seed":42           | "seed":42,"seed":43  | Duplicate field 'seed'
          "id":"two"          | "id":"one"           | id: 'one' stands in line 1, too
          {                   | null{                | Trailing token
          """)
  void refusesALineNamingItsNumberAndField(String good, String bad, String problem)
      throws IOException {
    ScenarioStore.write(
        folder, HEADER, List.of(hazard("one", Split.TRAIN), hazard("two", Split.TRAIN)));
    Path file = folder.resolve("scenarios.jsonl");
    List<String> lines = Files.readAllLines(file);
    String changed = lines.get(1).replace(good, bad);
    assertThat(changed).as("the case changes the line").isNotEqualTo(lines.get(1));
    Files.writeString(file, lines.get(0) + "\n" + changed + "\n");

    InputException e = catchThrowableOfType(InputException.class, () -> ScenarioStore.open(folder));

    assertThat(e).hasMessageStartingWith(file.toString()).hasMessageContaining("line 2");
    assertThat(e).hasMessageContaining(problem);
    assertThat(e.getMessage()).doesNotContain("\n");
  }

  @Test
  void refusesALineThatIsNull() throws IOException {
    ScenarioStore.write(folder, HEADER, List.of(hazard("one", Split.TRAIN)));
    Path file = folder.resolve("scenarios.jsonl");
    Files.writeString(file, Files.readString(file) + "null\n");

    assertThatThrownBy(() -> ScenarioStore.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": line 2: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"format_version": 2, "taxonomy": null}  | format_version: 2, expected 1
          {"format_version": 1}                    | taxonomy: missing
          null                                     | line 1
          [                                        | line 1
          """)
  void refusesADatasetFile(String json, String problem) throws IOException {
    ScenarioStore.write(folder, HEADER, List.of(hazard("one", Split.TRAIN)));
    Path file = Files.writeString(folder.resolve("dataset.json"), json);

    assertThatThrownBy(() -> ScenarioStore.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(problem);
  }

  @Test
  void refusesAStoreWithoutScenarios() throws IOException {
    ScenarioStore.write(folder, HEADER, List.of(hazard("one", Split.TRAIN)));
    Path file = Files.writeString(folder.resolve("scenarios.jsonl"), "\n\n");

    assertThatThrownBy(() -> ScenarioStore.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": holds no scenario");
  }

  @Test
  void aHeaderThatCountsOtherwiseIsRefused() throws IOException {
    ScenarioStore.write(
        folder, HEADER, List.of(hazard("one", Split.TRAIN), hazard("two", Split.TEST)));
    Path file = folder.resolve("dataset.json");
    String header = Files.readString(file);
    // As older versions have it, in the generator's options.
    Files.writeString(file, header.replace("\"name\" : \"test\"", "\"test\" : 4"));
    assertThatThrownBy(() -> ScenarioStore.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("split test: 1 found, dataset.json says 4");
    Files.writeString(
        file, header.replace("\"seed\"", "\"counts\" : {\"train\" : 0, \"test\" : 1}, \"seed\""));
    assertThatThrownBy(() -> ScenarioStore.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("split train: 1 found, dataset.json says 0");
  }

  @Test
  void aListWithoutItsEndIsRefused() throws IOException {
    ScenarioStore.write(folder, HEADER, List.of(hazard("one", Split.TRAIN)));
    Path file = folder.resolve("scenarios.jsonl");
    Files.writeString(file, Files.readString(file).stripTrailing());

    assertThatThrownBy(() -> ScenarioStore.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": line 1: is cut off");
  }

  @Test
  void visibilityBinsMeetAtTheirBounds() {
    assertThat(VisibilityBin.of(0)).isEqualTo(VisibilityBin.HIDDEN);
    assertThat(VisibilityBin.of(1e-6)).isEqualTo(VisibilityBin.PARTLY);
    assertThat(VisibilityBin.of(Math.nextDown(0.5))).isEqualTo(VisibilityBin.PARTLY);
    assertThat(VisibilityBin.of(0.5)).isEqualTo(VisibilityBin.VISIBLE);
  }
}
