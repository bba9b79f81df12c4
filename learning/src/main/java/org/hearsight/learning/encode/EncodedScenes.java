package org.hearsight.learning.encode;

import java.util.List;
import java.util.Set;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.learning.encode.EncodedSet.Layout;
import org.hearsight.learning.encode.EncodedSet.Part;

/**
 * What the frozen encoders say about the scenarios that training needs, wherever it comes from:
 * those of {@link #order}, then the training scenarios mirrored left to right.
 */
public interface EncodedScenes {
  /** Those of training and validation, in the store's order. */
  static List<Scenario> order(ScenarioStore store) {
    return order(store, Set.of(Split.TRAIN, Split.VALIDATION));
  }

  /** Those of some splits, in the store's order. */
  static List<Scenario> order(ScenarioStore store, Set<Split> splits) {
    return store.scenarios().stream().filter(s -> splits.contains(s.split())).toList();
  }

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
