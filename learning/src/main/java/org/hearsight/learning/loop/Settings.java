package org.hearsight.learning.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;

/**
 * Configurations of nested records as JSON documents: a document says what differs from the
 * defaults, field by field, and a field is called by its path, as in {@code stage1.epochs}.
 *
 * <p>Records validate themselves by {@link IllegalArgumentException}s that begin with the name of
 * the field; here the way to it is put before.
 */
public final class Settings {
  private static final JsonMapper JSON =
      Json.MAPPER
          .rebuild()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .build();

  private static final String REMEDY = "docs/training.md lists the fields and their ranges";

  private Settings() {}

  /**
   * The defaults with what a file says over them.
   *
   * @param file a JSON object of fields; or a {@code model.json} or {@code pretraining.json}, whose
   *     configuration is taken
   * @throws InputException naming the field that is unknown or out of range
   */
  public static <T> T read(Path file, T defaults) {
    return over(defaults, file, Map.of());
  }

  /**
   * A configuration with other values.
   *
   * @param values by the path of the field
   * @throws IllegalArgumentException naming the field that is unknown or out of range
   */
  public static <T> T with(T config, Map<String, ?> values) {
    return over(config, null, values);
  }

  /**
   * The defaults, over them what a file says, over it values by their paths. Only what comes of all
   * of it has to be valid.
   *
   * @param file as {@link #read} takes one, or null
   * @throws InputException naming the field of the file that is unknown or out of range
   * @throws IllegalArgumentException naming the field of the values that is
   */
  public static <T> T over(T defaults, Path file, Map<String, ?> values) {
    ObjectNode all = document(defaults);
    if (file != null) {
      ObjectNode given = given(file);
      try {
        overlay("", all, given, all);
      } catch (Refused e) {
        throw e.of(file);
      }
    }
    values.forEach(
        (path, value) -> {
          ObjectNode one = JSON.createObjectNode();
          ObjectNode at = one;
          String[] names = path.split("\\.", -1);
          for (int i = 0; i < names.length - 1; i++) {
            at = at.putObject(names[i]);
          }
          at.set(names[names.length - 1], JSON.valueToTree(value));
          overlay("", all, one, all);
        });
    try {
      return made(all, defaults);
    } catch (Refused e) {
      if (file != null && values.keySet().stream().noneMatch(e::names)) {
        throw e.of(file);
      }
      throw e;
    }
  }

  private static ObjectNode given(Path file) {
    String remedy = "give an object of fields, as docs/training.md lists them";
    JsonNode root = Json.read(file, JsonNode.class, remedy);
    JsonNode ofAModel = root.path("provenance").path("config");
    JsonNode given =
        ofAModel.isObject() ? ofAModel : root.path("config").isObject() ? root.get("config") : root;
    if (!given.isObject()) {
      throw new InputException(file, "is not a JSON object", remedy);
    }
    return (ObjectNode) given;
  }

  /** All fields of a configuration; {@link #read} gives it back. */
  public static ObjectNode document(Object config) {
    return JSON.valueToTree(config);
  }

  /** Fields by their paths, in their order; objects hold fields and are none themselves. */
  public static Map<String, JsonNode> fields(JsonNode document) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    collect("", document, fields);
    return fields;
  }

  private static void collect(String path, JsonNode node, Map<String, JsonNode> into) {
    node.properties()
        .forEach(
            e -> {
              String name = path + e.getKey();
              if (e.getValue().isObject()) {
                collect(name + ".", e.getValue(), into);
              } else {
                into.put(name, e.getValue());
              }
            });
  }

  private static void overlay(String path, ObjectNode into, ObjectNode given, ObjectNode all) {
    given
        .properties()
        .forEach(
            e -> {
              String name = path + e.getKey();
              JsonNode before = into.get(e.getKey());
              JsonNode value = e.getValue();
              if (before == null) {
                throw new Refused(name + ": there is no such field", near(name, all));
              }
              if (!kind(before).equals(kind(value))
                  && !(before.isNumber() && !before.isIntegralNumber() && value.isNumber())) {
                throw new Refused(name + ": " + value + ", expected " + kind(before), REMEDY);
              }
              if (before.isObject()) {
                overlay(name + ".", (ObjectNode) before, (ObjectNode) value, all);
              } else {
                into.set(e.getKey(), value);
              }
            });
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case NUMBER -> node.isIntegralNumber() ? "a whole number" : "a number";
      case BOOLEAN -> "true or false";
      case STRING -> "a text";
      case ARRAY -> "a list";
      case OBJECT -> "an object of fields";
      default -> "a value";
    };
  }

  /** The field that was meant, or all that there are beside it. */
  private static String near(String name, ObjectNode all) {
    List<String> known = List.copyOf(fields(all).keySet());
    String nearest = known.stream().min(Comparator.comparingInt(k -> distance(name, k))).get();
    if (distance(name, nearest) <= Math.max(2, last(name).length() / 3)) {
      return "did you mean " + nearest + "?";
    }
    String group = name.substring(0, name.lastIndexOf('.') + 1);
    return "known are "
        + known.stream().filter(k -> k.startsWith(group)).collect(Collectors.joining(", "));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Of the paths, or of the last names where those are nearer, as a field in a wrong group. */
  private static int distance(String a, String b) {
    return Math.min(edits(a, b), edits(last(a), last(b)));
  }

  /** Letters put in, left out or changed to make one of the other (Levenshtein). */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  @SuppressWarnings("unchecked") // of the type of the configuration it came from
  private static <T> T made(ObjectNode all, T like) {
    try {
      return (T) JSON.treeToValue(all, like.getClass());
    } catch (JsonMappingException e) {
      String path =
          e.getPath().stream()
              .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
              .collect(Collectors.joining("."));
      throw e.getCause() instanceof IllegalArgumentException refused
          ? new Refused((path.isEmpty() ? "" : path + ".") + refused.getMessage(), REMEDY)
          : new Refused(path + ": " + problem(e), REMEDY);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the configuration cannot be read", e);
    }
  }

  /** Of a choice, what there is to choose from. */
  private static String problem(JsonMappingException e) {
    if (e instanceof InvalidFormatException wrong && wrong.getTargetType().isEnum()) {
      String known =
          Arrays.stream(wrong.getTargetType().getEnumConstants())
              .map(c -> JSON.valueToTree(c).asText())
              .collect(Collectors.joining(" or "));
      return wrong.getValue() + ", expected " + known;
    }
    return e.getOriginalMessage();
  }

  /** A field that cannot be taken, and what to do. */
  private static final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String problem;
    private final String remedy;

    Refused(String problem, String remedy) {
      super(problem + "; " + remedy);
      this.problem = problem;
      this.remedy = remedy;
    }

    /** Is it the field of this path, or an element of it, that cannot be taken? */
    boolean names(String path) {
      return problem.startsWith(path + ":") || problem.startsWith(path + ".");
    }

    InputException of(Path file) {
      return new InputException(file, problem, remedy, this);
    }
  }
}
