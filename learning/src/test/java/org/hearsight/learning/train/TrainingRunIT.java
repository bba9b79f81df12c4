package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.progress.Progress;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.Test;

/** What a training run leaves in its folders, and which it takes. */
class TrainingRunIT extends TrainedBundle {
  @Test
  void theSameSeedGivesTheSameBytesEvenAfterAStop() throws IOException {
    Path cache = folder.resolve("cache");
    Path to = folder.resolve("model");
    Progress stop =
        Progress.notes(
            line -> {
              throw new CancellationException(line);
            });
    assertThatThrownBy(() -> run(CONFIG, to, cache).run(false, stop))
        .isInstanceOf(CancellationException.class)
        .hasMessageStartingWith("epoch  1/2");
    assertThat(to.resolve("model.json")).as("no model before the end").doesNotExist();

    TrainingRun.Result resumed = run(CONFIG, to, cache).run(true, Progress.SILENT);

    assertThat(resumed.trained()).isEqualTo(first.trained());
    for (String name :
        List.of(
            "training/weights.safetensors",
            "model.json",
            "training/epochs.csv",
            "seld_encoder.onnx",
            "visual_encoder.onnx",
            "imagination.onnx")) {
      assertThat(to.resolve(name)).hasSameBinaryContentAs(first.bundle().folder().resolve(name));
    }
    Path file = onlyFile(cache);
    assertThat(file).hasSameBinaryContentAs(onlyFile(shared.resolve("cache")));
  }

  @Test
  void twoRunsIntoOneFolderAreNotStarted() {
    Path to = folder.resolve("model");
    try (FolderLock other = FolderLock.take(to, "train")) {
      assertThat(other).isNotNull();
      assertThatThrownBy(() -> run(CONFIG, to, folder.resolve("cache")).run(false, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(to + ": is being written by another process (train, process ");
    }
    assertThat(to).doesNotExist();
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void dataThatTurnOutDamagedLeaveNoFolder() throws IOException {
    ScenarioStore damaged = TinyStore.write(folder.resolve("data"), 4, 2, 0);
    Path sound = damaged.resolve(damaged.scenarios(Split.VALIDATION).get(0).files().audio());
    Files.write(sound, Arrays.copyOf(Files.readAllBytes(sound), 5000));
    Path to = folder.resolve("model");
    TrainingRun run =
        new TrainingRun(
            CONFIG,
            damaged.folder(),
            seld.folder(),
            resnet50.folder(),
            to,
            folder.resolve("cache"),
            "cpu",
            1);

    assertThatThrownBy(() -> run.run(false, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sound.toString());

    assertThat(to).doesNotExist();
  }

  @Test
  void anotherRunsFolderStaysAsItIs() throws IOException {
    Path model = first.bundle().folder();
    EncoderFolder other =
        EncoderImport.untrainedResnet50(engine, 2, folder.resolve("other-resnet50"));
    Map<Path, FileTime> before = times(model);

    for (boolean resume : new boolean[] {false, true}) {
      TrainingRun wrong =
          new TrainingRun(
              CONFIG,
              store.folder(),
              seld.folder(),
              other.folder(),
              model,
              folder.resolve("cache"),
              "cpu",
              1);
      assertThatThrownBy(() -> wrong.run(resume, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(TrainingRun.folder(model).state() + ": ")
          .hasMessageContaining(resume ? "fingerprint" : "--resume");
    }
    assertThatThrownBy(
            () ->
                run(CONFIG.withSeed(9), model, shared.resolve("cache")).run(true, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("other options");

    assertThat(times(model)).isEqualTo(before);
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  /** As {@code export --serving} writes it, or with the state deleted. */
  @Test
  void aModelWithoutTheStateOfItsRunStaysAsItIs() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.copy(first.bundle().folder().resolve("model.json"), model.resolve("model.json"));
    for (boolean resume : new boolean[] {false, true}) {
      assertThatThrownBy(
              () -> run(CONFIG, model, folder.resolve("cache")).run(resume, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessage(model + ": holds a trained model; choose another folder, or delete it");
    }
    assertThat(model.toFile().list()).containsExactly("model.json");
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  private static Map<Path, FileTime> times(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Map<Path, FileTime> times = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
      return times;
    }
  }

  @Test
  void aDamagedEncodingIsMadeAgainAndOtherDataIsEncodedAnew() throws IOException {
    ScenarioStore small = TinyStore.write(folder.resolve("data"), 4, 2, 0);
    Path cache = folder.resolve("cache");
    Path to = folder.resolve("model");
    TrainingRun run =
        new TrainingRun(
            CONFIG.withSchedule(4, 1, 0),
            small.folder(),
            seld.folder(),
            resnet50.folder(),
            to,
            cache,
            "cpu",
            1);
    run.run(false, Progress.SILENT);
    Path file = onlyFile(cache);
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    int records = small.scenarios().size() + small.scenarios(Split.TRAIN).size();
    int header = 512;
    bad[header + 6 * ((good.length - header) / records) - 1000] ^= 1;
    Files.write(file, bad);
    ModelBundle.delete(to);

    List<String> notes = new ArrayList<>();
    run.run(false, Progress.notes(notes::add));
    assertThat(notes)
        .contains("encoded data were damaged: the last " + (records - 5) + " are made again");
    assertThat(file).hasBinaryContent(good);

    TinyStore.write(small.folder(), 4, 3, 0);
    ModelBundle.delete(to);
    run.run(false, Progress.SILENT);
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files).as("old and new").hasSize(2).contains(file);
    }
  }

  @Test
  void mirrorsAreAddedToAnEncodingThatCameWithoutThem() throws IOException {
    Path cache = folder.resolve("cache");
    TrainConfig once = CONFIG.withSchedule(6, 1, 0);
    run(once.withShares(0, 0.1, 0.2), folder.resolve("plain"), cache).run(false, Progress.SILENT);
    long plain = Files.size(onlyFile(cache));
    run(once, folder.resolve("mirrored"), cache).run(false, Progress.SILENT);

    assertThat(Files.size(onlyFile(cache))).isGreaterThan(plain);
    assertThat(onlyFile(cache)).hasSameBinaryContentAs(onlyFile(shared.resolve("cache")));
  }

  @Test
  void theCardSaysWhatTheModelIs() {
    var card = ModelBundle.open(first.bundle().folder()).card();
    assertThat(card.taxonomy()).isEqualTo(TinyStore.TAXONOMY);
    assertThat(card.clipSeconds()).isEqualTo(1);
    assertThat(card.audio().pretrained()).isFalse();
    assertThat(card.temperature()).isBetween(0.05, 20.0).isEqualTo(first.trained().temperature());
    assertThat(card.provenance().get("config").get("seed").asLong()).isEqualTo(1);
    assertThat(card.provenance().get("best_epoch").asInt()).isEqualTo(first.trained().bestEpoch());
  }

  /** As {@code --config model.json}: the card keeps all that can be set. */
  @Test
  void theConfigurationOfAModelGivesTheSameBytesAgain() {
    Path card = first.bundle().folder().resolve("model.json");
    TrainConfig given = Settings.read(card, TrainConfig.defaults());
    assertThat(given).isEqualTo(CONFIG);

    ModelBundle again =
        run(given, folder.resolve("again"), shared.resolve("cache"))
            .run(false, Progress.SILENT)
            .bundle();

    assertThat(again.folder().resolve("model.json")).hasSameBinaryContentAs(card);
    assertThat(again.weights()).hasSameBinaryContentAs(first.bundle().weights());
  }
}
