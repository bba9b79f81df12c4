package org.hearsight.core.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;

/**
 * Small JSON documents of other people: a field that stands twice or text behind the document is
 * refused, as whoever wrote it cannot have meant what would be read.
 */
public final class JsonFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFile() {}

  /**
   * Reads a document.
   *
   * @param remedy what to write instead, where it is not such a document
   * @throws InputException naming the field that is wrong
   */
  public static <T> T read(Path file, Class<T> type, String remedy) {
    return type.cast(read(file, JSON.readerFor(type), remedy));
  }

  /** As {@link #read(Path, Class, String)}, for types with parameters. */
  @SuppressWarnings("unchecked") // Jackson made it after the type's own description
  public static <T> T read(Path file, TypeReference<T> type, String remedy) {
    return (T) read(file, JSON.readerFor(type), remedy);
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
