package org.hearsight.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.inference.Hearsight;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a cluster of two executor processes: what comes out is what the one-machine
 * commands make.
 */
class LocalClusterIT {
  private static final int SCENARIOS = 6;

  @TempDir private static Path folder;
  private static ScenarioStore store;
  private static SparkSession reader;

  @BeforeAll
  static void onOneMachine() {
    SimulatorConfig config = SimulatorConfig.of(new RunOptions(4, 1, 1, 7, 2));
    store = Simulator.generate(config, folder.resolve("one"), Progress.SILENT);
    reader =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    if (reader != null) {
      reader.stop();
    }
  }

  @Test
  void aSimulationIsTheOneMachineStoreToTheByte() throws Exception {
    Path shards = folder.resolve("shards");
    String said =
        SparkProcess.in(folder)
            .run(
                "simulate",
                "--train",
                4,
                "--validation",
                1,
                "--test",
                1,
                "--seed",
                7,
                "--shard-size",
                2,
                "--to",
                shards,
                "--master",
                SparkProcess.CLUSTER);
    assertThat(said).contains("6 scenarios in 3 shards, 0 quarantined", "executor ");
    assertThat(said).doesNotContain("executor driver");
    Path unpacked = folder.resolve("unpacked");
    String again = SparkProcess.in(folder).run("unpack", "--from", shards, "--to", unpacked);
    assertThat(again).contains("data set of 6 scenarios");
    assertThat(content(unpacked)).isEqualTo(content(store.folder()));
    assertThat(
            reader.read().parquet(shards.resolve("scenarios").toString()).collectAsList().stream()
                .map(r -> r.<String>getAs("id"))
                .sorted())
        .containsExactlyElementsOf(store.scenarios().stream().map(Scenario::id).sorted().toList());
  }

  @Test
  void answersAreThoseOfTheLibraryAndWhatCannotBeReadIsLeftAside() throws Exception {
    Path table = folder.resolve("clips.csv");
    StringBuilder rows = new StringBuilder("id,audio,rgb,depth\n");
    for (Scenario s : store.scenarios()) {
      Scenario.Files f = s.files();
      rows.append(
              String.join(",", s.id(), "one/" + f.audio(), "one/" + f.rgb(), "one/" + f.depth()))
          .append('\n');
    }
    Files.writeString(folder.resolve("broken.wav"), "RIFF, but no sound");
    rows.append("broken,broken.wav,,\nmissing,nowhere.wav,,\n");
    Files.writeString(table, rows.toString());
    Path to = folder.resolve("answers");
    String said =
        SparkProcess.in(folder)
            .run(
                "imagine",
                "--input",
                table,
                "--shard-size",
                3,
                "--to",
                to,
                "--master",
                SparkProcess.CLUSTER);
    assertThat(said).contains("6 answers in 3 shards, 2 quarantined");
    Map<String, Row> answers = byId(to.resolve("answers"));
    assertThat(answers).hasSize(SCENARIOS);
    try (Hearsight hearsight = Hearsight.load(1)) {
      for (Scenario s : store.scenarios()) {
        same(answers.get(s.id()), imagined(hearsight, s));
      }
    }
    Map<String, Row> aside = byId(to.resolve("quarantine"));
    assertThat(aside).containsOnlyKeys("broken", "missing");
    assertThat(aside.get("missing").<String>getAs("reason"))
        .contains("nowhere.wav: does not exist");
  }

  private static Imagination imagined(Hearsight hearsight, Scenario s) {
    ViewReader.Options view =
        ViewReader.Options.NOTHING
            .withRgb(store.resolve(s.files().rgb()))
            .withDepth(store.resolve(s.files().depth()));
    Clip clip = hearsight.read(store.resolve(s.files().audio()));
    return hearsight.imagine(clip, ViewReader.read(view).view());
  }

  private static void same(Row row, Imagination answer) {
    assertThat(row.<String>getAs("class")).isEqualTo(answer.className());
    assertThat(row.<Double>getAs("confidence")).isCloseTo(answer.confidence(), within(1e-6));
    assertThat(row.<Double>getAs("azimuth")).isCloseTo(answer.location().azimuth(), within(1e-4));
    assertThat(row.<Double>getAs("distance")).isCloseTo(answer.location().distance(), within(1e-4));
    Map<String, Double> probabilities = row.getJavaMap(row.fieldIndex("probabilities"));
    answer
        .probabilities()
        .forEach((name, p) -> assertThat(probabilities.get(name)).isCloseTo(p, within(1e-6)));
  }

  private static Map<String, Row> byId(Path table) {
    SortedMap<String, Row> rows = new TreeMap<>();
    for (Row row : reader.read().parquet(table.toString()).collectAsList()) {
      assertThat(rows.put(row.getAs("id"), row)).isNull();
    }
    return rows;
  }

  private static Map<String, String> content(Path root) throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      content.put(root.relativize(file).toString(), Sha256.of(file));
    }
    return content;
  }
}
