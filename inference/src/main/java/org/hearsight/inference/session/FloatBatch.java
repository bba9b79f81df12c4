package org.hearsight.inference.session;

import java.util.Arrays;
import java.util.List;

/**
 * Float arrays of one shape, stacked along a new first axis: [items, shape...].
 *
 * <p>They are laid end to end once, in the memory the runtime reads.
 */
public final class FloatBatch {
  private final List<float[]> items;
  private final int[] shape;

  private FloatBatch(List<float[]> items, int[] shape) {
    this.items = items;
    this.shape = shape;
  }

  /**
   * Stacks arrays.
   *
   * @param items one or more arrays, each with as many elements as {@code itemShape} asks for; not
   *     copied
   */
  public static FloatBatch of(List<float[]> items, int... itemShape) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException("items: none, expected one or more");
    }
    long expected = 1;
    for (int size : itemShape) {
      expected *= size;
    }
    for (float[] item : items) {
      if (item.length != expected) {
        throw new IllegalArgumentException(
            "items: %d numbers, expected %d for shape %s"
                .formatted(item.length, expected, Arrays.toString(itemShape)));
      }
    }
    int[] shape = new int[itemShape.length + 1];
    shape[0] = items.size();
    System.arraycopy(itemShape, 0, shape, 1, itemShape.length);
    return new FloatBatch(List.copyOf(items), shape);
  }

  List<float[]> items() {
    return items;
  }

  /** [items, shape...]. */
  public int[] shape() {
    return shape.clone();
  }
}
