package org.hearsight.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.bundle.ActivationRanges.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationRangesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aCardKeepsThemToTheBit() throws JsonProcessingException {
    Map<String, Range> places = new LinkedHashMap<>();
    places.put("input", new Range(-2 / 3f, 2.64f));
    places.put("layer1.0.conv1", new Range(0, 1 / 3f));
    ActivationRanges ranges = new ActivationRanges(places);
    EncoderCard card = Cards.encoder(EncoderCard.RESNET50).in8Bits(ranges);

    String json = JSON.writeValueAsString(card);

    assertThat(json).contains("\"layer1.0.conv1\":[0.0,0.33333334]");
    EncoderCard read = JSON.readValue(json, EncoderCard.class);
    assertThat(read).isEqualTo(card);
    assertThat(read.int8().of("layer1.0.conv1")).isEqualTo(new Range(0, 1 / 3f));
    assertThat(read.int8().of("elsewhere")).isNull();
    assertThat(JSON.writeValueAsString(card.in8Bits(null))).doesNotContain("int8");
  }

  @Test
  void aRangeHoldsZeroAndGrows() {
    assertThat(new Range(-1, 2).and(new Range(-3, 1))).isEqualTo(new Range(-3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(0.1f, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(-2, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(0, Float.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new Range(0, Float.POSITIVE_INFINITY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1]}", "{\"a\":null}", "{\"a\":[null,1]}", "{\"a\":[2,3]}"})
  void damagedOnesAreRefused(String json) {
    assertThatThrownBy(() -> JSON.readValue(json, ActivationRanges.class))
        .isInstanceOf(JsonMappingException.class);
  }
}
