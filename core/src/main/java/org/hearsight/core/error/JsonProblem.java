package org.hearsight.core.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.stream.Collectors;

/** What is wrong with a JSON document, the field first: the middle of an {@link InputException}. */
public final class JsonProblem {
  private JsonProblem() {}

  /** As in {@code adapter.fusion: Cannot deserialize …}, or a record's own words. */
  public static String text(JsonProcessingException e) {
    boolean ours = e.getCause() instanceof IllegalArgumentException;
    String problem = ours ? e.getCause().getMessage() : e.getOriginalMessage();
    String field = e instanceof JsonMappingException m ? path(m) : "";
    return field.isEmpty() || problem.startsWith(field) ? problem : field + ": " + problem;
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }
}
