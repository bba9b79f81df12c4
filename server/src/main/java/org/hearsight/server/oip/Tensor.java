package org.hearsight.server.oip;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers with a name and a shape.
 *
 * @param shape sizes of its dimensions, the batch first
 * @param data row by row
 */
record Tensor(String name, List<Integer> shape, float[] data) {
  /** Row {@code index} of {@code count} of them. */
  float[] row(int index) {
    int each = data.length / shape.get(0);
    return Arrays.copyOfRange(data, index * each, (index + 1) * each);
  }
}
