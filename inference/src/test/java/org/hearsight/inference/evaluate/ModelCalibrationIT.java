package org.hearsight.inference.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.drift.DriftSense;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.TinyData;
import org.hearsight.inference.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCalibrationIT {
  @TempDir private Path folder;

  /** Of drawn weights, with a head that is said to have learned whether answers are right. */
  private ModelBundle model() {
    ModelCard card = ModelBundle.open(TinyModel.write(folder.resolve("model"), 1)).card();
    ModelCard.AdapterCard a = card.adapter();
    return ModelBundle.finishServing(
        folder.resolve("model"),
        new ModelCard(
            card.formatVersion(),
            card.taxonomy(),
            card.clipSeconds(),
            card.audio(),
            card.visual(),
            new ModelCard.AdapterCard(
                a.fusion(),
                a.cues(),
                a.location(),
                ConfidenceTarget.CORRECTNESS,
                a.width(),
                a.heads()),
            card.temperature(),
            card.calibration(),
            card.unknown(),
            null,
            card.scaler(),
            card.provenance()));
  }

  private ScenarioStore store(Split split, int count) {
    return TinyData.write(folder.resolve("data-" + split.label()), split, count);
  }

  private static ModelCalibration run(ModelBundle model, ScenarioStore store, Split split) {
    return ModelCalibration.run(model, store, split, 1, Progress.SILENT);
  }

  @Test
  void aModelIsCalibratedByItsOwnAnswersAndAnswersSo() throws IOException {
    ModelBundle model = model();
    ScenarioStore store = store(Split.CALIBRATION, 9);

    ModelCalibration done = run(model, store, Split.CALIBRATION);
    ModelCard card = done.card();
    Calibration.FittedOn on = card.calibration().fittedOn();
    assertThat(on.split()).isEqualTo("calibration");
    assertThat(on.scenarios()).isEqualTo(9);
    assertThat(on.hazards()).isEqualTo(6);
    assertThat(on.seed()).isEqualTo(7);
    assertThat(card.calibration().regions()).isNull();
    assertThat(card.calibration().placesTemperature()).isNull();
    assertThat(card.temperature()).isNotEqualTo(1);
    assertThat(card.withCalibration(1, null)).isEqualTo(model.card());
    assertThat(card.drift().scenesOf()).isEqualTo(on);
    assertThat(card.drift().counts().get(DriftSense.SIGHT).total()).isEqualTo(4); // of every other

    ModelBundle written = model.rewrite(card);
    byte[] bytes = Files.readAllBytes(folder.resolve("model/model.json"));
    assertThat(ModelBundle.open(model.folder())).isEqualTo(written);
    assertThat(written.requireWhole()).isEqualTo(4);
    assertSaysWhatTheCardMakesOfIt(model, written, store);

    // A calibrated model is fitted to what its networks say, so that nothing changes.
    ModelCalibration again = run(written, store, Split.CALIBRATION);
    assertThat(again.card()).isEqualTo(card);
    ModelBundle unused = written.rewrite(again.card());
    assertThat(folder.resolve("model/model.json")).hasBinaryContent(bytes);
    assertThat(again.report().before().negativeLogLikelihood())
        .isLessThanOrEqualTo(done.report().before().negativeLogLikelihood());
    assertThat(done.report().text()).contains("negative log-likelihood, class");
  }

  @Test
  void whatScenesAreLikeIsAddedAndAllElseStays() {
    ModelBundle model = model();
    ScenarioStore store = store(Split.CALIBRATION, 9);
    ModelCard calibrated = run(model, store, Split.CALIBRATION).card();
    ModelBundle older = model.rewrite(calibrated.withDrift(null));
    assertThat(ModelBundle.open(model.folder()).card().drift()).isNull();

    ModelCard with =
        ModelCalibration.withDrift(older, store, Split.CALIBRATION, 1, Progress.SILENT);
    assertThat(with).isEqualTo(calibrated);

    ScenarioStore others = store(Split.VALIDATION, 9);
    assertThatThrownBy(
            () -> ModelCalibration.withDrift(older, others, Split.VALIDATION, 1, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not what the model is calibrated on (split calibration, 9 ");

    ScenarioStore few = store(Split.VALIDATION, 3);
    assertThat(run(model, few, Split.VALIDATION).card().drift()).isNull();
    assertThatThrownBy(
            () -> ModelCalibration.withDrift(older, few, Split.VALIDATION, 1, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("split validation: holds 3 scenarios, expected at least 4");
  }

  private static void assertSaysWhatTheCardMakesOfIt(
      ModelBundle before, ModelBundle after, ScenarioStore store) {
    Scenario s = store.scenarios().get(4);
    Clip clip = Clip.read(store.file(s.files().audio()));
    View view = StoredView.read(store, s);
    Imagination said;
    Imagination calibrated;
    try (Hearsight plain = Hearsight.load(before, 1);
        Hearsight other = Hearsight.load(after, 1)) {
      said = plain.imagine(clip, view);
      calibrated = other.imagine(clip, view);
    }
    assertThat(calibrated.confidence())
        .isNotEqualTo(said.confidence())
        .isCloseTo(after.card().confidence(evidence(said, calibrated)), within(1e-9));
    assertThat(calibrated.className()).isEqualTo(said.className());
    double most = said.probabilities().get(said.className());
    double sum = 0;
    for (double p : said.probabilities().values()) {
      sum += Math.pow(p / most, 1 / after.card().temperature());
    }
    assertThat(calibrated.probabilities().get(said.className())).isCloseTo(1 / sum, within(1e-6));
    assertThat(calibrated.regionLevels()).isNull();
    assertThatThrownBy(() -> calibrated.region(0.8)).isInstanceOf(IllegalStateException.class);
  }

  private static ConfidenceScaling.Evidence evidence(Imagination said, Imagination calibrated) {
    double[] classes =
        calibrated.probabilities().values().stream().mapToDouble(Double::doubleValue).toArray();
    return ConfidenceScaling.Evidence.of(said.confidence(), 0.5, classes, null);
  }

  @Test
  void splitsThatCannotCalibrateAreRefused() {
    ModelBundle model = model();
    ScenarioStore store = store(Split.TRAIN, 3);
    assertThatThrownBy(() -> run(model, store, Split.CALIBRATION))
        .isInstanceOf(InputException.class)
        .hasMessage(
            store.folder()
                + ": split calibration: holds no scenario; simulate with --calibration 300 or so,"
                + " or give --split validation");
    assertThatThrownBy(() -> run(model, store, Split.TRAIN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("split train: is what models are trained on");
  }

  @Test
  void aStopLeavesTheCardAsItWas() throws IOException {
    ModelBundle model = model();
    ScenarioStore store = store(Split.CALIBRATION, 3);
    byte[] card = Files.readAllBytes(folder.resolve("model/model.json"));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> model.rewrite(run(model, store, Split.CALIBRATION).card()))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(folder.resolve("model/model.json")).hasBinaryContent(card);
    // What a kill between the two steps of AtomicFile leaves is no card.
    Files.writeString(folder.resolve("model/model.json.partial"), "{");
    assertThat(ModelBundle.open(model.folder()).card()).isEqualTo(model.card());
  }
}
