package org.hearsight.learning.encode;

import java.util.ArrayList;
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
  /** The splits that training needs. */
  List<Split> SPLITS = List.of(Split.TRAIN, Split.VALIDATION);

  /** Those of {@link #SPLITS}, in the store's order. */
  static List<Scenario> order(ScenarioStore store) {
    return order(store, Set.copyOf(SPLITS));
  }

  /** Those of some splits, in the store's order. */
  static List<Scenario> order(ScenarioStore store, Set<Split> splits) {
    return store.scenarios().stream().filter(s -> splits.contains(s.split())).toList();
  }

  /** A scene to encode, as it is or seen in a mirror. */
  record Item(Scenario scenario, boolean mirrored) {}

  /**
   * What is encoded, in the order of its records.
   *
   * @param scenes as they are, first
   * @param mirrored whether the training scenes seen in a mirror follow
   */
  static List<Item> items(ScenarioStore store, List<Scenario> scenes, boolean mirrored) {
    List<Item> items = new ArrayList<>();
    scenes.forEach(s -> items.add(new Item(s, false)));
    if (mirrored) {
      store.scenarios(Split.TRAIN).forEach(s -> items.add(new Item(s, true)));
    }
    return items;
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
