package org.hearsight.core.metrics;

import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.ConformalLevels;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * What a system says about a scenario, beside the truth.
 *
 * @param classProbabilities in taxonomy order, summing to about 1
 * @param location where the hazard is said to be; null when the system names no place
 * @param confidence in [0, 1], that the answer is right as {@link Correctness} has it
 * @param reliability weights of audio and vision, [2]; null for systems without
 * @param places how likely each place is said to be; null for systems without a map
 * @param regionLevels what the regions of the map are calibrated with; null for systems that are
 *     not
 * @param unknown whether the sound is said to be of no class; null for systems that do not say
 */
public record Answer(
    Scenario truth,
    float[] classProbabilities,
    Location location,
    double confidence,
    double[] reliability,
    PlacePosterior places,
    ConformalLevels regionLevels,
    Imagination.Unknown unknown) {

  /** Of a system without calibrated regions that does not tell unknown sounds from known ones. */
  public Answer(
      Scenario truth,
      float[] classProbabilities,
      Location location,
      double confidence,
      double[] reliability,
      PlacePosterior places) {
    this(truth, classProbabilities, location, confidence, reliability, places, null, null);
  }

  public Answer {
    if (classProbabilities.length < 2) {
      throw new IllegalArgumentException("answer: fewer than two classes");
    }
    for (float p : classProbabilities) {
      if (!(p >= 0)) {
        throw new IllegalArgumentException(truth.id() + ": class probability " + p);
      }
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException(truth.id() + ": confidence " + confidence);
    }
    if (reliability != null && reliability.length != 2) {
      throw new IllegalArgumentException(truth.id() + ": reliability is not [audio, vision]");
    }
  }

  /** Of a system without a map. */
  public Answer(
      Scenario truth,
      float[] classProbabilities,
      Location location,
      double confidence,
      double[] reliability) {
    this(truth, classProbabilities, location, confidence, reliability, null);
  }

  /** The same without weights of the senses. */
  public Answer withoutWeights() {
    return new Answer(
        truth, classProbabilities, location, confidence, null, places, regionLevels, unknown);
  }

  /** The most probable class; of equal ones the lowest index. */
  public int answeredClass() {
    int best = 0;
    for (int i = 1; i < classProbabilities.length; i++) {
      best = classProbabilities[i] > classProbabilities[best] ? i : best;
    }
    return best;
  }

  /** The true class. */
  public int trueClass(Taxonomy taxonomy) {
    return taxonomy.indexOf(truth.className(), truth.id());
  }

  /** Was it right, as {@link Correctness} has it? */
  public boolean isRight(Taxonomy taxonomy) {
    return Correctness.of(trueClass(taxonomy), truth.location(), answeredClass(), location);
  }

  /** Degrees between answer and truth; only for hazards. */
  public double angle() {
    return Correctness.angle(truth.location(), location);
  }

  /** |d − d̂| / d; only for hazards. */
  public double relativeDistance() {
    return Correctness.relativeDistance(truth.location(), location);
  }
}
