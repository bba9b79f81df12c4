package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.metrics.Correctness;
import org.hearsight.core.place.PlacePosterior;

/**
 * Makes confidence mean what it says: factors for what is known of an answer, and a term, the ones
 * with the least negative log-likelihood of what was right on scenes that were not trained on.
 *
 * <p>The confidence head learns on training rows, and says of others what it has seen of those:
 * that answers are mostly right, hidden hazards among them. Platt, "Probabilistic outputs for
 * support vector machines", 1999, with his targets, which keep a few rows from certainty. Beside
 * the head's logit stand the occlusion of the view and the logit of what the class probabilities
 * and the map themselves say of being right. What says nothing of what is right gets the factor 0.
 *
 * @param factor of the logit of the head
 * @param term added to it
 * @param occlusion added for a view that is wholly occluded, in proportion for others
 * @param own factor of the logit of {@link Evidence#own}; 0 in cards from before there was one
 */
@JsonPropertyOrder({"factor", "term", "occlusion", "own"})
public record ConfidenceScaling(double factor, double term, double occlusion, double own) {
  /** Confidences are kept this far from 0 and 1: single precision ends there. */
  public static final double MARGIN = 1e-7;

  /** Fewer rows do not tell what occlusion and the probabilities have to do with it. */
  public static final int LEAST_FOR_ALL = 50;

  private static final int HEAD = 0;
  private static final int OWN = 3;
  private static final int COEFFICIENTS = 4;

  private static final double LARGEST = 1e6;
  private static final int ROUNDS = 50;

  /** Of a Newton step, so that constant logits can be fitted, too. */
  private static final double RIDGE = 1e-6;

  public ConfidenceScaling {
    FieldValues.within("confidence.factor", factor, 0, LARGEST);
    FieldValues.within("confidence.term", term, -LARGEST, LARGEST);
    FieldValues.within("confidence.occlusion", occlusion, -LARGEST, LARGEST);
    FieldValues.within("confidence.own", own, 0, LARGEST);
  }

  /**
   * What is known of an answer before it is known whether it is right.
   *
   * @param said by the confidence head, in [0, 1]
   * @param occlusion of the view, in [0, 1]
   * @param own what the answer's probabilities say of being right, in [0, 1]
   */
  public record Evidence(double said, double occlusion, double own) {
    /**
     * Of an answer.
     *
     * @param classes probabilities, background first
     * @param places the map; null for models without one, whose place counts as right
     */
    public static Evidence of(
        double said, double occlusion, double[] classes, PlacePosterior places) {
      int best = 0;
      for (int c = 1; c < classes.length; c++) {
        best = classes[c] > classes[best] ? c : best;
      }
      boolean placed = best != Correctness.BACKGROUND && places != null;
      return new Evidence(said, occlusion, classes[best] * (placed ? places.rightness() : 1));
    }

    private double[] row() {
      return new double[] {logit(said), 1, occlusion, logit(own)};
    }
  }

  /**
   * Fits all four; the last two only of {@value #LEAST_FOR_ALL} rows or more.
   *
   * @param answers one at least
   * @param right whether each was
   */
  public static ConfidenceScaling fit(List<Evidence> answers, boolean[] right) {
    int positives = 0;
    for (boolean r : right) {
      positives += r ? 1 : 0;
    }
    double high = (positives + 1.0) / (positives + 2);
    double low = 1.0 / (right.length - positives + 2);
    double[][] rows = answers.stream().map(Evidence::row).toArray(double[][]::new);
    double[] targets = new double[right.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = right[i] ? high : low;
    }
    boolean many = right.length >= LEAST_FOR_ALL;
    boolean[] free = {true, true, many, many};
    double[] all = newton(rows, targets, free);
    // Being surer never makes an answer less likely right: what says so does by chance.
    while (all[HEAD] < 0 || all[OWN] < 0) {
      free[all[HEAD] < all[OWN] ? HEAD : OWN] = false;
      all = newton(rows, targets, free);
    }
    return new ConfidenceScaling(all[HEAD], all[1], all[2], all[OWN]);
  }

  /**
   * The minimum, by Newton's method with halved steps where a whole one overshoots.
   *
   * @param free which of the coefficients are fitted; the others are 0
   */
  private static double[] newton(double[][] rows, double[] targets, boolean[] free) {
    double[] now = {free[HEAD] ? 1 : 0, 0, 0, 0};
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
    int n = COEFFICIENTS;
    double[][] h = new double[n][n + 1]; // Hessian, then the gradient
    for (int i = 0; i < rows.length; i++) {
      double p = sigmoid(dot(rows[i], coefficients));
      for (int a = 0; a < n; a++) {
        for (int b = 0; b < n; b++) {
          h[a][b] += free[a] && free[b] ? p * (1 - p) * rows[i][a] * rows[i][b] : 0;
        }
        h[a][n] += free[a] ? (p - targets[i]) * rows[i][a] : 0;
      }
    }
    for (int a = 0; a < n; a++) {
      h[a][a] += free[a] ? RIDGE : 1;
    }
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        double share = h[b][a] / h[a][a];
        for (int c = a; b != a && c <= n; c++) {
          h[b][c] -= share * h[a][c];
        }
      }
    }
    double[] step = new double[n];
    for (int a = 0; a < n; a++) {
      step[a] = h[a][n] / h[a][a];
    }
    return step;
  }

  private static double[] moved(double[] from, double[] step, double share) {
    double[] to = new double[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[i] - share * step[i];
    }
    return to;
  }

  /** The confidence of an answer, in [0, 1]. */
  public double of(Evidence answer) {
    return sigmoid(dot(answer.row(), new double[] {factor, term, occlusion, own}));
  }

  private static double logit(double confidence) {
    double p = Math.max(MARGIN, Math.min(1 - MARGIN, confidence));
    return Math.log(p) - Math.log1p(-p);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double dot(double[] row, double[] coefficients) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += row[i] * coefficients[i];
    }
    return sum;
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
