package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * Whether the confidence says how often the answer is right ({@link Correctness}).
 *
 * @param rightShare share of right answers
 * @param meanConfidence mean of what was said
 * @param brier mean of (confidence − right)²
 * @param ece expected calibration error over ten equal bins (Guo et al., arXiv 1706.04599)
 * @param bins the reliability diagram; bins without answers are left out
 */
@JsonPropertyOrder({"right_share", "mean_confidence", "brier", "ece", "bins"})
public record Reliability(
    @NanAsNull @JsonProperty("right_share") double rightShare,
    @NanAsNull @JsonProperty("mean_confidence") double meanConfidence,
    @NanAsNull double brier,
    @NanAsNull double ece,
    List<Bin> bins) {

  private static final int BINS = 10;

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Answers whose confidence lies in [from, to); the last bin holds 1 too.
   *
   * @param rightShare share of right answers among them
   */
  @JsonPropertyOrder({"from", "to", "count", "mean_confidence", "right_share"})
  public record Bin(
      double from,
      double to,
      int count,
      @JsonProperty("mean_confidence") double meanConfidence,
      @JsonProperty("right_share") double rightShare) {}

  static Reliability of(List<Answer> answers, Taxonomy taxonomy) {
    int[] count = new int[BINS];
    int[] right = new int[BINS];
    double[] confidence = new double[BINS];
    double brier = 0;
    for (Answer a : answers) {
      int bin = Math.min(BINS - 1, (int) (a.confidence() * BINS));
      int hit = a.isRight(taxonomy) ? 1 : 0;
      count[bin]++;
      right[bin] += hit;
      confidence[bin] += a.confidence();
      brier += (a.confidence() - hit) * (a.confidence() - hit);
    }
    int n = answers.size();
    double ece = 0;
    double sum = 0;
    int hits = 0;
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      hits += right[b];
      sum += confidence[b];
      if (count[b] > 0) {
        ece += Math.abs(confidence[b] - right[b]) / n;
        bins.add(
            new Bin(
                b / (double) BINS,
                (b + 1) / (double) BINS,
                count[b],
                confidence[b] / count[b],
                (double) right[b] / count[b]));
      }
    }
    return new Reliability(
        Statistics.share(hits, n),
        Statistics.ratio(sum, n),
        Statistics.ratio(brier, n),
        n == 0 ? Double.NaN : ece,
        bins);
  }
}
