package org.hearsight.learning.encode;

import org.hearsight.learning.encode.EncodedSet.Layout;
import org.hearsight.learning.encode.EncodedSet.Part;

/**
 * What the frozen encoders say about each scenario of a data set, wherever it comes from: all
 * scenarios in the store's order, then the training scenarios mirrored left to right.
 */
public interface EncodedScenes {
  /** Sizes of the parts. */
  Layout layout();

  /**
   * Copies a part of one scenario.
   *
   * @param out takes it from {@code at} on
   * @throws IndexOutOfBoundsException if there is no such scenario
   */
  void copy(int index, Part part, float[] out, int at);
}
