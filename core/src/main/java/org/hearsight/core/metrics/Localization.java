package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.List;
import org.hearsight.core.geometry.Thresholds;

/**
 * How near the answers were to the true places of hazards. A missing place counts as 180° and a
 * relative distance error of 1.
 *
 * @param count hazards measured
 * @param medianAngle degrees
 * @param medianAngleLow lower end of the median's 95 % bootstrap interval
 * @param medianAngleHigh its upper end
 * @param meanAngle degrees
 * @param within20 share of hazards at most 20° off
 * @param within20Low lower end of that share's 95 % bootstrap interval
 * @param within20High its upper end
 * @param medianRelativeDistance median of |d − d̂| / d
 * @param meanRelativeDistance mean of the same
 */
@JsonPropertyOrder({
  "count",
  "median_angle",
  "median_angle_low",
  "median_angle_high",
  "mean_angle",
  "within_20",
  "within_20_low",
  "within_20_high",
  "median_relative_distance",
  "mean_relative_distance"
})
public record Localization(
    int count,
    @NanAsNull @JsonProperty("median_angle") double medianAngle,
    @NanAsNull @JsonProperty("median_angle_low") double medianAngleLow,
    @NanAsNull @JsonProperty("median_angle_high") double medianAngleHigh,
    @NanAsNull @JsonProperty("mean_angle") double meanAngle,
    @NanAsNull @JsonProperty("within_20") double within20,
    @NanAsNull @JsonProperty("within_20_low") double within20Low,
    @NanAsNull @JsonProperty("within_20_high") double within20High,
    @NanAsNull @JsonProperty("median_relative_distance") double medianRelativeDistance,
    @NanAsNull @JsonProperty("mean_relative_distance") double meanRelativeDistance) {

  static Localization of(List<Answer> hazards, long seed) {
    double[] angles = hazards.stream().mapToDouble(Answer::angle).toArray();
    double[] distances = hazards.stream().mapToDouble(Answer::relativeDistance).toArray();
    double[] interval = Statistics.interval95(angles, Statistics::median, seed);
    double[] near = Arrays.stream(angles).map(a -> a <= Thresholds.RIGHT_ANGLE ? 1 : 0).toArray();
    double[] within = Statistics.interval95(near, Statistics::mean, seed);
    return new Localization(
        angles.length,
        Statistics.median(angles),
        interval[0],
        interval[1],
        Statistics.mean(angles),
        Statistics.mean(near),
        within[0],
        within[1],
        Statistics.median(distances),
        Statistics.mean(distances));
  }
}
