package org.hearsight.core.place;

import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Thresholds;

/**
 * How probable a map makes it that the best of all answers is a right one: the largest mass around
 * any one place, of the places that would make an answer there right ({@link
 * org.hearsight.core.metrics.Correctness}).
 *
 * <p>It is what the map itself says of its answer. A confidence that follows it is low where the
 * map lies on two sides or reaches far, as it often does of hazards that nobody sees. It is a
 * product of the map with two constant matrices and a maximum, the same in Java and in an ONNX
 * graph.
 */
public final class RightPlaces {
  private static final double HALF_CELL = PlaceGrid.DEGREES / 2;
  private static final float[] AZIMUTHS = matrixOfAzimuths();
  private static final float[] DISTANCES = matrixOfDistances();

  private RightPlaces() {}

  /**
   * The share of each azimuth cell within {@value Thresholds#RIGHT_ANGLE}° of each cell's centre,
   * [72 answers × 72 truths]; a copy.
   */
  public static float[] azimuths() {
    return AZIMUTHS.clone();
  }

  /**
   * 1 where an answer at one distance is near enough for a truth at another, [16 truths × 16
   * answers]; a copy.
   */
  public static float[] distances() {
    return DISTANCES.clone();
  }

  private static float[] matrixOfAzimuths() {
    float[] shares = new float[PlaceGrid.AZIMUTHS * PlaceGrid.AZIMUTHS];
    for (int i = 0; i < shares.length; i++) {
      double answer = PlaceGrid.azimuth(i / PlaceGrid.AZIMUTHS);
      double truth = PlaceGrid.azimuth(i % PlaceGrid.AZIMUTHS);
      double outer = Math.abs(Direction.wrap(truth - answer)) + HALF_CELL;
      double share = 1 - (outer - Thresholds.RIGHT_ANGLE) / PlaceGrid.DEGREES;
      shares[i] = (float) Math.max(0, Math.min(1, share));
    }
    return shares;
  }

  private static float[] matrixOfDistances() {
    float[] near = new float[PlaceGrid.DISTANCES * PlaceGrid.DISTANCES];
    for (int i = 0; i < near.length; i++) {
      double truth = PlaceGrid.distance(i / PlaceGrid.DISTANCES);
      double answer = PlaceGrid.distance(i % PlaceGrid.DISTANCES);
      near[i] = Math.abs(answer - truth) / truth < Thresholds.RIGHT_RELATIVE_DISTANCE ? 1 : 0;
    }
    return near;
  }

  /** The probability that the best answer would be right, in [0, 1]. */
  static double best(double[] probabilities) {
    int n = PlaceGrid.DISTANCES;
    double[] byAnswer = new double[PlaceGrid.CELLS]; // azimuths of truths, distances of answers
    for (int cell = 0; cell < PlaceGrid.CELLS; cell++) {
      int row = cell - cell % n;
      for (int d = 0; d < n; d++) {
        byAnswer[cell] += probabilities[row + d] * DISTANCES[d * n + cell % n];
      }
    }
    double best = 0;
    for (int cell = 0; cell < PlaceGrid.CELLS; cell++) {
      int row = cell / n * PlaceGrid.AZIMUTHS;
      double sum = 0;
      for (int a = 0; a < PlaceGrid.AZIMUTHS; a++) {
        sum += AZIMUTHS[row + a] * byAnswer[a * n + cell % n];
      }
      best = Math.max(best, sum);
    }
    return Math.min(1, best);
  }
}
