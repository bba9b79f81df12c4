package org.hearsight.learning.train;

/**
 * Makes confidence mean what it says: a factor and a term for its logit, the ones with the least
 * negative log-likelihood of what was right on the validation split.
 *
 * <p>The confidence head learns on training rows, and says of others what it has seen of those:
 * that answers are mostly right. Platt, "Probabilistic outputs for support vector machines", 1999,
 * with his targets, which keep a few rows from certainty. A confidence that says nothing of what is
 * right gets the factor 0, and so becomes the share of right answers.
 */
record ConfidenceScaling(double factor, double term) {
  private static final int ROUNDS = 50;

  /** Beyond these logits a confidence in single precision is 0 or 1. */
  private static final double MOST = 16;

  /** Of a Newton step, so that constant logits can be fitted, too. */
  private static final double RIDGE = 1e-6;

  /**
   * Fits both.
   *
   * @param confidences in [0, 1]
   * @param right whether each answer was
   */
  static ConfidenceScaling fit(double[] confidences, boolean[] right) {
    double[] logits = new double[confidences.length];
    int positives = 0;
    for (int i = 0; i < logits.length; i++) {
      double logit = Math.log(confidences[i]) - Math.log1p(-confidences[i]);
      logits[i] = Math.max(-MOST, Math.min(MOST, logit));
      positives += right[i] ? 1 : 0;
    }
    double high = (positives + 1.0) / (positives + 2);
    double low = 1.0 / (right.length - positives + 2);
    double[] targets = new double[right.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = right[i] ? high : low;
    }
    ConfidenceScaling both = newton(logits, targets, true);
    return both.factor >= 0 ? both : newton(logits, targets, false);
  }

  /**
   * The minimum, by Newton's method with halved steps where a whole one overshoots.
   *
   * @param scaled whether the factor is fitted as well, or 0
   */
  private static ConfidenceScaling newton(double[] logits, double[] targets, boolean scaled) {
    ConfidenceScaling now = new ConfidenceScaling(scaled ? 1 : 0, 0);
    for (int round = 0; round < ROUNDS; round++) {
      double g1 = 0;
      double g0 = 0;
      double h11 = RIDGE;
      double h10 = 0;
      double h00 = RIDGE;
      for (int i = 0; i < logits.length; i++) {
        double p = now.of(logits[i]);
        double off = p - targets[i];
        double curve = p * (1 - p);
        g1 += off * logits[i];
        g0 += off;
        h11 += curve * logits[i] * logits[i];
        h10 += curve * logits[i];
        h00 += curve;
      }
      double determinant = h11 * h00 - h10 * h10;
      double stepFactor = scaled ? (h00 * g1 - h10 * g0) / determinant : 0;
      double stepTerm = scaled ? (h11 * g0 - h10 * g1) / determinant : g0 / h00;
      double before = now.negativeLogLikelihood(logits, targets);
      double share = 1;
      ConfidenceScaling next = now.moved(stepFactor, stepTerm);
      while (share > RIDGE && next.negativeLogLikelihood(logits, targets) > before) {
        share /= 2;
        next = now.moved(share * stepFactor, share * stepTerm);
      }
      if (!(next.negativeLogLikelihood(logits, targets) < before)) {
        break;
      }
      now = next;
    }
    return now;
  }

  private ConfidenceScaling moved(double byFactor, double byTerm) {
    return new ConfidenceScaling(factor - byFactor, term - byTerm);
  }

  /** The confidence that a logit becomes. */
  double of(double logit) {
    return 1 / (1 + Math.exp(-factor * logit - term));
  }

  private double negativeLogLikelihood(double[] logits, double[] targets) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double x = factor * logits[i] + term;
      // log(1 + e^x) − target · x, without overflow
      sum += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - targets[i] * x;
    }
    return sum;
  }
}
