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
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;

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

  /** The confidence of an answer as it is to be said, in [0, 1]. */
  public double confidence(ConfidenceScaling.Evidence answer) {
    return confidence == null ? answer.said() : confidence.of(answer);
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
   * Levels of regions by how far a map is spread, so that regions hold the truth as often where the
   * model is unsure as where it is not (Mondrian conformal prediction: each bin has scores of its
   * own). Maps of hidden hazards are spread farther than those of visible ones, and trust
   * themselves more than they should; the occlusion of the view, which was tried before, says less
   * of both.
   *
   * @param overall of all scenes
   * @param bins by {@link PlacePosterior#entropy}, ascending, the last up to {@link #MOST_ENTROPY};
   *     empty where there were too few scenes for two
   */
  @JsonPropertyOrder({"overall", "bins"})
  public record Regions(ConformalLevels overall, List<Bin> bins) {
    /** Fewer scenes do not make a bin. */
    public static final int LEAST_IN_BIN = 50;

    /** Of a map that knows nothing, nats. */
    public static final double MOST_ENTROPY = Math.log(PlaceGrid.CELLS);

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
        FieldValues.within(
            "calibration.regions.bins.entropy_to", b.entropyTo(), before, MOST_ENTROPY);
        before = b.entropyTo();
      }
      if (!bins.isEmpty() && before < MOST_ENTROPY) {
        throw new IllegalArgumentException(
            "calibration.regions.bins: the last does not reach " + MOST_ENTROPY);
      }
      bins = List.copyOf(bins);
    }

    /**
     * Scenes whose maps are spread alike.
     *
     * @param entropyTo the largest entropy of the bin, nats
     */
    @JsonPropertyOrder({"entropy_to", "levels"})
    public record Bin(@JsonProperty("entropy_to") double entropyTo, ConformalLevels levels) {}

    /**
     * Sorts scenes into up to four bins of about as many scenes each, {@value #LEAST_IN_BIN} at
     * least.
     *
     * @param entropy of each scene's map
     * @param scores of each scene's truth; one at least
     */
    public static Regions of(double[] entropy, double[] scores) {
      int n = scores.length;
      int parts = Math.min(MOST_BINS, n / LEAST_IN_BIN);
      List<Bin> bins = List.of();
      if (parts > 1) {
        double[] ends = ends(entropy, parts);
        bins =
            IntStream.range(0, ends.length)
                .mapToObj(b -> bin(b == 0 ? -1 : ends[b - 1], ends[b], entropy, scores))
                .toList();
      }
      return new Regions(ConformalLevels.of(scores), bins.size() > 1 ? bins : List.of());
    }

    /** Ends of bins with an equal share of the scenes each or more; equal ones stay together. */
    private static double[] ends(double[] entropy, int parts) {
      double[] sorted = entropy.clone();
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
      ends[bins++] = MOST_ENTROPY;
      return Arrays.copyOf(ends, bins);
    }

    private static Bin bin(double above, double to, double[] entropy, double[] scores) {
      return new Bin(
          to,
          ConformalLevels.of(
              IntStream.range(0, scores.length)
                  .filter(i -> entropy[i] > above && entropy[i] <= to)
                  .mapToDouble(i -> scores[i])
                  .toArray()));
    }

    /** The levels for a map of an entropy, nats. */
    public ConformalLevels at(double entropy) {
      return bin(entropy).map(Bin::levels).orElse(overall);
    }

    /** The bin that a map of an entropy lies in; empty where there are none. */
    public Optional<Bin> bin(double entropy) {
      return bins.stream().filter(b -> entropy <= b.entropyTo()).findFirst();
    }
  }
}
