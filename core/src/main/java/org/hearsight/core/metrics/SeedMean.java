package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A figure over trainings that differ in their seed alone: the mean with its 95 % interval by
 * Student's t, which holds for as few values as three if they are about normal. It says what
 * another seed may bring, not what other scenes may.
 *
 * @param mean NaN without a value
 * @param low lower end of the mean's interval; NaN of fewer than two values
 * @param high its upper end
 * @param values of each training, those that are none left out
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({"mean", "low", "high", "values"})
public record SeedMean(
    @NanAsNull double mean, @NanAsNull double low, @NanAsNull double high, List<Double> values) {
  private static final double LEVEL = 0.975;

  public SeedMean {
    values = List.copyOf(values);
  }

  /** Of values of which some may be NaN. */
  public static SeedMean of(double... all) {
    double[] values = Arrays.stream(all).filter(v -> !Double.isNaN(v)).toArray();
    List<Double> kept = Arrays.stream(values).boxed().toList();
    double mean = Statistics.mean(values);
    int n = values.length;
    if (n < 2) {
      return new SeedMean(mean, Double.NaN, Double.NaN, kept);
    }
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    double half = TDistribution.of(n - 1).inverseCumulativeProbability(LEVEL) * error;
    return new SeedMean(mean, mean - half, mean + half, kept);
  }

  /** Does the interval of a difference leave zero out? */
  public boolean differsFromZero() {
    return low > 0 || high < 0;
  }
}
