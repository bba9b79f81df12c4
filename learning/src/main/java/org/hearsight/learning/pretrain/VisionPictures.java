package org.hearsight.learning.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;

/** The pictures of one split, made into batches. */
final class VisionPictures {
  private final ScenarioStore store;
  private final List<Scenario> scenarios;

  /** Of a split that holds some, see {@link #requireSome}. */
  VisionPictures(ScenarioStore store, Split split) {
    this.store = store;
    this.scenarios = store.scenarios(split);
  }

  /**
   * Refuses a data set without pictures of that split.
   *
   * @throws InputException if it holds none
   */
  static void requireSome(ScenarioStore store, Split split) {
    if (store.scenarios(split).isEmpty()) {
      throw new InputException(
          store.folder(),
          "split " + split.label() + ": holds no scenario",
          "simulate with --" + split.label() + " 500 or so");
    }
  }

  /**
   * A picture to be shown.
   *
   * @param index of the scenario in its split
   * @param mirrored left to right
   * @param gain the colours are multiplied by this
   * @param cut the piece of it, after the mirror
   */
  record Item(int index, boolean mirrored, float gain, Cut cut) {}

  /** The first pictures of the split, whole and as they are. */
  List<Item> plain(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Item(i, false, 1, Cut.WHOLE)).toList();
  }

  /** A piece of a picture, in a mirror and of another brightness where these are varied. */
  Item varied(int index, int side, VisionConfig.Augmentation how, SplittableRandom random) {
    boolean drawn = random.nextBoolean();
    boolean mirrored = how.mirrors() && drawn;
    double b = how.brightness();
    float gain = (float) (1 - b + 2 * b * random.nextDouble());
    float[] place = VisionTargets.place(scenarios.get(index));
    return new Item(
        index,
        mirrored,
        gain,
        Cut.drawn(side, mirrored ? VisionTargets.mirrored(place) : place, random));
  }

  /**
   * Pictures and what they should tell.
   *
   * @param planes [B, 5, side, side]
   */
  record Batch(float[] planes, int side, List<VisionTargets> targets) {}

  int size() {
    return scenarios.size();
  }

  /**
   * Reads of the items in their order, a batch each; the last may be smaller.
   *
   * @param items of one side
   */
  List<Callable<Batch>> reads(List<Item> items, int batch) {
    List<Callable<Batch>> reads = new ArrayList<>();
    for (int at = 0; at < items.size(); at += batch) {
      List<Item> part = items.subList(at, Math.min(at + batch, items.size()));
      reads.add(() -> read(part));
    }
    return reads;
  }

  private Batch read(List<Item> items) {
    int side = items.get(0).cut().side();
    int length = VisualPlanes.COUNT * side * side;
    float[] planes = new float[items.size() * length];
    List<VisionTargets> targets = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      Scenario scenario = scenarios.get(item.index());
      View view = StoredView.read(store, scenario);
      VisionTargets truth = VisionTargets.of(view, scenario, store.taxonomy());
      View shown = brightened(item.mirrored() ? view.mirrored() : view, item.gain());
      System.arraycopy(item.cut().of(VisualPlanes.of(shown)), 0, planes, i * length, length);
      targets.add((item.mirrored() ? truth.mirrored() : truth).within(item.cut()));
    }
    return new Batch(planes, side, targets);
  }

  private static View brightened(View view, float gain) {
    float[] rgb = view.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = Math.min(1, rgb[i] * gain);
    }
    return new View(rgb, view.depth(), view.occlusion(), view.occlusionLevel());
  }
}
