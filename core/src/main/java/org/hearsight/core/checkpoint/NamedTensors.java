package org.hearsight.core.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;

/** Looks tensors up in what a file held, and says in one line what is wrong with them. */
final class NamedTensors {
  private static final int LONGEST_QUOTE = 80;
  private static final int NAMES_SHOWN = 4;

  private NamedTensors() {}

  /**
   * The tensor of that name, of that shape and without NaN or infinity.
   *
   * @param shape sizes asked for, −1 where any will do
   */
  static Tensor require(Path file, Map<String, Tensor> tensors, String name, int... shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new InputException(
          file,
          "tensor " + quote(name) + " is missing, found " + some(tensors.keySet()),
          "use a checkpoint of this architecture");
    }
    if (!matches(tensor.shape(), shape)) {
      throw new InputException(
          file,
          "tensor %s has shape %s, expected %s"
              .formatted(
                  quote(name), tensor.shapeText(), Arrays.toString(shape).replace("-1", "any")),
          "use a checkpoint of this architecture and size");
    }
    if (!tensor.isFinite()) {
      throw new InputException(
          file,
          "tensor %s %s holds NaN or infinity".formatted(quote(name), tensor.shapeText()),
          "give finite numbers; of a training that diverged, an earlier checkpoint");
    }
    return tensor;
  }

  /** A name from a file, shortened: hostile ones are megabytes long. */
  static String quote(String name) {
    return '"' + shorten(name) + '"';
  }

  static String shorten(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }

  /** The first few names and how many more there are. */
  static String some(Collection<String> names) {
    if (names.isEmpty()) {
      return "nothing";
    }
    String shown =
        names.stream()
            .limit(NAMES_SHOWN)
            .map(NamedTensors::quote)
            .collect(Collectors.joining(", "));
    int more = names.size() - NAMES_SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private static boolean matches(int[] found, int[] expected) {
    if (found.length != expected.length) {
      return false;
    }
    for (int i = 0; i < found.length; i++) {
      if (expected[i] != -1 && expected[i] != found[i]) {
        return false;
      }
    }
    return true;
  }
}
