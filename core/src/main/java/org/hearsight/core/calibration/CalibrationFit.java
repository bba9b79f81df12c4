package org.hearsight.core.calibration;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * Fits a calibration to what a model says of scenes that it was not trained on.
 *
 * <p>In this order, since each builds on the one before: the temperature of the map moves the place
 * that is answered; whether that is right is what the confidence is fitted to; regions are of the
 * map at its temperature.
 *
 * @param temperature of the classes
 * @param calibration the rest
 */
public record CalibrationFit(double temperature, Calibration calibration) {

  /**
   * Fits all.
   *
   * @param cases one at least; of one model
   * @param taxonomy of their classes
   * @param target what the confidence head learned
   * @param fittedOn what to say of the cases
   */
  public static CalibrationFit of(
      List<CalibrationCase> cases,
      Taxonomy taxonomy,
      ConfidenceTarget target,
      Calibration.FittedOn fittedOn) {
    double temperature =
        TemperatureScaling.fit(
            cases.stream().map(CalibrationCase::logits).toArray(double[][]::new),
            cases.stream().mapToDouble(c -> c.logitOfTruth(taxonomy)).toArray());
    List<CalibrationCase> placed =
        cases.stream().filter(c -> c.hasMap() && !c.truth().isBackground()).toList();
    Double ofPlaces =
        cases.get(0).hasMap() ? (Double) (placed.isEmpty() ? 1 : placesTemperature(placed)) : null;
    Calibration unsure = new Calibration(ofPlaces, null, null, fittedOn);
    return new CalibrationFit(
        temperature,
        new Calibration(
            ofPlaces,
            target == ConfidenceTarget.CORRECTNESS
                ? confidence(cases, taxonomy, temperature, unsure)
                : null,
            placed.isEmpty() ? null : regions(placed, ofPlaces),
            fittedOn));
  }

  private static double placesTemperature(List<CalibrationCase> placed) {
    return TemperatureScaling.fit(
        placed.stream().map(CalibrationCase::placeLogits).toArray(double[][]::new),
        placed.stream().mapToDouble(CalibrationCase::placeLogitOfTruth).toArray());
  }

  private static ConfidenceScaling confidence(
      List<CalibrationCase> cases, Taxonomy taxonomy, double temperature, Calibration unsure) {
    boolean[] right = new boolean[cases.size()];
    List<ConfidenceScaling.Evidence> answers = new ArrayList<>();
    for (int i = 0; i < right.length; i++) {
      CalibrationCase c = cases.get(i);
      right[i] = c.under(temperature, unsure).isRight(taxonomy);
      answers.add(c.evidence(temperature, unsure.placesTemperature()));
    }
    return ConfidenceScaling.fit(answers, right);
  }

  private static Calibration.Regions regions(List<CalibrationCase> placed, double temperature) {
    double[] entropy = new double[placed.size()];
    double[] scores = new double[placed.size()];
    for (int i = 0; i < scores.length; i++) {
      CalibrationCase c = placed.get(i);
      PlacePosterior places = c.said().places().tempered(temperature);
      entropy[i] = places.entropy();
      scores[i] = places.score(c.truth().location());
    }
    return Calibration.Regions.of(entropy, scores);
  }
}
