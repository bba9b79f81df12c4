package org.hearsight.learning.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.encode.OrderedTasks;

/** The pictures of one split, made into batches; a second thread reads the next one ahead. */
final class VisionPictures implements AutoCloseable {
  private final ScenarioStore store;
  private final List<Scenario> scenarios;
  private final OrderedTasks reader = new OrderedTasks(1);

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

  /** The whole picture, as it is. */
  Item plain(int index) {
    return new Item(index, false, 1, Cut.WHOLE);
  }

  /**
   * A piece of a picture. Half are seen in a mirror; all are a fifth brighter or darker, at most.
   */
  Item varied(int index, int side, SplittableRandom random) {
    boolean mirrored = random.nextBoolean();
    float gain = (float) (0.8 + 0.4 * random.nextDouble());
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

  /** Takes one batch after another. */
  interface Visitor {
    void visit(Batch batch);
  }

  int size() {
    return scenarios.size();
  }

  /**
   * Shows the items in their order.
   *
   * @param items of one side
   * @param whole leave out an incomplete last batch, unless it is the only one
   * @throws CancellationException if the thread is interrupted
   */
  void each(List<Item> items, int batch, boolean whole, Visitor visitor) {
    List<List<Item>> parts = new ArrayList<>();
    for (int at = 0; at < items.size(); at += batch) {
      parts.add(items.subList(at, Math.min(at + batch, items.size())));
    }
    if (whole && parts.size() > 1 && parts.get(parts.size() - 1).size() < batch) {
      parts.remove(parts.size() - 1);
    }
    List<Callable<Batch>> reads = new ArrayList<>();
    for (List<Item> part : parts) {
      reads.add(() -> read(part));
    }
    reader.run(reads, visitor::visit);
  }

  /** How many batches {@link #each} shows when whole ones are asked for. */
  static int wholeBatches(int items, int batch) {
    return Math.max(1, items / batch);
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

  @Override
  public void close() {
    reader.close();
  }
}
