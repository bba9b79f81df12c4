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
import org.hearsight.core.drift.DriftReference;
import org.hearsight.core.drift.Traits;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.vision.StoredView;
import org.hearsight.inference.Heard;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Seen;

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
    Asked asked = answers(bundle, store, scenarios, threads, progress);
    Fitted fitted = fitted(card, store, split, asked.cases());
    DriftReference drift = asked.drift(card, fitted.fit(), fittedOn(store, split, scenarios));
    return fitted.calibration().withDrift(drift);
  }

  /**
   * Fits a calibration to answers that were given anywhere.
   *
   * @param answers at temperature 1, one to each scene of the split, in its order
   */
  public static ModelCalibration of(
      ModelCard card, ScenarioStore store, Split split, List<CalibrationCase> answers) {
    return fitted(card, store, split, answers).calibration();
  }

  private record Fitted(CalibrationFit fit, ModelCalibration calibration) {}

  private static Fitted fitted(
      ModelCard card, ScenarioStore store, Split split, List<CalibrationCase> answers) {
    List<CalibrationCase> cases = shown(card, answers);
    List<Scenario> scenarios = cases.stream().map(CalibrationCase::truth).toList();
    Calibration.FittedOn fittedOn = fittedOn(store, split, scenarios);
    ConfidenceTarget target = card.adapter().confidence();
    CalibrationFit fit = CalibrationFit.of(cases, card.taxonomy(), target, fittedOn);
    CalibrationReport report =
        CalibrationReport.of(cases, card.taxonomy(), target, before(card, fittedOn), fit);
    ModelCard fittedCard = card.withCalibration(fit.temperature(), fit.calibration());
    return new Fitted(fit, new ModelCalibration(fittedCard, report));
  }

  private ModelCalibration withDrift(DriftReference drift) {
    return new ModelCalibration(card.withDrift(drift), report);
  }

  /** What a model is not given must not reach its answers through the fit of its confidence. */
  private static List<CalibrationCase> shown(ModelCard card, List<CalibrationCase> answers) {
    return ModelInput.hideOcclusion(card.adapter().withheld())
        ? answers.stream().map(CalibrationCase::unoccluded).toList()
        : answers;
  }

  /**
   * Adds to a card what scenes are like, and leaves all else in it as it is: for models that were
   * calibrated on the same scenes before that was kept.
   *
   * @return the card, which is not written here
   * @throws InputException as {@link #run}, or if there are too few scenes
   */
  public static ModelCard withDrift(
      ModelBundle bundle, ScenarioStore store, Split split, int threads, Progress progress) {
    ModelCard card = bundle.card();
    Evaluation.requireClasses(store, card);
    List<Scenario> scenarios = scenarios(store, split);
    if (scenarios.size() < DriftReference.LEAST_SCENES) {
      throw new InputException(
          store.folder(),
          "split %s: holds %d scenarios, expected at least %d"
              .formatted(split.label(), scenarios.size(), DriftReference.LEAST_SCENES),
          "simulate with --calibration 300 or so");
    }
    Calibration.FittedOn fittedOn = fittedOn(store, split, scenarios);
    if (card.calibration() != null && !card.calibration().fittedOn().equals(fittedOn)) {
      throw new InputException(
          store.folder(),
          "split %s: is not what the model is calibrated on (split %s, %d scenarios, seed %s)"
              .formatted(
                  split.label(),
                  card.calibration().fittedOn().split(),
                  card.calibration().fittedOn().scenarios(),
                  card.calibration().fittedOn().seed()),
          "give that data set, or calibrate anew without --drift-only");
    }
    Asked asked = answers(bundle, store, scenarios, threads, progress);
    return card.withDrift(asked.drift(card, before(card, fittedOn), fittedOn));
  }

  private static Calibration.FittedOn fittedOn(
      ScenarioStore store, Split split, List<Scenario> scenarios) {
    int hazards = (int) scenarios.stream().filter(s -> !s.isBackground()).count();
    return new Calibration.FittedOn(
        split.label(),
        scenarios.size(),
        hazards,
        store.header().seed(),
        Sha256.of(store.resolve(ScenarioStore.SCENARIOS)));
  }

  /** What an uncalibrated model said of scenes, and what they are like. */
  private record Asked(List<CalibrationCase> cases, List<Traits> traits) {
    /** What they are like, answered as a calibration has it; null if there are too few. */
    DriftReference drift(ModelCard card, CalibrationFit fit, Calibration.FittedOn scenesOf) {
      if (traits.size() < DriftReference.LEAST_SCENES) {
        return null;
      }
      List<CalibrationCase> shown = shown(card, cases);
      List<Traits> answered = new ArrayList<>();
      for (int i = 0; i < traits.size(); i++) {
        answered.add(traits.get(i).withConfidence(shown.get(i).confidence(fit)));
      }
      return DriftReference.of(answered, scenesOf);
    }
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

  private static Asked answers(
      ModelBundle bundle,
      ScenarioStore store,
      List<Scenario> scenarios,
      int threads,
      Progress progress) {
    ModelBundle uncalibrated =
        new ModelBundle(bundle.folder(), bundle.card().uncalibrated(), bundle.checksums());
    List<CalibrationCase> cases = new ArrayList<>();
    List<Traits> traits = new ArrayList<>();
    try (Hearsight hearsight = Hearsight.load(uncalibrated, threads);
        Progress.Task task = progress.begin("calibrate", scenarios.size())) {
      for (int from = 0; from < scenarios.size(); from += BATCH) {
        Stop.check();
        List<Scenario> some = scenarios.subList(from, Math.min(scenarios.size(), from + BATCH));
        List<Heard> heard =
            hearsight.hear(
                some.stream().map(s -> Clip.read(store.file(s.files().audio()))).toList());
        List<Seen> seen = hearsight.see(some.stream().map(s -> StoredView.read(store, s)).toList());
        List<Imagination> said = hearsight.answer(heard, seen);
        for (int i = 0; i < some.size(); i++) {
          cases.add(new CalibrationCase(some.get(i), said.get(i)));
          traits.add(hearsight.traits(heard.get(i), seen.get(i), said.get(i)));
        }
        task.advance(some.size());
      }
    }
    return new Asked(cases, traits);
  }
}
