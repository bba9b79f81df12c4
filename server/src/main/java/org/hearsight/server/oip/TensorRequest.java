package org.hearsight.server.oip;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.file.Json;
import org.hearsight.server.problem.Problem;

/**
 * What the protocol calls an inference request: tensors by their names, and the outputs wanted. It
 * is read number by number, as a tree of millions of numbers would take many times their memory.
 *
 * @param id given back with the answer; null if there is none
 * @param inputs by their names
 * @param outputs wanted, by their names; all if it is empty
 */
record TensorRequest(String id, Map<String, Tensor> inputs, Set<String> outputs) {
  private static final Set<String> TYPES = Set.of("FP32", "FP64");

  /**
   * Reads one.
   *
   * @throws Problem 400 naming what is wrong
   */
  static TensorRequest read(byte[] body) {
    try (JsonParser json = Json.MAPPER.createParser(body)) {
      TensorRequest request = read(json);
      if (json.nextToken() != null) {
        throw bad("there is more behind the document");
      }
      return request;
    } catch (JsonProcessingException e) {
      throw bad(JsonProblem.text(e));
    } catch (IOException e) {
      throw bad("the document cannot be read");
    }
  }

  private static TensorRequest read(JsonParser json) throws IOException {
    String id = null;
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    Set<String> outputs = new LinkedHashSet<>();
    expect(json.nextToken() == JsonToken.START_OBJECT, "the document is not an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> {
          expect(json.currentToken() == JsonToken.VALUE_STRING, "id: is not a text");
          id = json.getText();
        }
        case "inputs" -> readInputs(json, inputs);
        case "outputs" -> readOutputs(json, outputs);
        default -> json.skipChildren();
      }
    }
    expect(!inputs.isEmpty(), "inputs: missing");
    return new TensorRequest(id, inputs, outputs);
  }

  private static void readInputs(JsonParser json, Map<String, Tensor> inputs) throws IOException {
    expect(json.currentToken() == JsonToken.START_ARRAY, "inputs: is not a list");
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Tensor tensor = readTensor(json);
      expect(
          inputs.put(tensor.name(), tensor) == null, "inputs: " + tensor.name() + " stands twice");
    }
    expect(json.currentToken() == JsonToken.END_ARRAY, "inputs: one is not an object");
  }

  private static Tensor readTensor(JsonParser json) throws IOException {
    String name = null;
    List<Integer> shape = null;
    String type = null;
    float[] data = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "name" -> name = json.getText();
        case "datatype" -> type = json.getText();
        case "shape" -> shape = readShape(json);
        case "data" -> data = readNumbers(json);
        default -> json.skipChildren();
      }
    }
    expect(name != null && shape != null && data != null, "inputs: name, shape or data is missing");
    expect(type != null && TYPES.contains(type), name + ": datatype: expected FP32");
    long numbers = 1;
    for (int size : shape) {
      numbers *= size;
      expect(numbers <= Integer.MAX_VALUE, name + ": shape: is too large");
    }
    expect(
        numbers == data.length,
        "%s: %d numbers, but its shape has %d".formatted(name, data.length, numbers));
    return new Tensor(name, shape, data);
  }

  private static List<Integer> readShape(JsonParser json) throws IOException {
    expect(json.currentToken() == JsonToken.START_ARRAY, "shape: is not a list");
    List<Integer> shape = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      expect(shape.size() < 8, "shape: has more than 8 dimensions");
      int size = json.getIntValue();
      expect(size > 0, "shape: " + size + ", expected 1 or more");
      shape.add(size);
    }
    expect(json.currentToken() == JsonToken.END_ARRAY, "shape: one is not a whole number");
    expect(!shape.isEmpty(), "shape: is empty");
    return shape;
  }

  /** Flat or nested, row by row. */
  private static float[] readNumbers(JsonParser json) throws IOException {
    expect(json.currentToken() == JsonToken.START_ARRAY, "data: is not a list");
    float[] numbers = new float[1024];
    int count = 0;
    for (int depth = 1; depth > 0; ) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_ARRAY) {
        depth++;
      } else if (token == JsonToken.END_ARRAY) {
        depth--;
      } else {
        expect(token != null && token.isNumeric(), "data: one is not a number");
        float number = json.getFloatValue();
        expect(Float.isFinite(number), "data: one is too large");
        numbers = count == numbers.length ? Arrays.copyOf(numbers, 2 * count) : numbers;
        numbers[count++] = number;
      }
    }
    return Arrays.copyOf(numbers, count);
  }

  private static void readOutputs(JsonParser json, Set<String> outputs) throws IOException {
    expect(json.currentToken() == JsonToken.START_ARRAY, "outputs: is not a list");
    while (json.nextToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean name = json.currentName().equals("name");
        json.nextToken();
        if (name) {
          outputs.add(json.getText());
        } else {
          json.skipChildren();
        }
      }
    }
    expect(json.currentToken() == JsonToken.END_ARRAY, "outputs: one is not an object");
  }

  private static void expect(boolean condition, String otherwise) {
    if (!condition) {
      throw bad(otherwise);
    }
  }

  private static Problem bad(String detail) {
    return new Problem(Problem.Kind.BAD_REQUEST, detail);
  }
}
