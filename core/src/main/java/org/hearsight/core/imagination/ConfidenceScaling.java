package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.hearsight.core.error.FieldValues;

/**
 * Makes confidence mean what it says: a factor for its logit, a term, and a factor for the
 * occlusion of the view, the ones with the least negative log-likelihood of what was right on
 * scenes that were not trained on.
 *
 * <p>The confidence head learns on training rows, and says of others what it has seen of those:
 * that answers are mostly right, hidden hazards among them. Platt, "Probabilistic outputs for
 * support vector machines", 1999, with his targets, which keep a few rows from certainty; occlusion
 * is a second regressor beside his. A confidence that says nothing of what is right gets the factor
 * 0, and so becomes the share of right answers at that occlusion.
 *
 * @param factor of the logit
 * @param term added to it
 * @param occlusion added for a view that is wholly occluded, in proportion for others
 */
@JsonPropertyOrder({"factor", "term", "occlusion"})
public record ConfidenceScaling(double factor, double term, double occlusion) {
  /** Confidences are kept this far from 0 and 1: single precision ends there. */
  public static final double MARGIN = 1e-7;

  /** Fewer rows do not tell what occlusion has to do with it. */
  public static final int LEAST_FOR_OCCLUSION = 50;

  private static final double LARGEST = 1e6;
  private static final int ROUNDS = 50;

  /** Of a Newton step, so that constant logits can be fitted, too. */
  private static final double RIDGE = 1e-6;

  public ConfidenceScaling {
    FieldValues.within("confidence.factor", factor, 0, LARGEST);
    FieldValues.within("confidence.term", term, -LARGEST, LARGEST);
    FieldValues.within("confidence.occlusion", occlusion, -LARGEST, LARGEST);
  }

  /**
   * Fits all three; the last only of {@value #LEAST_FOR_OCCLUSION} rows or more.
   *
   * @param confidences in [0, 1]
   * @param occlusion of the view, in [0, 1]
   * @param right whether each answer was
   */
  public static ConfidenceScaling fit(double[] confidences, double[] occlusion, boolean[] right) {
    int positives = 0;
    for (boolean r : right) {
      positives += r ? 1 : 0;
    }
    double high = (positives + 1.0) / (positives + 2);
    double low = 1.0 / (right.length - positives + 2);
    double[][] rows = new double[right.length][];
    double[] targets = new double[right.length];
    for (int i = 0; i < targets.length; i++) {
      rows[i] = new double[] {logit(confidences[i]), 1, occlusion[i]};
      targets[i] = right[i] ? high : low;
    }
    boolean byOcclusion = right.length >= LEAST_FOR_OCCLUSION;
    double[] all = newton(rows, targets, new boolean[] {true, true, byOcclusion});
    if (all[0] < 0) {
      all = newton(rows, targets, new boolean[] {false, true, byOcclusion});
    }
    return new ConfidenceScaling(all[0], all[1], all[2]);
  }

  /**
   * The minimum, by Newton's method with halved steps where a whole one overshoots.
   *
   * @param free which of the coefficients are fitted; the others are 0
   */
  private static double[] newton(double[][] rows, double[] targets, boolean[] free) {
    double[] now = {free[0] ? 1 : 0, 0, 0};
    for (int round = 0; round < ROUNDS; round++) {
      double[] step = step(rows, targets, free, now);
      double before = negativeLogLikelihood(rows, targets, now);
      double share = 1;
      double[] next = moved(now, step, share);
      while (share > RIDGE && negativeLogLikelihood(rows, targets, next) > before) {
        share /= 2;
        next = moved(now, step, share);
      }
      if (!(negativeLogLikelihood(rows, targets, next) < before)) {
        break;
      }
      now = next;
    }
    return now;
  }

  /** Hessian⁻¹ · gradient, by elimination; the ridge keeps the Hessian positive. */
  private static double[] step(
      double[][] rows, double[] targets, boolean[] free, double[] coefficients) {
    double[][] h = new double[3][4]; // Hessian, then the gradient
    for (int i = 0; i < rows.length; i++) {
      double p = sigmoid(dot(rows[i], coefficients));
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
          h[a][b] += free[a] && free[b] ? p * (1 - p) * rows[i][a] * rows[i][b] : 0;
        }
        h[a][3] += free[a] ? (p - targets[i]) * rows[i][a] : 0;
      }
    }
    for (int a = 0; a < 3; a++) {
      h[a][a] += free[a] ? RIDGE : 1;
    }
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double share = h[b][a] / h[a][a];
        for (int c = a; b != a && c < 4; c++) {
          h[b][c] -= share * h[a][c];
        }
      }
    }
    return new double[] {h[0][3] / h[0][0], h[1][3] / h[1][1], h[2][3] / h[2][2]};
  }

  private static double[] moved(double[] from, double[] step, double share) {
    double[] to = new double[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[i] - share * step[i];
    }
    return to;
  }

  /** What a confidence becomes, where the view is occluded so much; both in [0, 1]. */
  public double of(double confidence, double occlusionLevel) {
    return sigmoid(factor * logit(confidence) + term + occlusion * occlusionLevel);
  }

  private static double logit(double confidence) {
    double p = Math.max(MARGIN, Math.min(1 - MARGIN, confidence));
    return Math.log(p) - Math.log1p(-p);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double dot(double[] row, double[] coefficients) {
    return row[0] * coefficients[0] + row[1] * coefficients[1] + row[2] * coefficients[2];
  }

  private static double negativeLogLikelihood(
      double[][] rows, double[] targets, double[] coefficients) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      double x = dot(rows[i], coefficients);
      // log(1 + e^x) − target · x, without overflow
      sum += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - targets[i] * x;
    }
    return sum;
  }
}
