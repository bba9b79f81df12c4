package org.hearsight.core.place;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hearsight.core.error.FieldValues;

/**
 * How much of a map's mass a region has to take so that it holds the truth as often as was asked:
 * split-conformal prediction (Vovk, Gammerman and Shafer, <i>Algorithmic Learning in a Random
 * World</i>, 2005; Lei, Robins and Wasserman, JASA 108, 2013) with {@link PlacePosterior#score} as
 * the score.
 *
 * <p>Of n scenes that the model was not made of, the score of the truth is known. A region for
 * probability p takes the places whose score is at most the ⌈(n + 1) p⌉-th smallest of these. A new
 * scene of the same kind then lies in it with a probability of p to p + 1 / (n + 1), whatever the
 * map is worth; the upper bound where no two scores are equal. Where n is too small for p, the
 * region is the whole map.
 *
 * <p>Of many scores {@value #MOST} are kept, at ranks that are evenly spaced; between them the next
 * larger one counts, so that regions are never too small.
 *
 * @param count of scenes, n
 * @param scores of the truth in them, ascending, each in [0, 1); all of them, or {@value #MOST}
 */
@JsonPropertyOrder({"count", "scores"})
public record ConformalLevels(int count, List<Double> scores) {
  private static final int MOST = 2000;

  /** Keeps (n + 1) p from the next rank where the product is a whole number but for rounding. */
  private static final double ROUNDING = 1e-9;

  public ConformalLevels {
    FieldValues.within("regions.count", count, 1, Integer.MAX_VALUE);
    if (scores == null || scores.size() != Math.min(count, MOST)) {
      throw new IllegalArgumentException(
          "regions.scores: expected " + Math.min(count, MOST) + " of " + count + " scenes");
    }
    double before = 0;
    for (Double s : scores) {
      FieldValues.within("regions.scores", s == null ? Double.NaN : s, before, 1);
      before = s;
    }
    scores = List.copyOf(scores);
  }

  /**
   * Keeps the scores of scenes.
   *
   * @param scores of {@link PlacePosterior#score}, in any order; one at least
   */
  public static ConformalLevels of(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    int kept = Math.min(n, MOST);
    return new ConformalLevels(
        n,
        IntStream.rangeClosed(1, kept)
            .mapToObj(j -> sorted[(int) -Math.floorDiv(-(long) j * n, (long) kept) - 1])
            .toList());
  }

  /**
   * The largest score of a place in the region, in [0, 1]; 1 takes the whole map.
   *
   * @param probability that the region is to hold the truth with, in [0, 1]
   */
  public double of(double probability) {
    FieldValues.within("probability", probability, 0, 1);
    long rank = (long) Math.max(1, Math.ceil((count + 1.0) * probability - ROUNDING));
    if (rank > count) {
      return 1;
    }
    int index = (int) -Math.floorDiv(-rank * scores.size(), (long) count) - 1;
    return scores.get(index);
  }
}
