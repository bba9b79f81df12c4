package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;

/**
 * How well maps of places foresaw where the hazards are.
 *
 * @param count hazards measured
 * @param negativeLogLikelihood mean of {@link PlacePosterior#crossEntropy}, nats; a map that knows
 *     nothing has ln 1152 = 7.05
 * @param coverage50 share of hazards within the smallest region of 50 % probability, the calibrated
 *     one of systems that are calibrated
 * @param coverage80 the same of 80 %
 * @param coverage90 the same of 90 %
 * @param size50 median share of the map that the region of 50 % takes
 * @param size80 the same of 80 %
 * @param size90 the same of 90 %
 */
@JsonPropertyOrder({
  "count",
  "negative_log_likelihood",
  "coverage_50",
  "coverage_80",
  "coverage_90",
  "size_50",
  "size_80",
  "size_90"
})
public record PlaceScores(
    int count,
    @JsonProperty("negative_log_likelihood") double negativeLogLikelihood,
    @JsonProperty("coverage_50") double coverage50,
    @JsonProperty("coverage_80") double coverage80,
    @JsonProperty("coverage_90") double coverage90,
    @NanAsNull @JsonProperty("size_50") double size50,
    @NanAsNull @JsonProperty("size_80") double size80,
    @NanAsNull @JsonProperty("size_90") double size90) {

  /**
   * The scores of answers to hazards.
   *
   * @return null if none has a map
   */
  static PlaceScores of(List<Answer> hazards) {
    List<Answer> mapped = hazards.stream().filter(a -> Objects.nonNull(a.places())).toList();
    if (mapped.isEmpty()) {
      return null;
    }
    double[] likelihoods =
        mapped.stream().mapToDouble(a -> a.places().crossEntropy(a.truth().location())).toArray();
    return new PlaceScores(
        mapped.size(),
        Statistics.mean(likelihoods),
        coverage(mapped, 0.5),
        coverage(mapped, 0.8),
        coverage(mapped, 0.9),
        size(mapped, 0.5),
        size(mapped, 0.8),
        size(mapped, 0.9));
  }

  /** The median share of the map that the regions of a probability take. */
  public static double size(List<Answer> mapped, double probability) {
    return Statistics.median(
        mapped.stream()
            .mapToDouble(
                a ->
                    (double) a.places().region(probability, a.regionLevels()).length
                        / PlaceGrid.CELLS)
            .toArray());
  }

  /** The share of hazards that lie in their region of a probability. */
  public static double coverage(List<Answer> mapped, double probability) {
    long held =
        mapped.stream()
            .filter(a -> a.places().holds(a.truth().location(), probability, a.regionLevels()))
            .count();
    return Statistics.share(held, mapped.size());
  }
}
