package org.hearsight.learning.encode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.DoubtfulRecordings;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.encoder.VisualEncoder;
import org.hearsight.inference.session.FloatBatch;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.encode.EncodedScenes.Item;
import org.hearsight.learning.encode.EncodedSet.Encoded;

/**
 * The frozen encoders, loaded: scenes in, {@link Encoded} out, a batch at a time.
 *
 * <p>For many threads.
 */
public final class SceneEncoder implements AutoCloseable {
  /**
   * Scenes that run together. The last bits of what an encoder says may depend on how many do, so
   * whoever wants the same bytes begins batches at multiples of it.
   */
  public static final int BATCH = 8;

  private final OnnxNetwork audio;
  private final VisualEncoder visual;
  private final String boundary;
  private final Hearing hearing;

  private SceneEncoder(FrozenGraphs graphs, OnnxNetwork audio, VisualEncoder visual) {
    this.audio = audio;
    this.visual = visual;
    this.boundary = graphs.boundary();
    this.hearing = graphs.hearing();
  }

  /**
   * Loads them.
   *
   * @param threads that each may use for a batch
   * @throws InputException if a graph is missing or damaged
   */
  public static SceneEncoder open(FrozenGraphs graphs, int threads) {
    OnnxNetwork audio =
        graphs.audio() == null ? null : OnnxNetwork.open(graphs.audio(), "seld encoder", threads);
    try {
      return new SceneEncoder(graphs, audio, VisualEncoder.open(graphs.pictures(), threads));
    } catch (InputException e) {
      if (audio != null) {
        audio.close();
      }
      throw e;
    }
  }

  /**
   * A batch made ready for the encoders.
   *
   * @param features of each scene, [7, frames, bands]
   * @param cues of each scene, [tokens, cue width]
   * @param planes of each picture, [5, 224, 224]
   */
  private record Batch(
      List<float[]> features, List<float[]> cues, List<float[]> planes, List<View> views) {}

  /**
   * What the encoders say about scenes, in their order.
   *
   * @param items at most {@value #BATCH}
   * @param tokens that every clip must give
   * @param doubtful takes note of recordings that are not sound fields
   * @throws InputException if a file cannot be read, or a clip has another length
   */
  public List<Encoded> encode(
      ScenarioStore store, List<Item> items, int tokens, DoubtfulRecordings doubtful) {
    return encode(read(store, items, tokens, doubtful));
  }

  /** In a mirror the Y channel changes its sign and the pictures their sides. */
  private Batch read(
      ScenarioStore store, List<Item> items, int tokens, DoubtfulRecordings doubtful) {
    Batch batch =
        new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Item item : items) {
      View stored = StoredView.read(store, item.scenario());
      View view = stored.isBlind() ? View.blind() : stored;
      float[][] foa = Foa.read(store.file(item.scenario().files().audio())).channels();
      requireLength(store, item.scenario(), foa[0].length, tokens);
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

  private void requireLength(ScenarioStore store, Scenario scenario, int samples, int tokens) {
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

  private static void negate(float[] samples) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = -samples[i];
    }
  }

  private List<Encoded> encode(Batch batch) {
    int n = batch.views().size();
    var seen = visual.encode(batch.planes().toArray(float[][]::new), View.SIZE, View.SIZE);
    Map<String, float[]> heard = audio == null ? null : listen(batch);
    List<Encoded> encoded = new ArrayList<>(n);
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

  private Map<String, float[]> listen(Batch batch) {
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

  @Override
  public void close() {
    if (audio != null) {
      audio.close();
    }
    visual.close();
  }
}
