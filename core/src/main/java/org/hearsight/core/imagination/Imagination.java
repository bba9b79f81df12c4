package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.place.ConformalLevels;
import org.hearsight.core.place.PlacePosterior;

/**
 * What Hearsight answers for one scene.
 *
 * <pre>{@code
 * Imagination answer = hearsight.imagine(clip, view);
 * if (!answer.className().equals(Taxonomy.BACKGROUND) && answer.confidence() > 0.5) {
 *   double left = answer.location().azimuth(); // degrees, + = left
 *   double metres = answer.location().distance();
 *   double siren = answer.probabilities().getOrDefault("siren", 0.0);
 * }
 * }</pre>
 *
 * @param className the most probable class
 * @param probabilities of every class, in taxonomy order; they sum to one
 * @param location where the hazard is; for {@code background}, where it would be
 * @param spread how sure the location is; null if the model does not say
 * @param places how likely each place is; null if the model has no map
 * @param regionLevels what makes {@link #region} hold the truth as often as it says; null if the
 *     model has no map, or was not calibrated
 * @param confidence that the answer is right, in [0, 1]
 * @param unknown whether what is heard is of no class; null if the model does not say
 * @param reliability how much each sense was trusted; null where that was not asked for
 * @param occlusionLevel of the view that was judged
 * @param notes what a reader should know about the input, as in {@code no picture: …}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "class",
  "confidence",
  "location",
  "spread",
  "places",
  "regions",
  "probabilities",
  "unknown",
  "reliability",
  "occlusion_level",
  "notes"
})
public record Imagination(
    @JsonProperty("class") String className,
    Map<String, Double> probabilities,
    Location location,
    Spread spread,
    PlacePosterior places,
    @JsonIgnore ConformalLevels regionLevels,
    double confidence,
    Unknown unknown,
    Reliability reliability,
    @JsonProperty("occlusion_level") double occlusionLevel,
    List<String> notes) {
  private static final double SUM_TOLERANCE = 1e-3;

  /**
   * @throws IllegalArgumentException naming the number that no whole model gives
   */
  public Imagination {
    double sum = 0;
    for (Map.Entry<String, Double> p : probabilities.entrySet()) {
      FieldValues.within("probability of " + p.getKey(), p.getValue(), 0, 1);
      sum += p.getValue();
    }
    FieldValues.within("sum of probabilities", sum, 1 - SUM_TOLERANCE, 1 + SUM_TOLERANCE);
    FieldValues.within(
        "location.distance", location.distance(), LocationForm.NEAREST, LocationForm.FARTHEST);
    FieldValues.within("confidence", confidence, 0, 1);
    FieldValues.within("occlusion_level", occlusionLevel, 0, 1);
    notes = List.copyOf(notes);
  }

  /**
   * The smallest set of places that holds the hazard with a probability, the most probable first:
   * the calibrated one where the model was calibrated, for views as occluded as this one; else what
   * the map itself says.
   *
   * @param probability in [0, 1]
   * @return cells of the {@link org.hearsight.core.place.PlaceGrid}
   * @throws IllegalStateException if the model has no map
   */
  public int[] region(double probability) {
    if (places == null) {
      throw new IllegalStateException("no map of places, and so no regions");
    }
    return places.region(probability, regionLevels);
  }

  /**
   * For readers of the JSON form: what share of the map the calibrated regions of 50, 80 and 90 %
   * take, the most probable places first; null without them.
   */
  @JsonProperty(value = "regions", access = JsonProperty.Access.READ_ONLY)
  Map<String, Double> shownLevels() {
    if (places == null || regionLevels == null) {
      return null;
    }
    Map<String, Double> shown = new LinkedHashMap<>();
    for (int percent : new int[] {50, 80, 90}) {
      shown.put(percent + "%", regionLevels.of(percent / 100.0));
    }
    return shown;
  }

  /**
   * How far the truth may lie from the stated location, as the model itself judges.
   *
   * @param degrees within which half of the probability lies around the stated direction
   * @param distanceFactor one standard deviation of log-distance, as a factor of the distance
   */
  public record Spread(double degrees, @JsonProperty("distance_factor") double distanceFactor) {
    private static final double HALF = 0.5;

    public Spread {
      FieldValues.within("spread.degrees", degrees, 0, 180);
      FieldValues.within("spread.distance_factor", distanceFactor, 1, Double.MAX_VALUE);
    }

    /** The spread of a decoded location; null if its form has none. */
    public static Spread of(LocationForm.Estimate estimate) {
      PlacePosterior places = estimate.places();
      if (places != null) {
        double azimuth = estimate.location().azimuth();
        return new Spread(
            places.within(azimuth, HALF), Math.exp(places.logDistanceSpread(azimuth)));
      }
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

  /**
   * Whether a sound of no class is heard, as music or a machine: neither a hazard nor mere
   * ambience.
   *
   * @param score how much nearer the sound is to unknown ones than to what the model knows, see
   *     {@link UnknownDetector}; 0 is as near
   * @param threshold chosen on validation scenes; from it on the sound is said to be unknown
   */
  @JsonPropertyOrder({"said", "score", "threshold"})
  public record Unknown(double score, double threshold) {
    public Unknown {
      FieldValues.within("unknown.score", score, -Double.MAX_VALUE, Double.MAX_VALUE);
      FieldValues.within("unknown.threshold", threshold, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    /** Is the sound said to be unknown? */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public boolean said() {
      return score >= threshold;
    }
  }

  /** Weights of the two senses; they sum to one. */
  public record Reliability(double audio, double visual) {
    public Reliability {
      FieldValues.within("reliability.audio", audio, 0, 1);
      FieldValues.within("reliability.visual", visual, 0, 1);
      FieldValues.within(
          "sum of reliability", audio + visual, 1 - SUM_TOLERANCE, 1 + SUM_TOLERANCE);
    }
  }
}
