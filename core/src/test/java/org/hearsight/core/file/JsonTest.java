package org.hearsight.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void whatFitsStandsOnOneRow() throws JsonProcessingException {
    String long1 = "a".repeat(1500);
    String long2 = "b".repeat(1500);
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("short", Map.of("x", List.of(1, 2)));
    value.put("long", List.of(Map.of("p", long1), Map.of("q \"", long2)));
    value.put("none", List.of());

    String rows = Json.rows(value);

    assertThat(rows)
        .isEqualTo(
            "{\n \"short\": {\"x\":[1,2]},\n \"long\": [\n  {\"p\":\""
                + long1
                + "\"},\n  {\"q \\\"\":\""
                + long2
                + "\"}\n ],\n \"none\": []\n}\n");
    assertThat(Json.MAPPER.readTree(rows)).isEqualTo(Json.tree(value));
  }
}
