package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.place.ConformalLevels;

/**
 * What makes a trained model's probabilities mean what they say, beside the temperature of its
 * classes: fitted on scenes that it was not trained on, and applied to every answer.
 *
 * @param placesTemperature the logits of the map of places are divided by it; null without a map
 * @param confidence of the answer; null where the confidence head did not learn whether answers are
 *     right
 * @param regions of the map; null without one, and where no hazard was there to fit them
 * @param fittedOn what all of it was fitted on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"places_temperature", "confidence", "regions", "fitted_on"})
public record Calibration(
    @JsonProperty("places_temperature") Double placesTemperature,
    ConfidenceScaling confidence,
    Regions regions,
    @JsonProperty("fitted_on") FittedOn fittedOn) {
  /** Beyond these a map says one place whatever it hears, or all alike. */
  private static final double LEAST_TEMPERATURE = 1e-3;

  private static final double MOST_TEMPERATURE = 1e3;

  public Calibration {
    if (placesTemperature != null) {
      FieldValues.within(
          "calibration.places_temperature", placesTemperature, LEAST_TEMPERATURE, MOST_TEMPERATURE);
    }
    if (fittedOn == null) {
      throw new IllegalArgumentException("calibration.fitted_on: missing");
    }
  }

  /** A confidence as it is to be said, where the view is occluded so much; both in [0, 1]. */
  public double confidence(double said, double occlusionLevel) {
    return confidence == null ? said : confidence.of(said, occlusionLevel);
  }

  /**
   * The scenes of the fit.
   *
   * @param split label of the split they are of
   * @param scenarios how many
   * @param hazards how many of them are not background
   * @param seed of the data set
   * @param scenariosSha256 checksum of the data set's list of scenarios
   */
  @JsonPropertyOrder({"split", "scenarios", "hazards", "seed", "scenarios_sha256"})
  public record FittedOn(
      String split,
      int scenarios,
      int hazards,
      long seed,
      @JsonProperty("scenarios_sha256") String scenariosSha256) {
    public FittedOn {
      FieldValues.text("calibration.fitted_on.split", split);
      FieldValues.text("calibration.fitted_on.scenarios_sha256", scenariosSha256);
      FieldValues.within("calibration.fitted_on.scenarios", scenarios, 1, Integer.MAX_VALUE);
      FieldValues.within("calibration.fitted_on.hazards", hazards, 0, scenarios);
    }
  }

  /**
   * Levels of regions by how much of the view is occluded, so that regions hold the truth as often
   * in open views as in occluded ones (Mondrian conformal prediction: each bin has scores of its
   * own). Bins are of the level that is given with a view, which is known when an answer is asked
   * for, as the visibility of the hazard is not.
   *
   * @param overall of all scenes
   * @param bins ascending, the last up to 1; empty where there were too few scenes for two
   */
  @JsonPropertyOrder({"overall", "bins"})
  public record Regions(ConformalLevels overall, List<Bin> bins) {
    /** Fewer scenes do not make a bin. */
    public static final int LEAST_IN_BIN = 50;

    private static final int MOST_BINS = 4;

    public Regions {
      if (overall == null || bins == null) {
        throw new IllegalArgumentException("calibration.regions: overall or bins are missing");
      }
      double before = 0;
      for (Bin b : bins) {
        if (b == null || b.levels() == null) {
          throw new IllegalArgumentException("calibration.regions.bins: levels are missing");
        }
        FieldValues.within("calibration.regions.bins.to", b.to(), before, 1);
        before = b.to();
      }
      if (!bins.isEmpty() && before < 1) {
        throw new IllegalArgumentException("calibration.regions.bins: the last does not reach 1");
      }
      bins = List.copyOf(bins);
    }

    /**
     * Scenes of a part of the occlusion scale.
     *
     * @param to the largest occlusion level of the bin
     */
    @JsonPropertyOrder({"to", "levels"})
    public record Bin(double to, ConformalLevels levels) {}

    /**
     * Sorts scenes into up to four bins of about as many scenes each, {@value #LEAST_IN_BIN} at
     * least.
     *
     * @param occlusion of each scene's view
     * @param scores of each scene's truth; one at least
     */
    public static Regions of(double[] occlusion, double[] scores) {
      int n = scores.length;
      int parts = Math.min(MOST_BINS, n / LEAST_IN_BIN);
      List<Bin> bins = List.of();
      if (parts > 1) {
        double[] ends = ends(occlusion, parts);
        bins =
            IntStream.range(0, ends.length)
                .mapToObj(b -> bin(b == 0 ? -1 : ends[b - 1], ends[b], occlusion, scores))
                .toList();
      }
      return new Regions(ConformalLevels.of(scores), bins.size() > 1 ? bins : List.of());
    }

    /** Ends of bins with an equal share of the scenes each or more; equal levels stay together. */
    private static double[] ends(double[] occlusion, int parts) {
      double[] sorted = occlusion.clone();
      Arrays.sort(sorted);
      int share = -Math.floorDiv(-sorted.length, parts);
      double[] ends = new double[parts];
      int bins = 0;
      int from = 0;
      for (int i = 1; i < sorted.length; i++) {
        boolean enough = i - from >= share && sorted.length - i >= LEAST_IN_BIN;
        if (enough && sorted[i] > sorted[i - 1]) {
          ends[bins++] = sorted[i - 1];
          from = i;
        }
      }
      ends[bins++] = 1;
      return Arrays.copyOf(ends, bins);
    }

    private static Bin bin(double above, double to, double[] occlusion, double[] scores) {
      return new Bin(
          to,
          ConformalLevels.of(
              IntStream.range(0, scores.length)
                  .filter(i -> occlusion[i] > above && occlusion[i] <= to)
                  .mapToDouble(i -> scores[i])
                  .toArray()));
    }

    /** The levels for a view of an occlusion level in [0, 1]. */
    public ConformalLevels at(double occlusionLevel) {
      return bin(occlusionLevel).map(Bin::levels).orElse(overall);
    }

    /** The bin that an occlusion level in [0, 1] lies in; empty where there are none. */
    public Optional<Bin> bin(double occlusionLevel) {
      return bins.stream().filter(b -> occlusionLevel <= b.to()).findFirst();
    }
  }
}
