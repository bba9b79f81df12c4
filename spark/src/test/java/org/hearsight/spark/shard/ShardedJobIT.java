package org.hearsight.spark.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job's folder holds when shards fail, the driver begins again, or files are lost. */
class ShardedJobIT {
  private static final int SHARDS = 4;
  private static SparkSession spark;

  @TempDir private Path home;
  private Path to;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void place() {
    to = home.resolve("job");
  }

  /**
   * Writes a shard's number, and notes beside the job that it was made.
   *
   * @param log folder of the notes
   * @param broken shard that fails as long as there is no file "mended" in it
   */
  private record Numbers(String log, int broken) implements ShardTask {
    private static final long serialVersionUID = 1L;

    @Override
    public Made make(int shard, Workbench bench) throws IOException {
      if (shard == broken && !Files.exists(Path.of(log, "mended"))) {
        throw new IOException("No space left on device");
      }
      Files.writeString(
          Files.createTempFile(Path.of(log), "made-", ".txt"), Integer.toString(shard));
      Path file = Files.writeString(bench.folder().resolve("x"), "shard " + shard);
      return new Made(List.of(new Made.Part(Made.name("numbers", shard, ".txt"), file)), 1, 0);
    }
  }

  private ShardedJob.Manifest run(int seed, int broken) {
    JobFolder folder = JobFolder.open(to.toString(), spark.sparkContext().hadoopConfiguration());
    return new ShardedJob(folder, Json.object().put("job", "numbers").put("seed", seed), SHARDS)
        .run(spark.sparkContext(), new Numbers(home.toString(), broken), Progress.SILENT);
  }

  private List<String> made() throws IOException {
    List<String> made = new ArrayList<>();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(f -> f.getFileName().toString().endsWith(".txt")).toList()) {
        made.add(Files.readString(file));
      }
    }
    return made.stream().sorted().toList();
  }

  @Test
  void everyShardIsThereOnceAndAFinishedJobIsLeftAlone() throws Exception {
    ShardedJob.Manifest first = run(1, -1);
    assertThat(first.records()).isEqualTo(SHARDS);
    assertThat(to.resolve("numbers/shard-00003.txt")).hasContent("shard 3");
    try (Stream<Path> left = Files.list(to)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("plan.json", "manifest.json", "numbers");
    }
    assertThat(run(1, -1)).isEqualTo(first);
    assertThat(made()).containsExactly("0", "1", "2", "3");
    assertThatThrownBy(() -> run(2, -1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("plan.json: seed: was 1, now 2");
  }

  @Test
  void whatFailedIsMadeByTheNextDriverAndWhatWasDoneIsNot() throws Exception {
    assertThatThrownBy(() -> run(1, SHARDS - 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("of 4 shards were not made: No space left on device")
        .hasMessageContaining("run the same command again to go on");
    assertThat(to.resolve("manifest.json")).doesNotExist();
    List<String> done = new ArrayList<>();
    try (Stream<Path> entries = Files.list(to.resolve("done"))) {
      entries.forEach(e -> done.add(e.getFileName().toString().replaceAll("\\D+0*(?=\\d)", "")));
    }
    List<String> before = made();
    assertThat(done).isNotEmpty().doesNotContain("3.json");
    Files.createFile(home.resolve("mended"));
    assertThat(run(1, SHARDS - 1).records()).isEqualTo(SHARDS);
    List<String> after = new ArrayList<>(made());
    before.forEach(after::remove); // what the second driver made
    assertThat(after).contains("3").doesNotContainAnyElementsOf(numbers(done));
  }

  private static List<String> numbers(List<String> entries) {
    return entries.stream().map(e -> e.replace(".json", "")).toList();
  }

  @Test
  void aLostFileIsMadeAgain() throws Exception {
    ShardedJob.Manifest first = run(1, -1);
    Files.delete(to.resolve("numbers/shard-00001.txt"));
    assertThat(run(1, -1)).isEqualTo(first);
    assertThat(to.resolve("numbers/shard-00001.txt")).hasContent("shard 1");
    assertThat(made()).containsExactly("0", "1", "1", "2", "3");
  }

  @Test
  void aFolderWithSomethingElseIsRefused() throws Exception {
    Files.createDirectory(to);
    Files.writeString(to.resolve("thesis.tex"), "");
    assertThatThrownBy(() -> run(1, -1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not empty and holds no job");
    assertThat(made()).isEmpty();
  }
}
