package org.hearsight.learning.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.hearsight.core.file.Json;
import org.junit.jupiter.api.Test;

class SavedRunTest {
  private static String differences(String began, String now) throws JsonProcessingException {
    return SavedRun.differences(Json.MAPPER.readTree(began), Json.MAPPER.readTree(now));
  }

  @Test
  void aListThatAnEarlierVersionDidNotKnowIsEmpty() throws JsonProcessingException {
    String began = "{\"seed\": 1, \"model\": {\"cues\": true}}";
    assertThat(differences(began, "{\"seed\": 1, \"model\": {\"cues\": true, \"withheld\": []}}"))
        .isEmpty();
    assertThat(
            differences(
                began, "{\"seed\": 1, \"model\": {\"cues\": true, \"withheld\": [\"depth\"]}}"))
        .isEqualTo("model.withheld was null, is [\"depth\"]");
  }

  @Test
  void otherFieldsAreNamed() throws JsonProcessingException {
    assertThat(differences("{\"seed\": 1, \"old\": 2}", "{\"seed\": 3, \"new\": 0}"))
        .isEqualTo("new was null, is 0; old was 2, is null; seed was 1, is 3");
  }
}
