package org.hearsight.learning.encode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.DoubtfulRecordings;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.encoder.VisualEncoder;
import org.hearsight.inference.session.FloatBatch;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.encode.EncodedSet.Encoded;

/**
 * Runs the frozen encoders over a data set, once: sound and pictures in, an {@link EncodedSet} out.
 *
 * <p>Each thread reads batches and encodes them by itself: threads that share one run of a network
 * wait for each other at every operator, and for the one that reads.
 */
public final class FrozenEncoding {
  /** The boundary below which nothing is frozen: the features themselves. */
  public static final String FEATURES = "features";

  private static final int BATCH = 8;

  private final ScenarioStore store;
  private final byte[] audioGraph;
  private final Path visualGraph;
  private final String boundary;
  private final Hearing hearing;
  private final int threads;

  /**
   * @param store the data set
   * @param audioGraph SELD encoder with outputs {@code encoder} and {@code boundary}; null where
   *     the boundary is {@link #FEATURES}
   * @param visualGraph picture encoder of {@link VisualPlanes}
   * @param boundary name of the output where the second stage starts
   * @param hearing what a clip becomes before the encoder
   * @param threads that encode; their number changes no bit of what is encoded
   */
  public FrozenEncoding(
      ScenarioStore store,
      byte[] audioGraph,
      Path visualGraph,
      String boundary,
      Hearing hearing,
      int threads) {
    this.store = store;
    this.audioGraph = audioGraph;
    this.visualGraph = visualGraph;
    this.boundary = boundary;
    this.hearing = hearing;
    this.threads = threads;
  }

  /** A scenario, as it is or seen in a mirror. */
  private record Item(Scenario scenario, boolean mirrored) {}

  /** A batch made ready for the encoders. */
  private record Batch(
      List<float[]> features, List<float[]> cues, List<float[]> planes, List<View> views) {}

  /**
   * Fits a scaler of an encoder's features on the training split alone, so that nothing of the
   * other splits leaks into training.
   *
   * @throws InputException if there is no training split
   */
  public static FeatureScaler fitScaler(
      ScenarioStore store, AudioFeatures features, Progress progress) {
    List<Scenario> train = store.scenarios(Split.TRAIN);
    if (train.isEmpty()) {
      throw new InputException(
          store.folder(), "split train: holds no scenario", "simulate with --train 500 or so");
    }
    FeatureScaler.Fitter fitter = new FeatureScaler.Fitter(features);
    try (Progress.Task task = progress.begin("scale features", train.size())) {
      for (Scenario s : train) {
        fitter.add(features.compute(hear(store, s)));
        task.advance(1);
      }
    }
    return fitter.fit();
  }

  /**
   * Encodes the scenarios of {@link EncodedScenes#order}, then, if wanted, every training scenario
   * mirrored left to right, into {@code set}; goes on where an earlier run stopped, with or without
   * mirrors.
   *
   * <p>In a mirror the Y channel changes its sign and the pictures their sides; the world stays as
   * likely as before, so the training split holds each scene twice.
   *
   * @param mirrored whether training shows scenes in a mirror
   */
  public void encode(EncodedSet set, boolean mirrored, Progress progress) {
    encode(set, EncodedScenes.order(store), mirrored, progress);
  }

  /** The same of other scenes of the data set. */
  public void encode(EncodedSet set, List<Scenario> scenes, boolean mirrored, Progress progress) {
    List<Item> items = items(scenes, mirrored);
    int first = set.size();
    if (set.dropped() > 0) {
      progress.note("encoded data were damaged: the last " + set.dropped() + " are made again");
    }
    if (first >= items.size()) {
      set.finish();
      return;
    }
    DoubtfulRecordings doubtful = new DoubtfulRecordings();
    try (OnnxNetwork audio =
            audioGraph == null ? null : OnnxNetwork.open(audioGraph, "seld encoder", 1);
        VisualEncoder visual = VisualEncoder.open(visualGraph, 1);
        OrderedTasks workers = new OrderedTasks(threads);
        Progress.Task task = progress.begin("encode", items.size() - (long) first)) {
      List<Callable<List<Encoded>>> batches = new ArrayList<>();
      for (int at = first; at < items.size(); at += BATCH) {
        List<Item> part = items.subList(at, Math.min(at + BATCH, items.size()));
        batches.add(() -> encoded(read(part, set.layout().frames(), doubtful), audio, visual));
      }
      workers.run(
          batches,
          batch -> {
            batch.forEach(set::append);
            task.advance(batch.size());
          });
    }
    doubtful.tell(progress::note);
    set.finish();
  }

  private List<Item> items(List<Scenario> scenes, boolean mirrored) {
    List<Item> items = new ArrayList<>();
    scenes.forEach(s -> items.add(new Item(s, false)));
    if (mirrored) {
      store.scenarios(Split.TRAIN).forEach(s -> items.add(new Item(s, true)));
    }
    return items;
  }

  private static void negate(float[] samples) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = -samples[i];
    }
  }

  private Batch read(List<Item> items, int tokens, DoubtfulRecordings doubtful) {
    Batch batch =
        new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Item item : items) {
      View stored = StoredView.read(store, item.scenario());
      View view = stored.isBlind() ? View.blind() : stored;
      float[][] foa = hear(store, item.scenario());
      requireLength(item.scenario(), foa[0].length, tokens);
      if (item.mirrored()) {
        view = view.mirrored();
        negate(foa[Foa.Y]);
      } else {
        doubtful.add(store.resolve(item.scenario().files().audio()), foa);
      }
      Hearing.Heard heard = hearing.hear(foa, true, 1);
      batch.cues().add(heard.cues());
      batch.features().add(heard.features());
      batch.planes().add(VisualPlanes.of(view));
      batch.views().add(view);
    }
    return batch;
  }

  private void requireLength(Scenario scenario, int samples, int tokens) {
    int found = hearing.features().tokens(samples);
    if (found != tokens) {
      throw new InputException(
          store.resolve(scenario.files().audio()),
          String.format(
              Locale.ROOT,
              "duration: %.2f s give %d audio tokens, those of the first scenario %d",
              samples / (double) Foa.SAMPLE_RATE,
              found,
              tokens),
          "cut all clips of a data set to one length");
    }
  }

  private List<Encoded> encoded(Batch batch, OnnxNetwork audio, VisualEncoder visual) {
    int n = batch.views().size();
    List<Encoded> encoded = new ArrayList<>();
    var seen = visual.encode(batch.planes().toArray(float[][]::new), View.SIZE, View.SIZE);
    Map<String, float[]> heard = audio == null ? null : listen(batch, audio);
    for (int i = 0; i < n; i++) {
      View view = batch.views().get(i);
      encoded.add(
          new Encoded(
              heard == null ? new float[0] : row(heard.get("encoder"), i, n),
              heard == null ? batch.features().get(i) : row(heard.get(boundary), i, n),
              batch.cues().get(i),
              // Nothing, not a black picture: Imaginer answers without a picture in the same way.
              view.isBlind() ? new float[seen.get(i).tokens().length] : seen.get(i).tokens(),
              VisualPlanes.tokenGeometry(view),
              view.occlusionLevel()));
    }
    return encoded;
  }

  private Map<String, float[]> listen(Batch batch, OnnxNetwork audio) {
    int planes = AudioFeatures.PLANES;
    int bands = hearing.features().bands();
    int frames = batch.features().get(0).length / (planes * bands);
    return audio.runFloats(
        Map.of("input", FloatBatch.of(batch.features(), planes, frames, bands)),
        "encoder",
        boundary);
  }

  private static float[] row(float[] all, int index, int rows) {
    int width = all.length / rows;
    return Arrays.copyOfRange(all, index * width, (index + 1) * width);
  }

  private static float[][] hear(ScenarioStore store, Scenario s) {
    return Foa.read(store.file(s.files().audio())).channels();
  }
}
