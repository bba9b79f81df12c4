package org.hearsight.core.seld;

import org.apache.commons.statistics.distribution.TDistribution;
import org.hearsight.core.metrics.NanAsNull;

/**
 * A score with its 95 % jackknife interval over clips, as the DCASE baseline computes it: the
 * bias-corrected estimate ± Student's t times the standard error of the leave-one-out scores
 * (Mesaros et al., 2019). The score itself need not lie in the middle.
 *
 * @param low NaN if there are fewer than two clips, or one leave-one-out score is not a number
 * @param high as {@code low}
 */
public record Jackknife(@NanAsNull double value, @NanAsNull double low, @NanAsNull double high) {
  private static final double UPPER = 0.975;

  /**
   * @param value the score of all clips
   * @param partial the scores with one clip left out, one per clip
   */
  static Jackknife of(double value, double[] partial) {
    int n = partial.length;
    double sum = 0;
    for (double p : partial) {
      sum += p;
    }
    double mean = sum / n;
    if (n < 2 || Double.isNaN(mean) || Double.isNaN(value)) {
      return new Jackknife(value, Double.NaN, Double.NaN);
    }
    double squares = 0;
    for (double p : partial) {
      squares += (p - mean) * (p - mean);
    }
    double error = Math.sqrt((n - 1.0) / n * squares);
    double estimate = value - (n - 1) * (mean - value);
    double reach = TDistribution.of(n - 1).inverseCumulativeProbability(UPPER) * error;
    return new Jackknife(value, estimate - reach, estimate + reach);
  }
}
