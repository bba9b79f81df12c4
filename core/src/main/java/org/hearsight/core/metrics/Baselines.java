package org.hearsight.core.metrics;

import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * Answers that need no model, from the training split's statistics alone: what a trained system has
 * to beat.
 *
 * @param taxonomy of the answers
 * @param majorityClass most frequent class; of equal ones the lowest index
 * @param majorityShare its share of the training scenarios
 * @param meanDirection of the training hazards; straight ahead when there are none
 * @param medianDistance of the training hazards, metres; 10 when there are none
 */
public record Baselines(
    Taxonomy taxonomy,
    int majorityClass,
    double majorityShare,
    Direction meanDirection,
    double medianDistance) {
  /** Where they place a hazard if no training split tells how far hazards are, in metres. */
  public static final double WITHOUT_TRAINING = 10;

  /** Learns the statistics. */
  public static Baselines majority(List<Scenario> train, Taxonomy taxonomy) {
    int[] counts = new int[taxonomy.size()];
    Vec3 sum = Vec3.ZERO;
    for (Scenario s : train) {
      counts[taxonomy.indexOf(s.className(), s.id())]++;
      sum = s.isBackground() ? sum : sum.plus(s.location().direction().unit());
    }
    int best = 0;
    for (int c = 1; c < counts.length; c++) {
      best = counts[c] > counts[best] ? c : best;
    }
    double[] distances =
        train.stream()
            .filter(s -> !s.isBackground())
            .mapToDouble(s -> s.location().distance())
            .toArray();
    return new Baselines(
        taxonomy,
        best,
        train.isEmpty() ? 0 : (double) counts[best] / train.size(),
        Direction.of(sum),
        distances.length == 0 ? WITHOUT_TRAINING : Statistics.median(distances));
  }

  /** The most frequent class at the mean direction and median distance. */
  public Answer majority(Scenario truth) {
    return at(truth, oneHot(majorityClass), meanDirection, majorityShare);
  }

  /** Never a hazard. */
  public Answer background(Scenario truth) {
    return at(truth, oneHot(Correctness.BACKGROUND), null, 0);
  }

  /**
   * Takes a direction at its word, as apparent-direction and classical localizers do, at the median
   * distance; the class is the majority's.
   *
   * @param direction null when the system hears none
   */
  public Answer toward(Scenario truth, Direction direction) {
    return at(truth, oneHot(majorityClass), direction, majorityShare);
  }

  /** As {@link #toward(Scenario, Direction)} with another system's classes and confidence. */
  public Answer toward(
      Scenario truth, Direction direction, float[] classProbabilities, double confidence) {
    return at(truth, classProbabilities, direction, confidence);
  }

  /** A system's own map of places, and the best of them; the class is the majority's. */
  public Answer at(Scenario truth, PlacePosterior places) {
    return new Answer(truth, oneHot(majorityClass), places.best(), majorityShare, null, places);
  }

  private Answer at(Scenario truth, float[] probabilities, Direction direction, double confidence) {
    Location place =
        direction == null
            ? null
            : new Location(direction.azimuth(), direction.elevation(), medianDistance);
    return new Answer(truth, probabilities, place, confidence, null);
  }

  private float[] oneHot(int index) {
    float[] p = new float[taxonomy.size()];
    p[index] = 1;
    return p;
  }
}
