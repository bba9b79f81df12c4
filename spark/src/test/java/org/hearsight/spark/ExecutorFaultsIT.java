package org.hearsight.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What befalls executor processes, done to real ones: nothing is lost, nothing is there twice, and
 * what comes out is what one machine makes.
 */
class ExecutorFaultsIT {
  private static final RunOptions SMALL = new RunOptions(4, 1, 1, 7, 2);
  private static final int SCENARIOS = 6;
  private static final Object[] SIMULATE = {
    "simulate", "--train", 4, "--validation", 1, "--test", 1, "--seed", 7, "--shard-size", 1
  };
  private static final long LOOK_MILLIS = 20;

  @TempDir private static Path shared;
  private static ScenarioStore store;

  @TempDir private Path folder;

  @BeforeAll
  static void onOneMachine() {
    store = Simulator.generate(SimulatorConfig.of(SMALL), shared.resolve("one"), Progress.SILENT);
  }

  @Test
  void anExecutorIsKilledInMidJob() throws Exception {
    Path shards = folder.resolve("shards");
    SparkProcess jobs = SparkProcess.in(folder);
    Process job = jobs.start(words(SIMULATE, "--to", shards, "--master", SparkProcess.CLUSTER));
    while (count(shards.resolve("done")) == 0) {
      assertThat(job.isAlive()).as(jobs.said()).isTrue();
      Thread.sleep(LOOK_MILLIS);
    }
    // All have a shard in hand as long as there are more shards than executors.
    List<ProcessHandle> executors = SparkProcess.executors(job);
    assertThat(executors).hasSize(2);
    assertThat(executors.get(0).destroyForcibly()).isTrue();
    ProcessHandle dead = executors.get(0).onExit().get();
    assertThat(dead.isAlive()).isFalse();
    assertThat(shards.resolve("manifest.json")).doesNotExist();

    assertThat(jobs.ended(job, 0)).contains("6 scenarios in 6 shards, 0 quarantined");
    requireOneMachineStore(shards);
  }

  @Test
  void aClipEndsTheJvmAgainAndAgain() throws Exception {
    Path clips = Files.createDirectory(folder.resolve("clips"));
    Path poison = Files.writeString(clips.resolve("poison.wav"), PoisonedSounds.POISON);
    StringBuilder rows = LibraryAnswers.table(store);
    // Amid others, which share its shard and its batch.
    int line = rows.indexOf("\n", rows.indexOf("\n") + 1) + 1;
    rows.insert(line, "poison," + poison + ",,\n");
    Path table = Files.writeString(folder.resolve("clips.csv"), rows);
    Path to = folder.resolve("answers");
    String[] hook = PoisonedSounds.options(folder.resolve("hook"));

    String said =
        SparkProcess.in(folder)
            .run(
                "imagine",
                hook[0],
                hook[1],
                "--shard-size",
                4,
                "--input",
                table,
                "--to",
                to,
                "--master",
                SparkProcess.CLUSTER);

    assertThat(said).contains("6 answers in 2 shards, 1 quarantined");
    assertThat(PoisonedSounds.deaths(clips)).isEqualTo(3);
    requireNothingBeside(to);
    try (SparkSession reader =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()) {
      Map<String, Row> aside = LibraryAnswers.byId(reader, to.resolve("quarantine"));
      assertThat(aside).containsOnlyKeys("poison");
      assertThat(aside.get("poison").<String>getAs("reason"))
          .isEqualTo("ended the JVM 3 times; left aside");
      LibraryAnswers.requireIn(store, LibraryAnswers.byId(reader, to.resolve("answers")));
    }
  }

  @Test
  void aSceneToEncodeEndsTheJvmAgainAndAgain() throws Exception {
    ScenarioStore data =
        Simulator.generate(SimulatorConfig.of(SMALL), folder.resolve("data"), Progress.SILENT);
    // One whose mirror is in the same shard, and not the first, whose length the driver reads.
    Path poison = data.resolve(data.scenarios().get(1).files().audio());
    Files.writeString(poison, PoisonedSounds.POISON);
    withoutChecksums(data.folder());
    Path to = folder.resolve("encoding");
    SparkProcess jobs = SparkProcess.in(folder);
    String[] hook = PoisonedSounds.options(folder.resolve("hook"));

    Process job =
        jobs.start(
            "encode",
            hook[0],
            hook[1],
            "--shard-size",
            8,
            "--data",
            data.folder(),
            "--to",
            to,
            "--master",
            SparkProcess.CLUSTER);

    assertThat(jobs.ended(job, 1))
        .contains("1 of 2 shards were not made: " + poison + ": ended the JVM 3 times");
    assertThat(PoisonedSounds.deaths(poison.getParent())).isEqualTo(3);
    assertThat(to.resolve("manifest.json")).doesNotExist();
    assertThat(count(to.resolve("done"))).isEqualTo(1);
    assertThat(data.folder().resolve("encoded")).doesNotExist();
  }

  @Test
  void theDiskOfAnExecutorIsFull() throws Exception {
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    Path small = Files.createDirectory(scratch.resolve("0"));
    // In a mount namespace of its own, so that it goes with the job's processes.
    String[] mounted = {
      "unshare",
      "--mount",
      "sh",
      "-c",
      "mount -t tmpfs -o size=64k none '" + small + "' && exec \"$@\"",
      "sh"
    };
    assumeTrue(succeeds(mounted), "only root mounts file systems");
    Path shards = folder.resolve("shards");
    FileTime started = FileTime.from(Instant.now());

    String said =
        SparkProcess.in(folder, mounted)
            .run(
                words(
                    SIMULATE,
                    "--to",
                    shards,
                    "--conf",
                    "spark.hearsight.scratch=" + scratch + "/{executor}",
                    // Both get shards from the beginning.
                    "--conf",
                    "spark.cores.max=2",
                    "--conf",
                    "spark.scheduler.minRegisteredResourcesRatio=1.0",
                    "--conf",
                    "spark.scheduler.maxRegisteredResourcesWaitingTime=600s",
                    "--master",
                    SparkProcess.CLUSTER));

    assertThat(SparkProcess.logged(started, 0)).contains("No space left on device");
    assertThat(said).contains("6 scenarios in 6 shards, 0 quarantined", "executor 1: 6 shards");
    assertThat(small).isEmptyDirectory();
    requireOneMachineStore(shards);
  }

  /** Makes a data set one that was written by hand: nothing tells that a file is another now. */
  private static void withoutChecksums(Path data) throws IOException {
    Path header = data.resolve("dataset.json");
    ObjectNode fields = Json.MAPPER.readValue(header.toFile(), ObjectNode.class);
    assertThat(fields.remove("files")).isNotNull();
    Files.writeString(header, Json.page(fields));
    Files.delete(data.resolve("files.sha256"));
  }

  private static boolean succeeds(String... before) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Arrays.asList(before));
    command.add("true");
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  private void requireOneMachineStore(Path shards) throws Exception {
    assertThat(count(shards.resolve("shards"))).isEqualTo(SCENARIOS);
    assertThat(count(shards.resolve("scenarios"))).isEqualTo(SCENARIOS);
    requireNothingBeside(shards);
    Path unpacked = folder.resolve("unpacked");
    String unused = SparkProcess.in(folder).run("unpack", "--from", shards, "--to", unpacked);
    assertThat(FolderContents.of(unpacked)).isEqualTo(FolderContents.of(store.folder()));
  }

  /** Neither marks nor attempts are left of a finished job. */
  private static void requireNothingBeside(Path job) throws IOException {
    try (Stream<Path> left = Files.list(job)) {
      assertThat(left.map(f -> f.getFileName().toString()))
          .contains("plan.json", "manifest.json")
          .doesNotContain("done", "_attempts", "_marks");
    }
  }

  private static long count(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> !f.getFileName().toString().endsWith(".partial")).count();
    }
  }

  private static Object[] words(Object[] first, Object... more) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray();
  }
}
