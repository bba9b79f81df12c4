package org.hearsight.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers of a batch are those of single scenes but for rounding (docs/library.md). */
final class Near {
  private Near() {}

  static void assertNear(JsonNode answer, JsonNode expected) {
    assertThat(answer.path("class")).isEqualTo(expected.path("class"));
    assertThat(answer.path("confidence").asDouble())
        .isCloseTo(expected.path("confidence").asDouble(), within(1e-4));
    for (String name : new String[] {"azimuth", "elevation", "distance"}) {
      assertThat(answer.path("location").path(name).asDouble())
          .as(name)
          .isCloseTo(expected.path("location").path(name).asDouble(), within(0.51));
    }
    JsonNode probabilities = answer.path("probabilities");
    probabilities
        .fieldNames()
        .forEachRemaining(
            name ->
                assertThat(probabilities.path(name).asDouble())
                    .isCloseTo(expected.path("probabilities").path(name).asDouble(), within(2e-5)));
    assertThat(answer.path("notes")).isEqualTo(expected.path("notes"));
  }
}
