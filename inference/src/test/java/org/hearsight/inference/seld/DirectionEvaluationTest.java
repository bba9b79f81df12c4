package org.hearsight.inference.seld;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectionEvaluationTest {
  @Test
  void aSystemWithoutClassesHasNoShareOfRightOnes() {
    DirectionEvaluation.Score score =
        new DirectionEvaluation.Score("vector", 3, 4, 1, 1, 0, Double.NaN, Map.of());
    DirectionEvaluation evaluation = new DirectionEvaluation(2, 0, List.of(score));

    JsonNode json = new ObjectMapper().valueToTree(evaluation);

    assertThat(json.at("/systems/0/right").isNull()).isTrue();
    assertThat(json.at("/systems/0/median").asDouble()).isEqualTo(3);
    assertThat(evaluation.table()).contains("–").doesNotContain("NaN");
  }
}
