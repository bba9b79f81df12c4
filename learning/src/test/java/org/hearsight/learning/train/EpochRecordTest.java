package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class EpochRecordTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static EpochRecord epoch(double hiddenAngle) {
    EpochRecord.Losses losses = new EpochRecord.Losses(3, 1, 1, 1);
    return new EpochRecord(1, 1, losses, losses, 0.5, hiddenAngle);
  }

  /** NaN is not a number in JSON, and tells a person nothing. */
  @Test
  void withoutHiddenHazardsThereIsNoAngle() throws JsonProcessingException {
    String json = JSON.writeValueAsString(epoch(Double.NaN));

    assertThat(json).contains("\"hidden_angle\":null").doesNotContain("NaN");
    assertThat(JSON.readValue(json, EpochRecord.class)).isEqualTo(epoch(Double.NaN));
    assertThat(epoch(Double.NaN).hiddenText()).isEqualTo("–");
  }

  @Test
  void anAngleIsToldInDegrees() throws JsonProcessingException {
    String json = JSON.writeValueAsString(epoch(12.34));

    assertThat(JSON.readValue(json, EpochRecord.class)).isEqualTo(epoch(12.34));
    assertThat(epoch(12.34).hiddenText()).isEqualTo("12.3°");
  }
}
