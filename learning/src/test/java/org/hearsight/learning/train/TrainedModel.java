package org.hearsight.learning.train;

import java.nio.file.Path;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A model trained for one epoch, opened. */
abstract class TrainedModel {
  @TempDir static Path shared;
  static ScenarioStore store;
  static Path model;
  static Hearsight hearsight;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    TorchEngine engine = TorchEngine.start(1);
    store = TinyStore.write(shared.resolve("data"), 8, 4, 5);
    model = shared.resolve("model");
    new TrainingRun(
            TrainConfig.defaults()
                .with("model.location", LocationForm.SPHERICAL) // judges short clips, too
                .withSchedule(8, 1, 0),
            store.folder(),
            EncoderImport.untrainedSeld(engine, 1, shared.resolve("seld")).folder(),
            EncoderImport.untrainedResnet50(engine, 1, shared.resolve("resnet50")).folder(),
            model,
            shared.resolve("cache"),
            "cpu",
            1)
        .run(false, Progress.SILENT);
    hearsight = Hearsight.load(model, 1);
  }

  @AfterAll
  static void close() {
    hearsight.close();
  }

  static Scenario scene(int index) {
    return store.scenarios(Split.TEST).get(index);
  }

  static float[][] sound(int index) {
    return Foa.read(store.resolve(scene(index).files().audio())).channels();
  }

  static Clip clip(float[][] foa) {
    return Clip.of(foa, Foa.SAMPLE_RATE);
  }

  static View view(int index) {
    return StoredView.read(store, scene(index));
  }
}
