package org.hearsight.spark.encode;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.learning.encode.EncodedScenes.Item;
import org.hearsight.learning.encode.EncodingRecipe;
import org.hearsight.learning.encode.SceneEncoder;
import org.hearsight.spark.session.ShippedFolder;

/**
 * The encoders of a job and the scenes they are for, as its executors find them.
 *
 * @param recipe folder of an {@link EncodingRecipe}
 * @param data folder of the data set, under the same path on every machine
 */
record ShippedEncoders(ShippedFolder recipe, String data) implements Serializable {
  /**
   * One a JVM, for all tasks and for as long as it lives: weights and the list of scenes are in
   * memory once, whatever number of cores an executor has.
   */
  private static final Map<ShippedEncoders, Opened> OPENED = new ConcurrentHashMap<>();

  /** A task has one core; two tasks do more with two than one with both. */
  private static final int THREADS = 1;

  /**
   * Encoders, loaded, and what they are to encode.
   *
   * @param items in the order of their records
   */
  record Opened(
      EncodingRecipe recipe, ScenarioStore store, List<Item> items, SceneEncoder encoder) {
    private static Opened of(ShippedEncoders shipped) {
      Path folder = shipped.recipe.path();
      EncodingRecipe recipe = EncodingRecipe.read(folder);
      ScenarioStore store = ScenarioStore.open(Path.of(shipped.data));
      return new Opened(
          recipe, store, recipe.items(store), SceneEncoder.open(recipe.graphs(folder), THREADS));
    }
  }

  /** Loaded once in this JVM. */
  Opened open() {
    return OPENED.computeIfAbsent(this, Opened::of);
  }
}
