package org.hearsight.core.imagination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.imagination.Imagination.Reliability;
import org.hearsight.core.imagination.Imagination.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImaginationTest {
  private static final Location FRONT = new Location(0, 0, 4);

  @ParameterizedTest
  @ValueSource(doubles = {0.0498, 0.5, 1, 5, 30, 200, 1096})
  void halfOfTheDensityLiesWithinTheStatedAngle(double kappa) {
    Spread spread = Spread.of(new LocationForm.Estimate(FRONT, kappa, 0.3, null));

    double within = integral(kappa, Math.toRadians(spread.degrees()));
    double all = integral(kappa, Math.PI);

    assertThat(within / all).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void spreadGrowsAsConcentrationFalls() {
    double last = 90;
    for (double logKappa = -3; logKappa <= 7; logKappa += 0.5) {
      double degrees =
          Spread.of(new LocationForm.Estimate(FRONT, Math.exp(logKappa), 0.3, null)).degrees();
      assertThat(degrees).isLessThan(last);
      last = degrees;
    }
    assertThat(last).isBetween(1.5, 2.5);
  }

  @Test
  void distanceFactorIsOneDeviationOfItsLogarithm() {
    assertThat(Spread.of(new LocationForm.Estimate(FRONT, 1, Math.log(2), null)).distanceFactor())
        .isCloseTo(2, within(1e-12));
  }

  @Test
  void theSeedFormHasNoSpread() {
    assertThat(Spread.of(LocationForm.SEED.decode(new float[3]))).isNull();
  }

  @Test
  void jsonKeepsTheOrderAndLeavesOutWhatIsNotKnown() {
    Map<String, Double> p = new LinkedHashMap<>();
    p.put("background", 0.25);
    p.put("siren", 0.75);
    Imagination i =
        new Imagination(
            "siren",
            p,
            FRONT,
            null,
            null,
            null,
            0.5,
            new Imagination.Unknown(0.25, 0.5),
            new Reliability(0.25, 0.75),
            1,
            List.of("no picture"));

    JsonNode json = new ObjectMapper().valueToTree(i);

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "class",
            "confidence",
            "location",
            "probabilities",
            "unknown",
            "reliability",
            "occlusion_level",
            "notes");
    assertThat(json.get("location").get("distance").asDouble()).isEqualTo(4);
    assertThat(json.get("location").has("direction")).isFalse();
  }

  @Test
  void numbersThatNoWholeModelGivesAreRefused() {
    Reliability both = new Reliability(0.25, 0.75);
    refused("probability of a: NaN", () -> answer(Map.of("a", Double.NaN), FRONT, 0.5, both));
    refused("probability of a: -1", () -> answer(Map.of("a", -1.0), FRONT, 0.5, both));
    refused("sum of probabilities: 0.9", () -> answer(Map.of("a", 0.9), FRONT, 0.5, both));
    refused("confidence: NaN", () -> answer(Map.of("a", 1.0), FRONT, Double.NaN, both));
    refused("confidence: 1.5", () -> answer(Map.of("a", 1.0), FRONT, 1.5, both));
    Location far = new Location(0, 0, Double.POSITIVE_INFINITY);
    refused("location.distance: Infinity", () -> answer(Map.of("a", 1.0), far, 0.5, both));
    refused("reliability.visual: NaN", () -> new Reliability(0.5, Double.NaN));
    refused("sum of reliability: 1.5", () -> new Reliability(0.75, 0.75));
    refused("spread.degrees: NaN", () -> new Spread(Double.NaN, 2));
    refused("spread.distance_factor: Infinity", () -> new Spread(3, Double.POSITIVE_INFINITY));
  }

  private static Imagination answer(
      Map<String, Double> p, Location location, double confidence, Reliability reliability) {
    return new Imagination(
        "a", p, location, null, null, null, confidence, null, reliability, 0, List.of());
  }

  private static void refused(String problem, ThrowingCallable answer) {
    assertThatThrownBy(answer)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(problem);
  }

  /** Simpson's rule over the von Mises–Fisher density in the angle from its mean, unnormalised. */
  private static double integral(double kappa, double to) {
    int n = 20_000;
    double h = to / n;
    double sum = 0;
    for (int i = 0; i <= n; i++) {
      double a = i * h;
      double weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(kappa * (Math.cos(a) - 1)) * Math.sin(a);
    }
    return sum * h / 3;
  }
}
