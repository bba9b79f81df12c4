package org.hearsight.inference.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.calibration.CalibrationCase;
import org.hearsight.core.calibration.CalibrationFit;
import org.hearsight.core.calibration.CalibrationReport;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.vision.StoredView;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Observation;

/**
 * Calibrates a model on a split of a data set: its own graphs answer every scene, and what they say
 * is held against the truth.
 *
 * @param card the model's, with its new calibration; it is not written here
 * @param report what it changes
 */
public record ModelCalibration(ModelCard card, CalibrationReport report) {
  /** Scenes whose clips and views are in memory together. */
  private static final int BATCH = 8;

  /**
   * Fits a calibration.
   *
   * @param bundle the model; its card need not be written yet
   * @param split whose scenes the model was not trained on
   * @param threads of the engine; another number may change the last digits
   * @throws InputException if the split is empty or that of training, or the data set has other
   *     classes than the model
   */
  public static ModelCalibration run(
      ModelBundle bundle, ScenarioStore store, Split split, int threads, Progress progress) {
    ModelCard card = bundle.card();
    Evaluation.requireClasses(store, card);
    List<Scenario> scenarios = scenarios(store, split);
    return of(card, store, split, answers(bundle, store, scenarios, threads, progress));
  }

  /**
   * Fits a calibration to answers that were given anywhere.
   *
   * @param answers at temperature 1, one to each scene of the split, in its order
   */
  public static ModelCalibration of(
      ModelCard card, ScenarioStore store, Split split, List<CalibrationCase> answers) {
    // What a model is not given must not reach its answers through the fit of its confidence.
    List<CalibrationCase> cases =
        ModelInput.hideOcclusion(card.adapter().withheld())
            ? answers.stream().map(CalibrationCase::unoccluded).toList()
            : answers;
    int hazards = (int) cases.stream().filter(c -> !c.truth().isBackground()).count();
    Calibration.FittedOn fittedOn =
        new Calibration.FittedOn(
            split.label(),
            cases.size(),
            hazards,
            store.header().seed(),
            Sha256.of(store.resolve(ScenarioStore.SCENARIOS)));
    ConfidenceTarget target = card.adapter().confidence();
    CalibrationFit fit = CalibrationFit.of(cases, card.taxonomy(), target, fittedOn);
    CalibrationReport report =
        CalibrationReport.of(cases, card.taxonomy(), target, before(card, fittedOn), fit);
    return new ModelCalibration(card.withCalibration(fit.temperature(), fit.calibration()), report);
  }

  /** A model that has no calibration may have a temperature, as older ones do. */
  private static CalibrationFit before(ModelCard card, Calibration.FittedOn fittedOn) {
    Calibration old = card.calibration();
    Double places = card.hasMap() ? (Double) card.placesTemperature() : null;
    return new CalibrationFit(
        card.temperature(), old == null ? new Calibration(places, null, null, fittedOn) : old);
  }

  private static List<Scenario> scenarios(ScenarioStore store, Split split) {
    if (split == Split.TRAIN) {
      throw new InputException(
          store.folder(),
          "split train: is what models are trained on, where they know the answers",
          "choose another split");
    }
    List<Scenario> scenarios = store.scenarios(split);
    if (scenarios.isEmpty()) {
      throw new InputException(
          store.folder(),
          "split " + split.label() + ": holds no scenario",
          "simulate with --calibration 300 or so, or give --split validation");
    }
    return scenarios;
  }

  private static List<CalibrationCase> answers(
      ModelBundle bundle,
      ScenarioStore store,
      List<Scenario> scenarios,
      int threads,
      Progress progress) {
    ModelBundle uncalibrated =
        new ModelBundle(bundle.folder(), bundle.card().uncalibrated(), bundle.checksums());
    List<CalibrationCase> cases = new ArrayList<>();
    try (Hearsight hearsight = Hearsight.load(uncalibrated, threads);
        Progress.Task task = progress.begin("calibrate", scenarios.size())) {
      for (int from = 0; from < scenarios.size(); from += BATCH) {
        Stop.check();
        List<Scenario> some = scenarios.subList(from, Math.min(scenarios.size(), from + BATCH));
        List<Observation> observed =
            some.stream()
                .map(
                    s ->
                        new Observation(
                            Clip.read(store.file(s.files().audio())), StoredView.read(store, s)))
                .toList();
        List<Imagination> said = hearsight.imagine(observed);
        for (int i = 0; i < some.size(); i++) {
          cases.add(new CalibrationCase(some.get(i), said.get(i)));
        }
        task.advance(some.size());
      }
    }
    return cases;
  }
}
