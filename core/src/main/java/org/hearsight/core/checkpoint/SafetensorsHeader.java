package org.hearsight.core.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.DType;

/**
 * The JSON part of a safetensors file: which tensor lies where.
 *
 * <p>Parsed token by token: a tree would take many times the memory of a hostile header.
 *
 * @param dataStart where the values begin in the file
 */
record SafetensorsHeader(long dataStart, List<Entry> entries, Map<String, String> metadata) {
  /** The remedy for a damaged file that somebody else wrote. */
  static final String ELSEWHERE = "download or export the file again";

  private static final int LENGTH_BYTES = 8;
  private static final int ALIGNMENT = 8;

  /** The reference reader stops at 100 MB; 16 MiB already name 150,000 tensors. */
  private static final long LONGEST = 16L << 20;

  private static final int MOST_DIMENSIONS = 64;
  private static final String METADATA = "__metadata__";

  /** Without a shared table of field names, which hostile names could fill. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /** One tensor; {@code begin} and {@code end} count from the first value's byte. */
  record Entry(String name, DType dtype, int[] shape, long begin, long end) {}

  /**
   * @param remedy what to do about a damaged file
   * @throws InputException if anything in the header does not fit the format or the file
   */
  static SafetensorsHeader read(Path file, FileBytes bytes, String remedy) {
    Source source = new Source(file, remedy);
    if (bytes.size() < LENGTH_BYTES) {
      throw source.damaged("is cut short or not a safetensors file: " + bytes.size() + " bytes");
    }
    long length = bytes.slice(0, LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > bytes.size() - LENGTH_BYTES) {
      throw source.damaged(
          "is cut short or not a safetensors file: header of %s bytes in a file of %d"
              .formatted(Long.toUnsignedString(length), bytes.size()));
    }
    if (length > LONGEST) {
      throw source.damaged("header: %d bytes, expected at most %d".formatted(length, LONGEST));
    }
    List<Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    try {
      String json =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(bytes.slice(LENGTH_BYTES, (int) length))
              .toString();
      try (JsonParser parser = JSON.createParser(json)) {
        new Reader(source, parser).header(entries, metadata);
      }
    } catch (JsonProcessingException e) {
      throw new InputException(file, "header is not JSON: " + reason(e), remedy, e);
    } catch (IOException e) {
      throw new InputException(file, "header is not UTF-8 text", remedy, e);
    }
    long dataStart = LENGTH_BYTES + length;
    checkLayout(source, entries, bytes.size() - dataStart);
    return new SafetensorsHeader(dataStart, entries, metadata);
  }

  /** Length and JSON, padded with spaces so that the values start on a multiple of eight. */
  static ByteBuffer render(List<Entry> entries, Map<String, String> metadata) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      out.writeStartObject();
      if (!metadata.isEmpty()) {
        out.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> e : new TreeMap<>(metadata).entrySet()) {
          out.writeStringField(e.getKey(), e.getValue());
        }
        out.writeEndObject();
      }
      for (Entry e : entries) {
        if (e.name().equals(METADATA)) {
          throw new IllegalArgumentException("no tensor may be named " + METADATA);
        }
        out.writeObjectFieldStart(e.name());
        out.writeStringField("dtype", e.dtype().name());
        out.writeFieldName("shape");
        out.writeArray(e.shape(), 0, e.shape().length);
        out.writeFieldName("data_offsets");
        out.writeArray(new long[] {e.begin(), e.end()}, 0, 2);
        out.writeEndObject();
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array in memory does not fail
    }
    while (json.size() % ALIGNMENT != 0) {
      json.write(' ');
    }
    return ByteBuffer.allocate(LENGTH_BYTES + json.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.size())
        .put(json.toByteArray())
        .flip();
  }

  /** Every byte after the header belongs to exactly one tensor. */
  private static void checkLayout(Source source, List<Entry> entries, long available) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = 0;
    for (Entry e : sorted) {
      if (e.begin() != at) {
        throw source.damaged(
            "%s: data_offsets [%d, %d] %s, expected to begin at %d"
                .formatted(
                    field(e.name()),
                    e.begin(),
                    e.end(),
                    e.begin() < at ? "overlap another tensor" : "leave a hole",
                    at));
      }
      at = e.end();
    }
    if (at != available) {
      throw source.damaged(
          "holds %d bytes of values, its header describes %d%s"
              .formatted(available, at, at > available ? ": cut short" : ""));
    }
  }

  private static String field(String tensor) {
    return "tensor " + NamedTensors.quote(tensor);
  }

  /**
   * What is read.
   *
   * @param remedy what to do if it is damaged
   */
  private record Source(Path file, String remedy) {
    InputException damaged(String problem) {
      return new InputException(file, problem, remedy);
    }

    /**
     * What a sound file of somebody else may have and one of our own only when damaged.
     *
     * @param hint what to do about it in a file from elsewhere
     */
    InputException odd(String problem, String hint, Throwable cause) {
      return new InputException(file, problem, remedy.equals(ELSEWHERE) ? hint : remedy, cause);
    }
  }

  private static String reason(JsonProcessingException e) {
    return NamedTensors.shorten(String.valueOf(e.getOriginalMessage()));
  }

  /** Walks the tokens; each method leaves the parser on the last token it used. */
  private record Reader(Source source, JsonParser parser) {

    void header(List<Entry> entries, Map<String, String> metadata) throws IOException {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "header");
      Set<String> names = new HashSet<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (!names.add(name)) {
          throw source.damaged(field(name) + " appears twice");
        }
        if (name.equals(METADATA)) {
          metadata(metadata);
        } else {
          entries.add(entry(name));
        }
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "text after the closing brace");
      }
    }

    private void metadata(Map<String, String> metadata) throws IOException {
      expect(parser.nextToken(), JsonToken.START_OBJECT, METADATA);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        expect(parser.nextToken(), JsonToken.VALUE_STRING, METADATA + "." + key);
        if (metadata.put(key, parser.getText()) != null) {
          throw source.damaged(METADATA + " " + NamedTensors.quote(key) + " appears twice");
        }
      }
    }

    private Entry entry(String name) throws IOException {
      String where = field(name);
      expect(parser.nextToken(), JsonToken.START_OBJECT, where);
      DType dtype = null;
      long[] shape = null;
      long[] offsets = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        boolean known =
            switch (key) {
              case "dtype" -> dtype == null;
              case "shape" -> shape == null;
              case "data_offsets" -> offsets == null;
              default -> false;
            };
        if (!known) {
          throw source.damaged(
              where + ": field " + NamedTensors.quote(key) + " is unknown or appears twice");
        }
        switch (key) {
          case "dtype" -> dtype = dtype(where);
          case "shape" -> shape = integers(where + ": shape");
          default -> offsets = integers(where + ": data_offsets");
        }
      }
      if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
        throw source.damaged(where + ": expected dtype, shape and data_offsets [begin, end]");
      }
      return entry(name, dtype, shape, offsets);
    }

    private Entry entry(String name, DType dtype, long[] shape, long[] offsets) {
      long bytes = dtype.bytes();
      int[] sizes = new int[shape.length];
      try {
        for (int i = 0; i < shape.length; i++) {
          sizes[i] = Math.toIntExact(shape[i]);
          bytes = Math.multiplyExact(bytes, shape[i]);
        }
        Math.toIntExact(bytes);
      } catch (ArithmeticException e) {
        throw source.odd(
            field(name) + ": shape is larger than one array of 2 GiB",
            "split the tensor, or download the file again",
            e);
      }
      if (offsets[1] < offsets[0] || offsets[1] - offsets[0] != bytes) {
        throw source.damaged(
            "%s: data_offsets [%d, %d] hold %d bytes, dtype and shape ask for %d"
                .formatted(field(name), offsets[0], offsets[1], offsets[1] - offsets[0], bytes));
      }
      return new Entry(name, dtype, sizes, offsets[0], offsets[1]);
    }

    private DType dtype(String where) throws IOException {
      expect(parser.nextToken(), JsonToken.VALUE_STRING, where + ": dtype");
      String text = parser.getText();
      for (DType d : DType.values()) {
        if (d.name().equals(text)) {
          return d;
        }
      }
      throw source.odd(
          where + ": dtype " + NamedTensors.quote(text) + " is unknown",
          "convert the tensor to F32",
          null);
    }

    private long[] integers(String where) throws IOException {
      expect(parser.nextToken(), JsonToken.START_ARRAY, where);
      List<Long> numbers = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, where);
        numbers.add(parser.getLongValue());
        if (numbers.get(numbers.size() - 1) < 0 || numbers.size() > MOST_DIMENSIONS) {
          throw source.damaged(
              where + " is negative or has more than " + MOST_DIMENSIONS + " numbers");
        }
      }
      return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private void expect(JsonToken found, JsonToken expected, String where) {
      if (found != expected) {
        throw source.damaged(
            "%s: expected %s, found %s".formatted(where, word(expected), word(found)));
      }
    }

    private static String word(JsonToken token) {
      if (token == null) {
        return "the end";
      }
      return switch (token) {
        case START_OBJECT -> "an object";
        case START_ARRAY -> "an array";
        case VALUE_STRING -> "text";
        case VALUE_NUMBER_INT -> "a whole number";
        case VALUE_NUMBER_FLOAT -> "a fraction";
        case VALUE_TRUE, VALUE_FALSE -> "true or false";
        case VALUE_NULL -> "no value";
        default -> "a bracket";
      };
    }
  }
}
