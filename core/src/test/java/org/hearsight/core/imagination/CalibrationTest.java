package org.hearsight.core.imagination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Calibration.FittedOn;
import org.hearsight.core.imagination.Calibration.Regions;
import org.hearsight.core.imagination.ConfidenceScaling.Evidence;
import org.hearsight.core.place.ConformalLevels;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final FittedOn DATA = new FittedOn("calibration", 300, 270, 1, "abc");

  private static Regions regions(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] entropy = random.doubles(n, 0, 7).toArray();
    // Scores grow with the entropy.
    double[] scores = Arrays.stream(entropy).map(e -> e / 7.1 * random.nextDouble()).toArray();
    return Regions.of(entropy, scores);
  }

  @Test
  void binsHoldAboutAsManyScenesEachAndCoverTheWholeScale() {
    Regions four = regions(430, 1);
    assertThat(four.bins()).hasSize(4);
    assertThat(four.bins()).allSatisfy(b -> assertThat(b.levels().count()).isBetween(106, 108));
    assertThat(four.bins().stream().mapToInt(b -> b.levels().count()).sum()).isEqualTo(430);
    assertThat(four.overall().count()).isEqualTo(430);
    assertThat(four.bins().get(3).entropyTo()).isEqualTo(Regions.MOST_ENTROPY);
    assertThat(four.at(0)).isSameAs(four.bins().get(0).levels());
    assertThat(four.at(four.bins().get(0).entropyTo())).isSameAs(four.bins().get(0).levels());
    assertThat(four.at(7)).isSameAs(four.bins().get(3).levels());
    assertThat(four.at(7).of(0.8)).isGreaterThan(four.at(0).of(0.8) + 0.3);
  }

  @Test
  void tooFewScenesForTwoBinsHaveNone() {
    assertThat(regions(100, 2).bins()).hasSize(2);
    Regions one = regions(99, 2);
    assertThat(one.bins()).isEmpty();
    assertThat(one.at(0.3)).isSameAs(one.overall());
  }

  /** Maps that know nothing are all alike: they stay together, and no bin is left with too few. */
  @Test
  void equalOnesStayTogether() {
    double[] entropy = new double[300];
    Arrays.fill(entropy, 0, 260, 0.4);
    Arrays.fill(entropy, 260, 300, Regions.MOST_ENTROPY);
    assertThat(Regions.of(entropy, new double[300]).bins()).isEmpty();

    Arrays.fill(entropy, 200, 300, Regions.MOST_ENTROPY);
    Regions two = Regions.of(entropy, new double[300]);
    assertThat(two.bins()).hasSize(2);
    assertThat(two.bins().get(0).entropyTo()).isEqualTo(0.4);
    assertThat(two.at(0.41).count()).isEqualTo(100);
  }

  @Test
  void itGoesThroughJson() throws JsonProcessingException {
    Calibration all =
        new Calibration(1.5, new ConfidenceScaling(0.5, -1, 0.25, 2), regions(210, 3), DATA);
    assertThat(Json.EXACT.readValue(Json.page(all), Calibration.class)).isEqualTo(all);
    Calibration little = new Calibration(null, null, null, DATA);
    String text = Json.page(little);
    assertThat(text).contains("fitted_on").doesNotContain("places_temperature", "confidence");
    assertThat(Json.EXACT.readValue(text, Calibration.class)).isEqualTo(little);
    assertThat(little.confidence(new Evidence(0.75, 1, 0.1))).isEqualTo(0.75);
    assertThat(all.confidence(new Evidence(0.5, 1, 0.5)))
        .isCloseTo(1 / (1 + Math.exp(0.75)), within(1e-12));
    double odds = Math.exp(-0.75) * 3 * 3; // of an own probability of 3/4, twice
    assertThat(all.confidence(new Evidence(0.5, 1, 0.75)))
        .isCloseTo(odds / (1 + odds), within(1e-12));
  }

  /** Cards from before the probabilities had a say. */
  @Test
  void aScalingWithoutThemIsReadAndMeansTheSame() throws JsonProcessingException {
    ConfidenceScaling old =
        Json.EXACT.readValue(
            "{\"factor\": 0.5, \"term\": -1, \"occlusion\": 0.25}", ConfidenceScaling.class);
    assertThat(old).isEqualTo(new ConfidenceScaling(0.5, -1, 0.25, 0));
    assertThat(old.of(new Evidence(0.5, 1, 0.01))).isEqualTo(old.of(new Evidence(0.5, 1, 0.99)));
  }

  @Test
  void absurdValuesAreRefusedByName() {
    ConformalLevels levels = ConformalLevels.of(new double[] {0.5});
    refused("calibration.places_temperature: 0", () -> new Calibration(0.0, null, null, DATA));
    refused("calibration.fitted_on: missing", () -> new Calibration(1.0, null, null, null));
    refused("confidence.factor: -1", () -> new ConfidenceScaling(-1, 0, 0, 0));
    refused("confidence.term: NaN", () -> new ConfidenceScaling(1, Double.NaN, 0, 0));
    refused("confidence.own: -1", () -> new ConfidenceScaling(1, 0, 0, -1));
    refused(
        "calibration.regions.bins: the last does not reach 7.0",
        () -> new Regions(levels, List.of(new Regions.Bin(0.5, levels))));
    refused(
        "calibration.regions.bins.entropy_to: 0.5",
        () ->
            new Regions(
                levels,
                List.of(
                    new Regions.Bin(0.75, levels),
                    new Regions.Bin(0.5, levels),
                    new Regions.Bin(Regions.MOST_ENTROPY, levels))));
    refused("calibration.regions: overall", () -> new Regions(null, List.of()));
    refused("calibration.fitted_on.hazards: 7", () -> new FittedOn("calibration", 6, 7, 1, "abc"));
  }

  private static void refused(String problem, Runnable made) {
    assertThatThrownBy(made::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(problem);
  }
}
