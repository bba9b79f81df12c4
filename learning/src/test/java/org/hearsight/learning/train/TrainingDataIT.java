package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.progress.Progress;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that changed, do not fit, or meet an earlier model. */
class TrainingDataIT extends NativeTest {
  private static final TrainConfig SEEDS =
      TrainConfig.defaults()
          .withForms(Fusion.SEED, false, LocationForm.SEED, ConfidenceTarget.SEED)
          .withSchedule(6, 1, 0);

  @TempDir private static Path shared;
  private static EncoderFolder seld;
  private static EncoderFolder resnet50;

  @TempDir private Path folder;

  @BeforeAll
  static void encoders() {
    TorchEngine engine = TorchEngine.start(1);
    seld = EncoderImport.untrainedSeld(engine, 1, shared.resolve("seld"));
    resnet50 = EncoderImport.untrainedResnet50(engine, 1, shared.resolve("resnet50"));
  }

  private static TrainingRun run(TrainConfig config, ScenarioStore store, Path to, Path cache) {
    return new TrainingRun(
        config, store.folder(), seld.folder(), resnet50.folder(), to, cache, "cpu", 1);
  }

  @Test
  void aFinishedModelStaysAndAStoppedRunLeavesNone() throws IOException {
    ScenarioStore store = TinyStore.write(folder.resolve("data"), 4, 2, 0);
    Path to = folder.resolve("model");
    Path cache = folder.resolve("cache");
    run(SEEDS, store, to, cache).run(false, Progress.SILENT);
    assertThat(to.resolve("model.json")).exists();
    Files.delete(to.resolve("training/training.safetensors"));

    Progress stop =
        new Progress() {
          @Override
          public Task begin(String name, long total) {
            if (name.startsWith("stage")) {
              throw new CancellationException(name);
            }
            return amount -> {};
          }

          @Override
          public void note(String line) {}
        };
    assertThatThrownBy(() -> run(SEEDS.withSeed(2), store, to, cache).run(false, stop))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds a trained model");
    assertThat(ModelBundle.open(to).folder()).isEqualTo(to);

    // The graphs of the model before lie there still; a stopped run must not make a model of them.
    Files.delete(to.resolve("model.json"));
    assertThatThrownBy(() -> run(SEEDS.withSeed(2), store, to, cache).run(false, stop))
        .isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> ModelBundle.open(to)).isInstanceOf(InputException.class);
  }

  @Test
  void modelsEncodersAndDataKeepApart() throws IOException {
    ScenarioStore store = TinyStore.write(folder.resolve("data"), 4, 2, 0);
    byte[] before = Files.readAllBytes(seld.weights());
    for (Path taken : new Path[] {seld.folder(), store.folder()}) {
      TrainingRun run = run(SEEDS, store, taken, folder.resolve("cache"));
      assertThatThrownBy(() -> run.run(false, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(taken + ": holds ")
          .hasMessageEndingWith("choose another folder");
    }
    assertThat(seld.weights()).hasBinaryContent(before);
    TorchEngine engine = TorchEngine.start(1);
    assertThatThrownBy(() -> EncoderImport.untrainedSeld(engine, 1, store.folder()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds a data set (dataset.json)");
  }

  @Test
  void twoImportsIntoOneFolderAreNotStarted() {
    Path to = folder.resolve("encoder");
    try (FolderLock other = FolderLock.take(to, "import")) {
      assertThat(other).isNotNull();
      assertThatThrownBy(() -> EncoderImport.untrainedSeld(TorchEngine.start(1), 1, to))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(to + ": is being written by another process (import, process ");
    }
    assertThat(to).doesNotExist();
  }

  @Test
  void aSoundThatChangedUnderItsNameIsEncodedAgain() throws IOException {
    ScenarioStore own = TinyStore.write(folder.resolve("own"), 4, 2, 0);
    Path cache = folder.resolve("cache");
    run(SEEDS, own, folder.resolve("before"), cache).run(false, Progress.SILENT);
    Path wav = own.resolve(own.scenarios().get(1).files().audio());
    byte[] sound = Files.readAllBytes(wav);
    sound[sound.length / 2] ^= 8;
    Files.write(wav, sound);
    run(SEEDS, own, folder.resolve("after"), cache).run(false, Progress.SILENT);

    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files).hasSize(2);
    }
  }

  /** 20 of 40 parameters lie below the tokens. */
  @Test
  void anEncoderFreedBelowItsTokensIsRefusedByTheFieldsName() {
    ScenarioStore own = TinyStore.write(folder.resolve("own"), 4, 2, 0);
    Path to = folder.resolve("model");
    TrainConfig wide = SEEDS.with("encoder.frozen_share", 0.49);

    assertThatThrownBy(
            () -> run(wide, own, to, folder.resolve("cache")).run(false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("encoder.frozen_share: frees the encoder below its tokens; ");
    assertThat(to).doesNotExist();
  }

  @Test
  void aRunThatIsRefusedLeavesNoFolder() throws IOException {
    ScenarioStore own = TinyStore.write(folder.resolve("own"), 4, 2, 0);
    Path wav = own.resolve(own.scenarios().get(1).files().audio());
    Files.delete(wav);
    Path to = folder.resolve("model");

    assertThatThrownBy(
            () -> run(SEEDS, own, to, folder.resolve("cache")).run(false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(wav + ": does not exist");
    assertThat(to).doesNotExist();
    // A folder of the user's own stays.
    Files.createDirectory(to);
    assertThatThrownBy(
            () -> run(SEEDS, own, to, folder.resolve("cache")).run(false, Progress.SILENT))
        .isInstanceOf(InputException.class);
    assertThat(to).isEmptyDirectory();
  }

  @Test
  void clipsOfTwoLengthsAreRefusedByName() {
    ScenarioStore own = TinyStore.write(folder.resolve("own"), 4, 2, 0);
    Path wav = own.resolve(own.scenarios().get(3).files().audio());
    float[][] half =
        Arrays.stream(Foa.read(wav).channels())
            .map(c -> Arrays.copyOf(c, c.length / 2))
            .toArray(float[][]::new);
    Wav.write(wav, new Audio(Foa.SAMPLE_RATE, half), Encoding.PCM_16);

    TrainingRun run = run(SEEDS, own, folder.resolve("model"), folder.resolve("cache"));
    assertThatThrownBy(() -> run.run(false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(wav.toString())
        .hasMessageContaining("duration")
        .hasMessageContaining("one length");
  }
}
