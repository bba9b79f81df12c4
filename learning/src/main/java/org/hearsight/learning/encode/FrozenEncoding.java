package org.hearsight.learning.encode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.DoubtfulRecordings;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
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

  private final ScenarioStore store;
  private final FrozenGraphs graphs;
  private final int threads;

  /**
   * @param store the data set
   * @param graphs of the encoders
   * @param threads that encode; their number changes no bit of what is encoded
   */
  public FrozenEncoding(ScenarioStore store, FrozenGraphs graphs, int threads) {
    this.store = store;
    this.graphs = graphs;
    this.threads = threads;
  }

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
        fitter.add(features.compute(Foa.read(store.file(s.files().audio())).channels()));
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
   * <p>A world seen in a mirror is as likely as the world itself, so the training split holds each
   * scene twice.
   *
   * @param mirrored whether training shows scenes in a mirror
   */
  public void encode(EncodedSet set, boolean mirrored, Progress progress) {
    encode(set, EncodedScenes.order(store), mirrored, progress);
  }

  /** The same of other scenes of the data set. */
  public void encode(EncodedSet set, List<Scenario> scenes, boolean mirrored, Progress progress) {
    List<EncodedScenes.Item> items = EncodedScenes.items(store, scenes, mirrored);
    int first = set.size();
    if (set.dropped() > 0) {
      progress.note("encoded data were damaged: the last " + set.dropped() + " are made again");
    }
    if (first >= items.size()) {
      set.finish();
      return;
    }
    DoubtfulRecordings doubtful = new DoubtfulRecordings();
    try (SceneEncoder encoder = SceneEncoder.open(graphs, 1);
        OrderedTasks workers = new OrderedTasks(threads);
        Progress.Task task = progress.begin("encode", items.size() - (long) first)) {
      List<Callable<List<Encoded>>> batches = new ArrayList<>();
      // From the batch in which an earlier run stopped, so that batches are those of one run.
      int begin = first - first % SceneEncoder.BATCH;
      for (int at = begin; at < items.size(); at += SceneEncoder.BATCH) {
        List<EncodedScenes.Item> part =
            items.subList(at, Math.min(at + SceneEncoder.BATCH, items.size()));
        int there = Math.max(0, first - at);
        batches.add(
            () -> {
              List<Encoded> all = encoder.encode(store, part, set.layout().frames(), doubtful);
              return all.subList(there, all.size());
            });
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
}
