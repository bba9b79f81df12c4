package org.hearsight.inference.seld;

import java.util.List;
import java.util.Map;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.bundle.SeldCard;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.seld.AccddoaDecoder;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.inference.session.FloatBatch;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.inference.session.OnnxPort;

/**
 * A whole SELD network, head included: a recording in, its events out.
 *
 * <p>Runs a graph with {@code input} [B, 7, T, 64] and {@code output} [B, T', 3 · 4 · classes] over
 * windows of 5 s, what such networks are trained on, one after the other. Safe for several threads.
 */
public final class SeldDetector implements AutoCloseable {
  /** Label frames of a window: 5 s. */
  private static final int WINDOW = 50;

  private final OnnxNetwork network;
  private final SeldCard card;
  private final FoaFeatures features = new FoaFeatures();

  /**
   * @param network closed with this detector
   * @param card names of the classes, what the distance stands for, and the features' scaler
   * @throws InputException if the graph has no head for these classes
   */
  public SeldDetector(OnnxNetwork network, SeldCard card) {
    OnnxPort out = network.outputs().get("output");
    int wanted = AccddoaDecoder.TRACKS * AccddoaDecoder.AXES * card.classes().size();
    if (out == null || !out.hasFixed(3, 2) || out.sizes().get(2) != wanted) {
      throw new InputException(
          network.source(),
          "output: no multi-ACCDDOA head for " + card.classes().size() + " classes",
          "give an encoder that was imported or pretrained with its head");
    }
    this.network = network;
    this.card = card;
  }

  public SeldCard card() {
    return card;
  }

  /**
   * What the network says, distances in metres.
   *
   * @param foa [4][samples] at 24 kHz
   * @return [label frames, 3 tracks · (x, y, z, distance) · classes]
   */
  public float[] output(float[][] foa) {
    float[] all = card.scaler().apply(features.compute(foa));
    int frames = all.length / (FoaFeatures.PLANES * FoaFeatures.BANDS);
    int labels = frames / FoaFeatures.FRAMES_PER_LABEL;
    int row = AccddoaDecoder.TRACKS * AccddoaDecoder.AXES * card.classes().size();
    float[] out = new float[labels * row];
    for (int first = 0; first < labels; first += WINDOW) {
      int n = Math.min(WINDOW, labels - first);
      int length = n * FoaFeatures.FRAMES_PER_LABEL;
      float[] window = cut(all, frames, first * FoaFeatures.FRAMES_PER_LABEL, length);
      FloatBatch batch =
          FloatBatch.of(List.of(window), FoaFeatures.PLANES, length, FoaFeatures.BANDS);
      float[] said = network.runFloats(Map.of("input", batch), "output").get("output");
      System.arraycopy(said, 0, out, first * row, n * row);
    }
    card.distance().decode(out, card.classes().size());
    return out;
  }

  /** As {@link #output}, decoded. */
  public List<SeldEvent> events(float[][] foa) {
    return new AccddoaDecoder(card.classes().size()).events(output(foa));
  }

  /** One window [7, n, 64] of all frames. */
  private static float[] cut(float[] all, int frames, int first, int n) {
    float[] window = new float[FoaFeatures.PLANES * n * FoaFeatures.BANDS];
    for (int p = 0; p < FoaFeatures.PLANES; p++) {
      System.arraycopy(
          all,
          (p * frames + first) * FoaFeatures.BANDS,
          window,
          p * n * FoaFeatures.BANDS,
          n * FoaFeatures.BANDS);
    }
    return window;
  }

  /**
   * A clip with one source, summed up.
   *
   * @param towards sum of all tracks' vectors over all frames and classes
   * @param activity of each class: the lengths of its tracks' vectors, added up
   */
  public record Summary(Vec3 towards, double[] activity) {
    /** The class that sounds most. */
    public int loudest() {
      int best = 0;
      for (int c = 1; c < activity.length; c++) {
        best = activity[c] > activity[best] ? c : best;
      }
      return best;
    }
  }

  /** Sums a clip up; see {@link Summary}. */
  public Summary summary(float[][] foa) {
    float[] out = output(foa);
    int classes = card.classes().size();
    double[] activity = new double[classes];
    Vec3 sum = Vec3.ZERO;
    int track = AccddoaDecoder.AXES * classes;
    for (int at = 0; at < out.length; at += track) {
      for (int c = 0; c < classes; c++) {
        Vec3 v = new Vec3(out[at + c], out[at + classes + c], out[at + 2 * classes + c]);
        sum = sum.plus(v);
        activity[c] += v.norm();
      }
    }
    return new Summary(sum, activity);
  }

  @Override
  public void close() {
    network.close();
  }
}
