package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Location;

/**
 * What Hearsight answers for one scene.
 *
 * @param className the most probable class
 * @param probabilities of every class, in taxonomy order; they sum to one
 * @param location where the hazard is; for {@code background}, where it would be
 * @param spread how sure the location is; null if the model does not say
 * @param confidence that the answer is right, in [0, 1]
 * @param reliability how much each sense was trusted
 * @param occlusionLevel of the view that was judged
 * @param notes what a reader should know about the input, as in {@code no picture: …}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "class",
  "confidence",
  "location",
  "spread",
  "probabilities",
  "reliability",
  "occlusion_level",
  "notes"
})
public record Imagination(
    @JsonProperty("class") String className,
    Map<String, Double> probabilities,
    Location location,
    Spread spread,
    double confidence,
    Reliability reliability,
    @JsonProperty("occlusion_level") double occlusionLevel,
    List<String> notes) {

  /**
   * How far the truth may lie from the stated location, as the model itself judges.
   *
   * @param degrees within which half of the probability lies around the stated direction
   * @param distanceFactor one standard deviation of log-distance, as a factor of the distance
   */
  public record Spread(double degrees, @JsonProperty("distance_factor") double distanceFactor) {
    /** The spread of a decoded location; null if its form has none. */
    public static Spread of(LocationForm.Estimate estimate) {
      if (Double.isNaN(estimate.kappa())) {
        return null;
      }
      return new Spread(medianAngle(estimate.kappa()), Math.exp(estimate.logDistanceSpread()));
    }

    /** Solves P(angle ≤ a) = (1 − e^{−κ(1 − cos a)}) / (1 − e^{−2κ}) = ½ for a, in degrees. */
    private static double medianAngle(double kappa) {
      double half = 0.5 * -Math.expm1(-2 * kappa);
      double cosine = 1 + Math.log1p(-half) / kappa;
      return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
    }
  }

  /** Weights of the two senses; they sum to one. */
  public record Reliability(double audio, double visual) {}
}
