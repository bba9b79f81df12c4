package org.hearsight.core.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;

/**
 * JSON as this project reads and writes it.
 *
 * <p>A field that stands twice or text behind the document is refused, as whoever wrote it cannot
 * have meant what would be read.
 */
public final class Json {
  /** What reads and writes unless there is a reason. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Maps by their keys, so that the same map gives the same bytes. */
  public static final JsonMapper SORTED =
      MAPPER.rebuild().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /** Numbers as they are written, so that every Java gives the same canonical text. */
  public static final JsonMapper EXACT =
      MAPPER.rebuild().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** Characters of a row; scores of a part with its matrix take about as many. */
  private static final int ROW = 2500;

  private Json() {}

  /** A new object without fields. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A value as a tree, as it would be written. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // as in Jackson, whose caller knows the kind
  public static <T extends JsonNode> T tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A value in one line, without the line's end. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value.getClass() + " cannot be serialised", e);
    }
  }

  /** A value as a document for people, indented; ends with a line break. */
  public static String page(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value.getClass() + " cannot be serialised", e);
    }
  }

  /**
   * A value as a document that is read by people and kept in version control: what fits into a line
   * of {@value #ROW} characters stands on one, so that a part, a scene or a bin is a line. Ends
   * with a line break.
   */
  public static String rows(Object value) {
    StringBuilder out = new StringBuilder();
    rows(MAPPER.valueToTree(value), "", out);
    return out.append('\n').toString();
  }

  private static void rows(JsonNode node, String indent, StringBuilder out) {
    String line = line(node);
    if (line.length() <= ROW || !node.isContainerNode() || node.isEmpty()) {
      out.append(line);
      return;
    }
    String inner = indent + " ";
    out.append(node.isObject() ? '{' : '[');
    String between = "\n";
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        out.append(between).append(inner).append(line(field.getKey())).append(": ");
        rows(field.getValue(), inner, out);
        between = ",\n";
      }
    } else {
      for (JsonNode element : node) {
        out.append(between).append(inner);
        rows(element, inner, out);
        between = ",\n";
      }
    }
    out.append('\n').append(indent).append(node.isObject() ? '}' : ']');
  }

  /**
   * Reads a small document.
   *
   * @param remedy what to write instead, where it is not such a document
   * @throws InputException naming the field that is wrong
   */
  public static <T> T read(Path file, Class<T> type, String remedy) {
    return type.cast(read(file, MAPPER.readerFor(type), remedy));
  }

  /** As {@link #read(Path, Class, String)}, for types with parameters. */
  @SuppressWarnings("unchecked") // Jackson made it after the type's own description
  public static <T> T read(Path file, TypeReference<T> type, String remedy) {
    return (T) read(file, MAPPER.readerFor(type), remedy);
  }

  /**
   * Reads a document that ships in the jar.
   *
   * @param beside class in whose package it lies
   */
  public static <T> T resource(Class<?> beside, String name, TypeReference<T> type) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return MAPPER.readValue(in, type);
    } catch (IOException e) {
      throw new IllegalStateException("the jar lacks " + name, e);
    }
  }

  private static Object read(Path file, ObjectReader reader, String remedy) {
    String text = InputFile.text(file, InputFile.SMALL);
    try {
      Object value = reader.readValue(text);
      if (value == null) {
        throw new InputException(file, "holds null", remedy);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InputException(file, JsonProblem.text(e), remedy, e);
    }
  }
}
