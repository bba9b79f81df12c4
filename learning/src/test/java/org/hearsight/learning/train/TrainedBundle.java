package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hearsight.core.audio.AvCrnnFeatures;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.progress.Progress;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A data set, two encoders and a bundle trained on them, on a few scenarios. */
abstract class TrainedBundle extends NativeTest {
  // Of one direction, the smallest; a map of places is MapModelIT's.
  static final TrainConfig CONFIG =
      TrainConfig.defaults().with("model.location", LocationForm.SPHERICAL).withSchedule(6, 1, 1);
  static final TrainConfig SEEDS =
      CONFIG
          .withForms(Fusion.SEED, false, LocationForm.SEED, ConfidenceTarget.SEED)
          .withSchedule(6, 1, 0);

  static final FeatureScaler RAW = FeatureScaler.none(new AvCrnnFeatures());

  @TempDir static Path shared;
  static ScenarioStore store;
  static EncoderFolder seld;
  static EncoderFolder resnet50;
  static TrainingRun.Result first;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    TorchEngine engine = TorchEngine.start(1);
    seld = EncoderImport.untrainedSeld(engine, 1, shared.resolve("seld"));
    resnet50 = EncoderImport.untrainedResnet50(engine, 1, shared.resolve("resnet50"));
    store = TinyStore.write(shared.resolve("data"), 10, 4, 2);
    first =
        run(CONFIG, shared.resolve("model"), shared.resolve("cache")).run(false, Progress.SILENT);
  }

  static TrainingRun run(TrainConfig config, Path to, Path cache) {
    return new TrainingRun(
        config, store.folder(), seld.folder(), resnet50.folder(), to, cache, "cpu", 1);
  }

  static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
