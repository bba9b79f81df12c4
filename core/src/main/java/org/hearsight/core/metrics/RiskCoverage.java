package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * How often answers are wrong if only the most confident ones are given: the risk–coverage curve
 * (El-Yaniv and Wiener, <i>On the Foundations of Noise-free Selective Classification</i>, JMLR 11,
 * 2010), and the area below it (Geifman, Uziel and El-Yaniv, arXiv 1805.08206).
 *
 * <p>Answers of equal confidence are given together, so that a system that always says the same has
 * a level line. Wrong is what {@link Correctness} does not call right.
 *
 * @param area mean risk over all coverages; NaN without answers
 * @param best the area of a confidence that puts all right answers first
 * @param points by rising coverage, about one for each {@value #STEP} of it; the last covers all
 */
@JsonPropertyOrder({"area", "best", "points"})
public record RiskCoverage(@NanAsNull double area, @NanAsNull double best, List<Point> points) {
  private static final double STEP = 0.02;

  /**
   * A place on the curve.
   *
   * @param coverage share of scenarios that are answered
   * @param risk share of wrong answers among those
   * @param confidence of the least confident of them
   */
  @JsonPropertyOrder({"coverage", "risk", "confidence"})
  public record Point(
      double coverage, double risk, @JsonProperty("confidence") double confidence) {}

  public RiskCoverage {
    points = List.copyOf(points);
  }

  static RiskCoverage of(List<Answer> answers, Taxonomy taxonomy) {
    int n = answers.size();
    List<Answer> sorted =
        answers.stream().sorted(Comparator.comparingDouble(Answer::confidence).reversed()).toList();
    List<Point> points = new ArrayList<>();
    double area = 0;
    int wrong = 0;
    int given = 0;
    double drawn = 0;
    while (given < n) {
      double confidence = sorted.get(given).confidence();
      int before = given;
      while (given < n && sorted.get(given).confidence() == confidence) {
        wrong += sorted.get(given++).isRight(taxonomy) ? 0 : 1;
      }
      double risk = (double) wrong / given;
      area += risk * (given - before) / n;
      double coverage = (double) given / n;
      if (coverage >= drawn + STEP || given == n) {
        points.add(new Point(coverage, risk, confidence));
        drawn = coverage;
      }
    }
    return new RiskCoverage(n == 0 ? Double.NaN : area, best(n, wrong), points);
  }

  /** All right answers first, then wrong ones one by one. */
  private static double best(int n, int wrong) {
    double[] risks = new double[n];
    for (int i = 1; i <= wrong; i++) {
      risks[n - wrong + i - 1] = (double) i / (n - wrong + i);
    }
    return Statistics.ratio(Arrays.stream(risks).sum(), n);
  }
}
