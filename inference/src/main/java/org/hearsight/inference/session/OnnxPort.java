package org.hearsight.inference.session;

import java.util.Arrays;
import java.util.List;
import org.hearsight.core.tensor.DType;

/**
 * An input or output of a graph: its name, type and shape.
 *
 * @param sizes one number a dimension, −1 where it is free
 * @param axes one name a dimension, empty where it has none; free dimensions of one name must agree
 */
public record OnnxPort(String name, DType dtype, List<Integer> sizes, List<String> axes) {
  public OnnxPort {
    sizes = List.copyOf(sizes);
    axes = List.copyOf(axes);
    if (sizes.size() != axes.size()) {
      throw new IllegalArgumentException(
          "axes: " + axes.size() + " names for " + sizes.size() + " dimensions");
    }
  }

  public int rank() {
    return sizes.size();
  }

  /** Has it so many dimensions, and are those listed (from 0) of a fixed size? */
  public boolean hasFixed(int rank, int... dimensions) {
    return rank() == rank && Arrays.stream(dimensions).allMatch(d -> sizes.get(d) >= 0);
  }

  /** Does a shape fit, whatever its free dimensions are? */
  boolean accepts(int[] shape) {
    if (shape.length != rank()) {
      return false;
    }
    for (int i = 0; i < shape.length; i++) {
      if (sizes.get(i) >= 0 && sizes.get(i) != shape[i]) {
        return false;
      }
    }
    return true;
  }

  /** {@code [batch, 7, frames, 64]}, for messages. */
  public String shapeText() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < rank(); i++) {
      String free = axes.get(i).isEmpty() ? "?" : axes.get(i);
      text.append(i == 0 ? "" : ", ").append(sizes.get(i) < 0 ? free : sizes.get(i).toString());
    }
    return text.append(']').toString();
  }
}
