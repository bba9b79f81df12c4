package org.hearsight.learning.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.SeldCard;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.DistanceForm;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.model.SeldNet;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeldPretrainingIT {
  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void write() {
    data = folder.resolve("data");
    TinySeldData.write(data, 24, 6);
  }

  private static SeldPretrainConfig config(int epochs) {
    return config(8, epochs, 50, 2e-3, true);
  }

  private static SeldPretrainConfig config(
      int batch, int epochs, int patience, double rate, boolean cosine) {
    return SeldPretrainConfig.baseline()
        .with(
            Map.of(
                "data.window_seconds", 1,
                "network.distance", DistanceForm.LOG,
                "optimizer.batch", batch,
                "schedule.epochs", epochs,
                "schedule.patience", patience,
                "schedule.rate", rate,
                "schedule.cosine", cosine));
  }

  private SeldPretraining.Result train(String to, int epochs, boolean resume, Progress progress) {
    return train(to, null, epochs, resume, progress);
  }

  private SeldPretraining.Result train(
      String to, Path from, int epochs, boolean resume, Progress progress) {
    return new SeldPretraining(
            config(epochs), data, null, folder.resolve(to), folder.resolve("cache"), from, "cpu", 1)
        .run(resume, progress);
  }

  @Test
  void aNetworkLearnsAndBecomesAnEncoder() {
    SeldPretraining.Result result = train("encoder", 6, false, Progress.SILENT);

    assertThat(result.history()).hasSize(6);
    assertThat(result.history().get(5).trainLoss())
        .isLessThan(0.7 * result.history().get(0).trainLoss());
    assertThat(result.history().get(5).validationLoss())
        .isLessThan(result.history().get(0).validationLoss());

    Path report = folder.resolve("encoder/pretraining.json");
    assertThat(Settings.read(report, SeldPretrainConfig.baseline())).isEqualTo(config(6));
    EncoderFolder encoder = EncoderFolder.open(folder.resolve("encoder"), EncoderCard.SELDNET);
    assertThat(encoder.card().pretrained()).isTrue();
    assertThat(encoder.card().hasHead()).isTrue();
    assertThat(encoder.card().seld().classes()).containsExactly("hiss", "hum");
    assertThat(encoder.card().seld().distance()).isEqualTo(DistanceForm.LOG);
    try (NDManager manager = TorchEngine.start(1).newManager(Device.cpu())) {
      SeldNet net = EncoderImport.load(encoder, manager);
      assertThat(net.config().outputs()).isEqualTo(24);
    }
  }

  @Test
  void aStoppedRunGoesOnToTheSameBytes() throws IOException {
    train("whole", 3, false, Progress.SILENT);
    assertThatThrownBy(() -> train("stopped", 3, false, new StopAfter(1)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.exists(folder.resolve("stopped/encoder.json"))).isFalse();
    assertThatThrownBy(() -> train("stopped", 3, false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--resume");

    train("stopped", 3, true, Progress.SILENT);

    for (String file : new String[] {"weights.safetensors", "epochs.csv", "encoder.json"}) {
      assertThat(folder.resolve("stopped").resolve(file))
          .as(file)
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
  }

  /** Other devices, gaps and the names of what sounds: learned with, resumed, and thrown away. */
  @Test
  void whatHelpsTrainingIsNotInTheEncoderAndResumesToTheSameBytes() throws IOException {
    SeldPretrainConfig config =
        config(3)
            .with(
                Map.of(
                    "loss.tags", 0.5,
                    "augmentation.response", 4,
                    "augmentation.gain", 6,
                    "augmentation.masks", 2));
    train(config, "whole");
    assertThatThrownBy(() -> train(config, "stopped", false, new StopAfter(1)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    train(config, "stopped", true, Progress.SILENT);
    train("plain", 3, false, Progress.SILENT);

    Path weights = folder.resolve("whole/weights.safetensors");
    assertThat(folder.resolve("stopped/weights.safetensors")).hasSameBinaryContentAs(weights);
    Set<String> names = StateDict.ours(weights, "").tensors().keySet();
    assertThat(names)
        .isEqualTo(
            StateDict.ours(folder.resolve("plain/weights.safetensors"), "").tensors().keySet());
    assertThat(Files.mismatch(weights, folder.resolve("plain/weights.safetensors")))
        .isNotEqualTo(-1);
  }

  /** At a rate that spoils the network sooner or later, with two epochs of patience. */
  @Test
  void trainingStopsWhenTheSeldErrorFallsNoMoreAndKeepsTheBest() {
    SeldPretrainConfig impatient = config(8, 30, 2, 2e-2, false);
    SeldPretraining.Result result = train(impatient, "early");

    List<SeldEpoch> history = result.history();
    int best = result.bestEpoch();
    assertThat(history).hasSizeLessThan(30).hasSize(best + 2);
    double least = history.stream().mapToDouble(SeldEpoch::seldError).min().orElseThrow();
    assertThat(history.get(best - 1).seldError()).isEqualTo(least);

    SeldPretrainConfig whole = config(8, best, 2, 2e-2, false);
    train(whole, "whole");
    assertThat(StateDict.read(folder.resolve("early/weights.safetensors")).tensors())
        .usingRecursiveComparison()
        .isEqualTo(StateDict.read(folder.resolve("whole/weights.safetensors")).tensors());
  }

  private SeldPretraining.Result train(SeldPretrainConfig config, String to) {
    return train(config, to, false, Progress.SILENT);
  }

  private SeldPretraining.Result train(
      SeldPretrainConfig config, String to, boolean resume, Progress progress) {
    return new SeldPretraining(
            config, data, null, folder.resolve(to), folder.resolve("cache"), null, "cpu", 1)
        .run(resume, progress);
  }

  @Test
  void aRunThatDivergesIsRefused() {
    SeldPretrainConfig wild = config(8, 3, 2, 1e30, false);
    assertThatThrownBy(() -> train(wild, "wild"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the loss is not a finite number")
        .hasMessageContaining("--learning-rate");
    assertThat(folder.resolve("wild/encoder.json")).doesNotExist();
  }

  /** A step an epoch: the loss before it is a number, what the network says after it is none. */
  @Test
  void aRunThatDivergesInItsLastStepIsRefused() {
    SeldPretrainConfig wild = config(64, 1, 2, 1e30, false);
    assertThatThrownBy(() -> train(wild, "wild"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("epoch 1: the validation loss is not a finite number")
        .hasMessageContaining("--learning-rate");
    assertThat(folder.resolve("wild")).doesNotExist();
  }

  /** One window an epoch and weights that stand still: what differs is what dropout leaves out. */
  @Test
  void masksDifferFromEpochToEpoch() {
    TinySeldData.write(folder.resolve("one"), 1, 1);
    SeldPretrainConfig still =
        config(8, 3, 50, 1e-30, false)
            .with(Map.of("augmentation.swaps", false, "network.dropout", 0.3));
    List<SeldEpoch> history =
        new SeldPretraining(
                still,
                folder.resolve("one"),
                null,
                folder.resolve("still"),
                folder.resolve("cache"),
                null,
                "cpu",
                1)
            .run(false, Progress.SILENT)
            .history();
    assertThat(history.stream().map(SeldEpoch::trainLoss).distinct()).hasSize(3);
  }

  /** Killed between the two files, and nothing left to train. */
  @Test
  void theTableOfEpochsIsMendedOnResuming() throws IOException {
    train("run", 1, false, Progress.SILENT);
    Path table = folder.resolve("run/epochs.csv");
    byte[] whole = Files.readAllBytes(table);
    Files.delete(table);
    train("run", 1, true, Progress.SILENT);
    assertThat(table).hasBinaryContent(whole);
  }

  @Test
  void aDamagedStateIsRefusedWithARemedyThatWorks() throws IOException {
    train("run", 1, false, Progress.SILENT);
    Path state = folder.resolve("run/pretraining.safetensors");
    byte[] good = Files.readAllBytes(state);
    byte[] bad = good.clone();
    bad[bad.length - 5] ^= 1;
    for (byte[] damaged : new byte[][] {bad, Arrays.copyOf(good, 5000), new byte[0]}) {
      Files.write(state, damaged);
      assertThatThrownBy(() -> train("run", 1, true, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(state + ": ")
          .hasMessageEndingWith("; delete it and give the command without --resume to train anew");
    }
    Files.delete(state);
    Files.delete(folder.resolve("run/encoder.json"));
    train("run", 1, false, Progress.SILENT);
    assertThat(state).hasBinaryContent(good);
  }

  /** The same weights under another scaler hear other features. */
  @Test
  void aRunIsNotGoneOnWithUnderAnotherScaler() throws IOException {
    train("first", 1, false, Progress.SILENT);
    Path from = folder.resolve("first");
    assertThatThrownBy(() -> train("next", from, 2, false, new StopAfter(1)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    rescale(from);

    assertThatThrownBy(() -> train("next", from, 2, true, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fingerprint: the run was started with other options or data");
  }

  private static void rescale(Path encoder) {
    EncoderCard c = EncoderFolder.open(encoder, EncoderCard.SELDNET).card();
    List<Float> mean = new ArrayList<>(c.seld().scaler().mean());
    mean.set(0, mean.get(0) + 1);
    FeatureScaler other = new FeatureScaler(mean, c.seld().scaler().std());
    SeldCard seld = new SeldCard(c.seld().classes(), c.seld().distance(), other);
    EncoderFolder written =
        EncoderFolder.finish(
            encoder,
            new EncoderCard(
                EncoderCard.FORMAT_VERSION,
                c.kind(),
                c.width(),
                c.inputs(),
                true,
                true,
                c.source(),
                "",
                seld,
                null));
    assertThat(written.card().seld().scaler()).isEqualTo(other);
  }

  @Test
  void anEncoderThatNoRunHereMadeStaysAsItIs() throws IOException {
    EncoderImport.untrainedSeld(TorchEngine.start(1), 1, folder.resolve("imported"));
    byte[] before = Files.readAllBytes(folder.resolve("imported/weights.safetensors"));
    for (Path from : new Path[] {null, folder.resolve("imported")}) {
      assertThatThrownBy(() -> train("imported", from, 1, false, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("holds a finished encoder already; choose another folder");
    }
    assertThat(folder.resolve("imported/weights.safetensors")).hasBinaryContent(before);
  }

  @Test
  void twoRunsIntoOneFolderAreNotStarted() {
    try (FolderLock other = FolderLock.take(folder.resolve("encoder"), "pretrain")) {
      assertThat(other).isNotNull();
      assertThatThrownBy(() -> train("encoder", 1, false, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is being written by another process (pretrain, process ");
    }
    assertThat(folder.resolve("encoder")).doesNotExist();
  }

  /** Sound that was mended in place, its length kept, is computed anew. */
  @Test
  void soundsThatChangedAreNoticed() throws IOException {
    train(config(1), "first");
    Path wav = folder.resolve("data/foa_dev/dev-train-sim/fold3_room1_mix000.wav");
    byte[] bytes = Files.readAllBytes(wav);
    bytes[2000] ^= 1;
    Files.write(wav, bytes);
    train(config(1), "second");
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertThat(files).as("of two data sets, two splits each").hasSize(4);
    }
  }

  @Test
  void recordingsUnderASecondAreNothingToLearnFrom() {
    Path blinks = folder.resolve("blinks");
    TinySeldData.write(blinks, 2, 1, 6);
    assertThatThrownBy(
            () ->
                new SeldPretraining(
                        config(1),
                        blinks,
                        null,
                        folder.resolve("to"),
                        folder.resolve("cache"),
                        null,
                        "cpu",
                        1)
                    .run(false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("split train: no recording is a second long");
  }

  @Test
  void trainingGoesOnFromAnotherNetwork() {
    SeldPretraining.Result first = train("first", 4, false, Progress.SILENT);
    SeldPretraining.Result next = train("next", folder.resolve("first"), 1, false, Progress.SILENT);
    assertThat(next.history().get(0).trainLoss()).isLessThan(first.history().get(0).trainLoss());
    assertThat(next.folder().card().seld().scaler())
        .isEqualTo(first.folder().card().seld().scaler());
  }

  @Test
  void aModelsFolderIsRefused() throws IOException {
    Path model = folder.resolve("model");
    Files.createDirectories(model);
    Files.writeString(model.resolve("model.json"), "{}");
    assertThatThrownBy(() -> train("model", 1, false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds a trained model (model.json); choose another folder");
    assertThat(model.resolve("weights.safetensors")).doesNotExist();
  }

  @Test
  void anotherRunsFolderIsRefused() {
    train("encoder", 1, false, Progress.SILENT);
    assertThatThrownBy(() -> train("encoder", 2, true, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("other options");
  }

  /** Interrupts the thread that trains after some epochs' notes. */
  private static final class StopAfter implements Progress {
    private int left;

    StopAfter(int epochs) {
      left = epochs;
    }

    @Override
    public Task begin(String name, long total) {
      return amount -> {};
    }

    @Override
    public void note(String line) {
      if (line.startsWith("epoch") && --left == 0) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
