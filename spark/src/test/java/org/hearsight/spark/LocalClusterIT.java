package org.hearsight.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.learning.train.TrainConfig;
import org.hearsight.learning.train.TrainingRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a cluster of two executor processes: what comes out is what the one-machine
 * commands make.
 */
class LocalClusterIT {
  private static final Path WEIGHTS = Path.of("..", "weights");

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
    assertThat(FolderContents.of(unpacked)).isEqualTo(FolderContents.of(store.folder()));
    assertThat(
            reader.read().parquet(shards.resolve("scenarios").toString()).collectAsList().stream()
                .map(r -> r.<String>getAs("id"))
                .sorted())
        .containsExactlyElementsOf(store.scenarios().stream().map(Scenario::id).sorted().toList());
  }

  @Test
  void answersAreThoseOfTheLibraryAndWhatCannotBeReadIsLeftAside() throws Exception {
    StringBuilder rows = LibraryAnswers.table(store);
    Files.writeString(folder.resolve("broken.wav"), "RIFF, but no sound");
    rows.append("broken,broken.wav,,\nmissing,nowhere.wav,,\n");
    Path table = Files.writeString(folder.resolve("clips.csv"), rows);
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
    LibraryAnswers.requireIn(store, LibraryAnswers.byId(reader, to.resolve("answers")));
    Map<String, Row> aside = LibraryAnswers.byId(reader, to.resolve("quarantine"));
    assertThat(aside).containsOnlyKeys("broken", "missing");
    assertThat(aside.get("missing").<String>getAs("reason"))
        .contains("nowhere.wav: does not exist");
  }

  @Test
  void whatExecutorsEncodeIsWhatTrainingEncodesToTheByte() throws Exception {
    Path trained = folder.resolve("trained");
    TrainingRun.Result unused =
        new TrainingRun(
                TrainConfig.defaults().withSchedule(8, 1, 0),
                store.folder(),
                WEIGHTS.resolve("seld"),
                WEIGHTS.resolve("resnet50"),
                folder.resolve("model"),
                trained,
                "cpu",
                1)
            .run(false, Progress.SILENT);
    Path encoded = folder.resolve("encoded");
    String said =
        SparkProcess.in(folder)
            .run(
                "encode",
                "--data",
                store.folder(),
                "--cache",
                encoded,
                "--shard-size",
                8,
                "--to",
                folder.resolve("encoding"),
                "--master",
                SparkProcess.CLUSTER);
    assertThat(said).contains("9 encoded scenes in 2 shards, 0 quarantined", "executor ");
    assertThat(said).doesNotContain("executor driver");
    assertThat(FolderContents.of(encoded)).hasSize(2).isEqualTo(FolderContents.of(trained));
  }
}
