package org.hearsight.learning.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.inference.evaluate.Foreign;
import org.hearsight.learning.encode.EncodedScenes;
import org.hearsight.learning.encode.EncodedSet.Layout;
import org.hearsight.learning.encode.EncodedSet.Part;
import org.hearsight.learning.encode.PlaceSet;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.loss.HazardTarget;
import org.hearsight.learning.model.Adapter;
import org.hearsight.learning.model.PlaceHead;

/** The encoded scenarios of one split with their targets, handed out in batches. */
final class TrainingSet {
  private final List<Scenario> scenarios = new ArrayList<>();
  private final List<HazardTarget> targets = new ArrayList<>();
  private final List<Integer> heard = new ArrayList<>();
  private final List<Integer> seen = new ArrayList<>();
  private final List<Integer> mirrored = new ArrayList<>();
  private final EncodedScenes encoded;
  private final PlaceSet places;

  /**
   * @param places of the same scenes; null where the location is no map of them
   * @param most scenarios to take, the first of the split; 0 = all
   * @throws InputException if the split is empty
   */
  TrainingSet(ScenarioStore store, Split split, EncodedScenes encoded, PlaceSet places, int most) {
    this(store, EncodedScenes.order(store), split, encoded, places, most);
  }

  /**
   * The same of scenes that were encoded in another order.
   *
   * @param order of what is encoded
   */
  TrainingSet(
      ScenarioStore store,
      List<Scenario> order,
      Split split,
      EncodedScenes encoded,
      PlaceSet places,
      int most) {
    requireSome(store, split);
    this.encoded = encoded;
    this.places = places;
    int twins = order.size();
    for (int i = 0; i < order.size(); i++) {
      Scenario s = order.get(i);
      if (s.split() == split && (most == 0 || scenarios.size() < most)) {
        scenarios.add(s);
        heard.add(i);
        seen.add(i);
        if (split == Split.TRAIN) {
          mirrored.add(twins + mirrored.size());
        }
        int c = store.taxonomy().indexOf(s.className(), s.id());
        targets.add(new HazardTarget(c, s.location()));
      }
    }
  }

  private TrainingSet(TrainingSet own, List<Integer> heard, List<Integer> seen) {
    this.encoded = own.encoded;
    this.places = own.places;
    this.scenarios.addAll(own.scenarios);
    this.targets.addAll(own.targets);
    this.heard.addAll(heard);
    this.seen.addAll(seen);
  }

  /**
   * The same scenes with a sense of another one each, to be judged: its truth stays.
   *
   * @throws IllegalArgumentException if there is no other scene
   */
  TrainingSet with(Foreign sense) {
    int[] others = Foreign.others(size());
    List<Integer> changed =
        Arrays.stream(others).mapToObj((sense == Foreign.SOUND ? heard : seen)::get).toList();
    return sense == Foreign.SOUND
        ? new TrainingSet(this, changed, seen)
        : new TrainingSet(this, heard, changed);
  }

  /** How much of the view of a member is occluded. */
  float occlusion(int member) {
    float[] level = new float[1];
    encoded.copy(seen.get(member), Part.OCCLUSION, level, 0);
    return level[0];
  }

  /**
   * Refuses a data set without scenarios of that split.
   *
   * @throws InputException if it holds none
   */
  static void requireSome(ScenarioStore store, Split split) {
    if (store.scenarios(split).isEmpty()) {
      throw new InputException(
          store.folder(),
          "split " + split.label() + ": holds no scenario",
          "simulate with --" + split.label() + " 100 or so");
    }
  }

  /**
   * A batch on the engine.
   *
   * @param tokens of the audio encoder [B, T', D], or the activations at the freeze boundary
   * @param cues beside them [B, T', {@value SpatialCues#WIDTH}]; null if the model has none
   * @param sight the adapter's input but for its audio
   * @param places what the map needs beside; null if the model has none
   */
  record Batch(
      List<Scenario> scenarios,
      List<HazardTarget> targets,
      NDArray tokens,
      NDArray cues,
      Adapter.Input<NDArray> sight,
      PlaceHead.Input<NDArray> places) {
    /** The adapter's whole input, given the audio tokens [B, T', D]. */
    Adapter.Input<NDArray> input(NDArray audio, Fusion fusion) {
      NDArray all = cues == null ? audio : audio.concat(cues, 2);
      return new Adapter.Input<>(
          pooled(all, fusion), sight.visual(), sight.geometry(), sight.occlusion());
    }
  }

  int size() {
    return scenarios.size();
  }

  Scenario scenario(int member) {
    return scenarios.get(member);
  }

  /**
   * A batch in Java's memory: all that can be made ready while the engine is busy.
   *
   * @param audio [B, T', D]: tokens, or activations at the freeze boundary
   * @param cues [B, T', {@value SpatialCues#WIDTH}]
   * @param visual [B, 49, 2048]; of the seed's fusion their mean, [B, 2048]
   * @param geometry [B, 49, 2]
   * @param occlusion [B]
   * @param places of each; empty where the location is no map
   */
  record Prepared(
      List<Scenario> scenarios,
      List<HazardTarget> targets,
      int audioWidth,
      float[] audio,
      float[] cues,
      float[] visual,
      float[] geometry,
      float[] occlusion,
      List<PlaceFeatures> places,
      float[] hears) {}

  /**
   * Gathers the given members.
   *
   * @param fromBoundary whether audio is computed from the freeze boundary
   * @param random draws mirrored twins, omitted pictures and sounds, and dropped tokens; null when
   *     evaluating
   */
  Prepared prepare(
      int[] members, TrainConfig config, boolean fromBoundary, SplittableRandom random) {
    Layout layout = encoded.layout();
    int n = members.length;
    Part audio = fromBoundary ? Part.BOUNDARY : Part.AUDIO;
    int audioFloats = layout.floats(audio);
    int cueFloats = layout.floats(Part.CUES);
    boolean pooled = config.model().fusion() == Fusion.SEED;
    int visualFloats = pooled ? layout.visualWidth() : layout.floats(Part.VISUAL);
    float[] tokens = new float[layout.floats(Part.VISUAL)];
    int geometryFloats = layout.floats(Part.GEOMETRY);
    Prepared all =
        new Prepared(
            new ArrayList<>(),
            new ArrayList<>(),
            audioFloats / layout.frames(),
            new float[n * audioFloats],
            new float[n * cueFloats],
            new float[n * visualFloats],
            new float[n * geometryFloats],
            new float[n],
            new ArrayList<>(),
            new float[n]);
    for (int i = 0; i < n; i++) {
      int member = members[i];
      boolean mirror = random != null && random.nextDouble() < config.augmentation().mirrorShare();
      int sound = (mirror ? mirrored : heard).get(member);
      int view = (mirror ? mirrored : seen).get(member);
      encoded.copy(sound, audio, all.audio(), i * audioFloats);
      encoded.copy(sound, Part.CUES, all.cues(), i * cueFloats);
      boolean blind = random != null && random.nextDouble() < config.augmentation().blindShare();
      if (blind) {
        all.occlusion()[i] = 1;
        for (int t = 0; t < layout.visualTokens(); t++) {
          all.geometry()[i * geometryFloats + 2 * t] = 1;
        }
      } else {
        encoded.copy(view, Part.VISUAL, tokens, 0);
        encoded.copy(view, Part.GEOMETRY, all.geometry(), i * geometryFloats);
        encoded.copy(view, Part.OCCLUSION, all.occlusion(), i);
        if (random != null) {
          drop(tokens, layout, random, config.augmentation().tokenDropout());
        }
        if (pooled) {
          mean(tokens, layout, all.visual(), i * visualFloats);
        } else {
          System.arraycopy(tokens, 0, all.visual(), i * visualFloats, visualFloats);
        }
      }
      if (places != null) {
        all.places().add(places(member, mirror, blind));
        // Without both senses there would be nothing to learn from.
        boolean deaf =
            random != null && random.nextDouble() < config.augmentation().deafShare() && !blind;
        all.hears()[i] = deaf ? 0 : 1;
      }
      all.scenarios().add(scenarios.get(member));
      all.targets().add(mirror ? mirror(targets.get(member)) : targets.get(member));
    }
    return all;
  }

  private PlaceFeatures places(int member, boolean mirror, boolean blind) {
    int sound = heard.get(member);
    int view = seen.get(member);
    PlaceFeatures real =
        sound == view
            ? places.get(sound)
            : PlaceFeatures.of(places.get(sound).sound(), places.get(view).sight());
    PlaceFeatures shown = mirror ? real.mirrored() : real;
    return blind ? shown.blind() : shown;
  }

  /**
   * Tells a map's head how what is heard and known lies over these scenarios; a mirror changes
   * nothing about it.
   *
   * @param withheld rows of these are told to lie on their mean always
   */
  void standardise(PlaceHead head, List<ModelInput> withheld) {
    Spread around = new Spread(PlaceFeatures.HEARD);
    Spread known = new Spread(PlaceFeatures.KNOWN);
    for (int record : heard) {
      PlaceFeatures f = places.get(record);
      around.add(f.heard());
      known.add(f.known());
    }
    double[] deviations = around.deviations();
    for (int row = 0; row < deviations.length; row++) {
      if ((PlaceFeatures.isHistogram(row) && withheld.contains(ModelInput.HISTOGRAMS))
          || (PlaceFeatures.isEcho(row) && withheld.contains(ModelInput.ECHOES))) {
        deviations[row] = Double.POSITIVE_INFINITY;
      }
    }
    head.standardise(around.means(), deviations, known.means(), known.deviations());
  }

  /** Means and deviations of kinds of numbers. */
  private static final class Spread {
    private final double[] sums;
    private final double[] squares;
    private long count;

    Spread(int kinds) {
      sums = new double[kinds];
      squares = new double[kinds];
    }

    /** As many values of each kind, kind by kind. */
    void add(float[] values) {
      int each = values.length / sums.length;
      for (int i = 0; i < values.length; i++) {
        sums[i / each] += values[i];
        squares[i / each] += (double) values[i] * values[i];
      }
      count += each;
    }

    double[] means() {
      return Arrays.stream(sums).map(s -> s / count).toArray();
    }

    double[] deviations() {
      double[] means = means();
      double[] deviations = new double[sums.length];
      for (int i = 0; i < sums.length; i++) {
        deviations[i] = Math.sqrt(Math.max(0, squares[i] / count - means[i] * means[i]));
      }
      return deviations;
    }
  }

  /** A batch on the engine, owned by {@code manager}. */
  Batch toBatch(NDManager manager, Prepared all, TrainConfig config) {
    Layout layout = encoded.layout();
    int n = all.targets().size();
    boolean spatial = config.model().fusion() == Fusion.SPATIAL;
    int width = layout.visualWidth();
    NDArray sight =
        spatial
            ? TensorBridge.toArray(manager, all.visual(), n, layout.visualTokens(), width)
            : TensorBridge.toArray(manager, all.visual(), n, width);
    NDArray cells =
        spatial ? TensorBridge.toArray(manager, all.geometry(), n, layout.visualTokens(), 2) : null;
    Adapter.Input<NDArray> input =
        new Adapter.Input<>(
            null, sight, cells, TensorBridge.toArray(manager, all.occlusion(), n, 1));
    return new Batch(
        all.scenarios(),
        all.targets(),
        TensorBridge.toArray(manager, all.audio(), n, layout.frames(), all.audioWidth()),
        config.model().cues()
            ? TensorBridge.toArray(manager, all.cues(), n, layout.frames(), layout.cueWidth())
            : null,
        input,
        all.places().isEmpty() ? null : toInput(manager, all.places(), all.hears()));
  }

  private static PlaceHead.Input<NDArray> toInput(
      NDManager manager, List<PlaceFeatures> all, float[] hears) {
    int n = all.size();
    int azimuths = PlaceGrid.AZIMUTHS;
    return new PlaceHead.Input<>(
        toArray(manager, all, PlaceFeatures::heard, n, PlaceFeatures.HEARD, azimuths),
        toArray(manager, all, PlaceFeatures::seen, n, PlaceFeatures.SEEN, azimuths),
        toArray(manager, all, PlaceFeatures::known, n, PlaceFeatures.KNOWN),
        TensorBridge.toArray(manager, hears, n, 1));
  }

  private static NDArray toArray(
      NDManager manager,
      List<PlaceFeatures> all,
      Function<PlaceFeatures, float[]> part,
      long... shape) {
    float[] rows = new float[(int) new Shape(shape).size()];
    int each = rows.length / all.size();
    for (int i = 0; i < all.size(); i++) {
      System.arraycopy(part.apply(all.get(i)), 0, rows, i * each, each);
    }
    return TensorBridge.toArray(manager, rows, shape);
  }

  /** Left becomes right. */
  private static HazardTarget mirror(HazardTarget t) {
    Location l = t.location();
    return l == null
        ? t
        : new HazardTarget(t.classIndex(), new Location(-l.azimuth(), l.elevation(), l.distance()));
  }

  /** Sets some tokens to zero. */
  private static void drop(float[] tokens, Layout layout, SplittableRandom random, double share) {
    int width = layout.visualWidth();
    for (int t = 0; t < layout.visualTokens(); t++) {
      if (random.nextDouble() < share) {
        Arrays.fill(tokens, t * width, (t + 1) * width, 0);
      }
    }
  }

  /** The mean token; dropped ones count. */
  private static void mean(float[] tokens, Layout layout, float[] out, int at) {
    int width = layout.visualWidth();
    for (int t = 0; t < layout.visualTokens(); t++) {
      for (int i = 0; i < width; i++) {
        out[at + i] += tokens[t * width + i];
      }
    }
    for (int i = 0; i < width; i++) {
      out[at + i] /= layout.visualTokens();
    }
  }

  /** Tokens for the spatial fusion, their mean for the seed's. */
  private static NDArray pooled(NDArray tokens, Fusion fusion) {
    return fusion == Fusion.SPATIAL ? tokens : tokens.mean(new int[] {1});
  }
}
