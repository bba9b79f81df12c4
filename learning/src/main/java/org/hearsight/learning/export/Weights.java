package org.hearsight.learning.export;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;

/** A network's named weights, read strictly: a missing or misshapen one is named. */
final class Weights {
  private final String network;
  private final Map<String, Tensor> tensors;

  /**
   * @param network what the weights belong to, for messages
   */
  Weights(String network, Map<String, Tensor> tensors) {
    this.network = network;
    this.tensors = tensors;
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** Numbers that stand in the first group of {@code pattern} in any name, ascending. */
  int[] indices(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    TreeSet<Integer> found = new TreeSet<>();
    for (String name : tensors.keySet()) {
      compiled
          .matcher(name)
          .results()
          .map((MatchResult m) -> Integer.valueOf(m.group(1)))
          .forEach(found::add);
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Shape of a tensor that must have {@code rank} dimensions. */
  int[] shape(String name, int rank) {
    int[] shape = tensor(name).shape();
    if (shape.length != rank) {
      throw refuse(name, "shape " + Arrays.toString(shape) + ", expected " + rank + " dimensions");
    }
    return shape;
  }

  /** Elements of a tensor that must have exactly this shape. */
  float[] floats(String name, int... shape) {
    Tensor t = tensor(name);
    if (!Arrays.equals(t.shape(), shape)) {
      throw refuse(name, "shape " + t.shapeText() + ", expected " + Arrays.toString(shape));
    }
    if (!t.isFinite()) {
      throw refuse(name, "holds NaN or infinity");
    }
    return t.floats();
  }

  InputException refuse(String name, String problem) {
    return InputException.model(
        network, "weight '" + name + "': " + problem, "give the weights of a " + network);
  }

  private Tensor tensor(String name) {
    Tensor t = tensors.get(name);
    if (t == null) {
      throw refuse(name, "missing");
    }
    if (!t.dtype().isFloating()) {
      throw refuse(name, "type " + t.dtype() + ", expected a floating one");
    }
    return t;
  }
}
