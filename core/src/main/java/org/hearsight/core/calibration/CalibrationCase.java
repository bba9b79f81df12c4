package org.hearsight.core.calibration;

import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.probability.Softmax;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * What an uncalibrated model says of a scene, beside the truth.
 *
 * @param truth the scene
 * @param said the answer at temperature 1, with the confidence of the head itself
 */
public record CalibrationCase(Scenario truth, Imagination said) {
  /** The logarithm of a probability that single precision rounds to 0. */
  private static final double LEAST_LOG = -700;

  /** The same where nobody says how much of the view is occluded. */
  public CalibrationCase unoccluded() {
    return new CalibrationCase(
        truth,
        new Imagination(
            said.className(),
            said.probabilities(),
            said.location(),
            said.spread(),
            said.places(),
            said.regionLevels(),
            said.confidence(),
            said.unknown(),
            said.reliability(),
            0,
            said.notes()));
  }

  /** Logits of the classes, up to a constant. */
  double[] logits() {
    return said.probabilities().values().stream().mapToDouble(CalibrationCase::log).toArray();
  }

  /** The logit of the true class. */
  double logitOfTruth(Taxonomy taxonomy) {
    return logits()[taxonomy.indexOf(truth.className(), truth.id())];
  }

  /** Logits of the map, up to a constant. */
  double[] placeLogits() {
    double[] logits = said.places().probabilities();
    for (int i = 0; i < logits.length; i++) {
      logits[i] = log(logits[i]);
    }
    return logits;
  }

  /** The mean logit over the soft label of the true place, which a map learns. */
  double placeLogitOfTruth() {
    float[] label = PlaceGrid.label(truth.location());
    double[] logits = placeLogits();
    double mean = 0;
    double sum = 0;
    for (int i = 0; i < label.length; i++) {
      mean += label[i] * logits[i];
      sum += label[i];
    }
    return mean / sum;
  }

  private static double log(double probability) {
    return Math.max(LEAST_LOG, Math.log(probability));
  }

  boolean hasMap() {
    return said.places() != null;
  }

  /** What a calibration makes of it. */
  Answer under(double temperature, Calibration calibration) {
    Double placesTemperature = calibration.placesTemperature();
    PlacePosterior places =
        placesTemperature == null ? null : said.places().tempered(placesTemperature);
    Location location = places == null ? said.location() : places.best();
    double[] p = Softmax.of(logits(), temperature);
    float[] classes = new float[p.length];
    for (int i = 0; i < p.length; i++) {
      classes[i] = (float) p[i];
    }
    boolean regions = calibration.regions() != null && places != null;
    return new Answer(
        truth,
        classes,
        location,
        calibration.confidence(evidence(p, places)),
        null,
        places,
        regions ? calibration.regions().at(places.entropy()) : null,
        null);
  }

  /** The confidence of the answer under a calibration. */
  public double confidence(CalibrationFit fit) {
    return under(fit.temperature(), fit.calibration()).confidence();
  }

  /** What a confidence is made of, at temperatures of the classes and of the map. */
  ConfidenceScaling.Evidence evidence(double temperature, Double placesTemperature) {
    PlacePosterior places =
        placesTemperature == null ? null : said.places().tempered(placesTemperature);
    return evidence(Softmax.of(logits(), temperature), places);
  }

  private ConfidenceScaling.Evidence evidence(double[] classes, PlacePosterior places) {
    return ConfidenceScaling.Evidence.of(said.confidence(), said.occlusionLevel(), classes, places);
  }
}
