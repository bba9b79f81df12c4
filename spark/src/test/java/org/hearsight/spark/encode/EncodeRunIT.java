package org.hearsight.spark.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.learning.train.TrainConfig;
import org.hearsight.learning.train.TrainingRun;
import org.hearsight.spark.FolderContents;
import org.hearsight.spark.shard.ShardedJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenes encoded in shards, beside what a training of one machine encodes. */
class EncodeRunIT {
  private static final TrainConfig CONFIG = TrainConfig.defaults().withSchedule(8, 1, 0);
  private static final Path SELD = Path.of("..", "weights", "seld");
  private static final Path RESNET50 = Path.of("..", "weights", "resnet50");

  /** Six scenes of training, twice as each is seen in a mirror, and two of validation. */
  private static final int SCENES = 14;

  @TempDir private static Path shared;
  private static ScenarioStore store;
  private static Path trained;
  private static SparkSession spark;

  @TempDir private Path folder;

  /** Notes what was begun. */
  private static final class Begun implements Progress {
    private final List<String> names = new ArrayList<>();

    @Override
    public Task begin(String name, long total) {
      names.add(name);
      return amount -> {};
    }

    @Override
    public void note(String line) {}
  }

  @BeforeAll
  static void onOneMachine() {
    SimulatorConfig config = SimulatorConfig.of(new RunOptions(6, 2, 0, 3, 2));
    store = Simulator.generate(config, shared.resolve("data"), Progress.SILENT);
    trained = shared.resolve("trained");
    assertThat(train(store.folder(), shared.resolve("model"), trained)).contains("encode");
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  private static List<String> train(Path data, Path to, Path cache) {
    Begun begun = new Begun();
    TrainingRun.Result unused =
        new TrainingRun(CONFIG, data, SELD, RESNET50, to, cache, "cpu", 2).run(false, begun);
    return begun.names;
  }

  private ShardedJob.Manifest encode(Path data) {
    return new EncodeRun(CONFIG, data, SELD, RESNET50, cache(), job().toString(), 8)
        .run(spark, Progress.SILENT);
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private Path job() {
    return folder.resolve("job");
  }

  @Test
  void trainingFindsTheBytesThatItWouldHaveWritten() throws IOException {
    ShardedJob.Manifest done = encode(store.folder());

    assertThat(done.records()).isEqualTo(SCENES);
    assertThat(done.shards()).hasSize(2);
    assertThat(FolderContents.of(cache())).hasSize(2).isEqualTo(FolderContents.of(trained));
    Path model = folder.resolve("model");
    assertThat(train(store.folder(), model, cache())).doesNotContain("encode", "places");
    assertThat(FolderContents.of(cache())).isEqualTo(FolderContents.of(trained));
    assertThat(ModelBundle.weights(model))
        .hasSameBinaryContentAs(ModelBundle.weights(shared.resolve("model")));
  }

  @Test
  void whatIsLostOnTheWayIsMadeAgainAndWhatIsThereStays() throws IOException {
    ShardedJob.Manifest first = encode(store.folder());
    Path encoded = only(cache(), "encoded-");
    Path places = only(cache(), "places-");
    // A gathering that was stopped amid a record, and a lost shard.
    try (RandomAccessFile file = new RandomAccessFile(encoded.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    Files.delete(places);
    Files.delete(job().resolve("encoded/shard-00001.bin"));

    assertThat(encode(store.folder())).isEqualTo(first);
    assertThat(FolderContents.of(cache())).isEqualTo(FolderContents.of(trained));
  }

  @Test
  void aShardThatIsNotTheFileThatWasWrittenIsRefused() throws IOException {
    encode(store.folder());
    Path shard = job().resolve("encoded/shard-00000.bin");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2] ^= 1;
    Files.write(shard, bytes);
    // Nobody needs it as long as its records are in the cache.
    encode(store.folder());
    Files.delete(only(cache(), "encoded-"));

    assertThatThrownBy(() -> encode(store.folder()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("encoded/shard-00000.bin: is not the file that was written");
  }

  @Test
  void aSceneThatCannotBeReadIsRefusedWithTheLineOfTraining() throws IOException {
    ScenarioStore broken =
        Simulator.generate(
            SimulatorConfig.of(new RunOptions(6, 2, 0, 3, 2)),
            folder.resolve("data"),
            Progress.SILENT);
    Path wav = broken.resolve(broken.scenarios().get(4).files().audio());
    Files.write(wav, java.util.Arrays.copyOf(Files.readAllBytes(wav), 1000));
    InputException training =
        catchThrowableOfType(
            InputException.class,
            () -> train(broken.folder(), folder.resolve("model"), folder.resolve("other")));

    assertThat(training).hasMessageStartingWith(wav + ": is not as it was when");
    assertThatThrownBy(() -> encode(broken.folder()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 of 2 shards were not made: " + training.getMessage());
    assertThat(job().resolve("manifest.json")).doesNotExist();
    assertThat(cache()).doesNotExist();
  }

  @Test
  void fromScratchNothingOfSoundIsFrozen() {
    TrainConfig scratch = CONFIG.with("encoder.from_scratch", true);
    EncodeRun run =
        new EncodeRun(scratch, store.folder(), SELD, RESNET50, cache(), job().toString(), 8);
    assertThatThrownBy(() -> run.run(spark, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("encoder.from_scratch: leaves no frozen encoder");
    assertThat(job()).doesNotExist();
  }

  @Test
  void batchesBeginWhereTheyDoOnOneMachine() {
    assertThatThrownBy(
            () -> new EncodeRun(CONFIG, store.folder(), SELD, RESNET50, cache(), "job", 12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("shard size: 12 is not a multiple of 8");
  }

  private static Path only(Path folder, String prefix) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> found = files.filter(f -> f.getFileName().toString().startsWith(prefix)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }
}
