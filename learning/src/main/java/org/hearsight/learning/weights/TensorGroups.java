package org.hearsight.learning.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.tensor.Tensor;

/** Several maps of named tensors in one, each under its prefix {@code GROUP/}. */
public final class TensorGroups {
  private TensorGroups() {}

  /** Puts a group's tensors into {@code all}. */
  public static void put(Map<String, Tensor> all, String group, Map<String, Tensor> tensors) {
    tensors.forEach((name, tensor) -> all.put(group + "/" + name, tensor));
  }

  /** A group's tensors by their own names; empty if there are none. */
  public static Map<String, Tensor> take(Map<String, Tensor> all, String group) {
    String prefix = group + "/";
    Map<String, Tensor> part = new LinkedHashMap<>();
    all.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), tensor);
          }
        });
    return part;
  }
}
