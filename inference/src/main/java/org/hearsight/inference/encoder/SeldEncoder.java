package org.hearsight.inference.encoder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.inference.session.FloatBatch;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.inference.session.OnnxPort;

/**
 * The frozen SELD encoder: features of a clip → one token every few feature frames, five (100 ms)
 * in the DCASE baselines.
 *
 * <p>Runs a graph with {@code input} [B, planes, T, bands] and {@code encoder} [B, T', width]. Safe
 * for several threads.
 */
public final class SeldEncoder implements AutoCloseable {
  /** Clips that run together: more gains nothing and takes 4 MiB of memory or more each. */
  private static final int LARGEST_BATCH = 16;

  private final OnnxNetwork network;
  private final int framesPerToken;
  private final int planes;
  private final int bands;
  private final int width;

  /**
   * @param network closed with this encoder
   * @param framesPerToken feature frames a token stands for
   * @throws InputException if the graph is not a SELD encoder
   */
  public SeldEncoder(OnnxNetwork network, int framesPerToken) {
    OnnxPort in = network.inputs().get("input");
    OnnxPort out = network.outputs().get("encoder");
    if (in == null || !in.hasFixed(4, 1, 3) || out == null || !out.hasFixed(3, 2)) {
      throw InputException.model(
          network.source(),
          "no SELD encoder: expected input [batch, planes, frames, bands] and encoder [batch,"
              + " tokens, width]",
          "export the SELD encoder again");
    }
    this.network = network;
    this.framesPerToken = framesPerToken;
    this.planes = in.sizes().get(1);
    this.bands = in.sizes().get(3);
    this.width = out.sizes().get(2);
  }

  /**
   * Loads an encoder's graph; see {@link OnnxNetwork#open(Path, int)}.
   *
   * @param framesPerToken feature frames a token stands for
   */
  public static SeldEncoder open(Path file, int framesPerToken, int threads) {
    OnnxNetwork network = OnnxNetwork.open(file, threads);
    try {
      return new SeldEncoder(network, framesPerToken);
    } catch (InputException e) {
      network.close();
      throw e;
    }
  }

  /** Length of a token. */
  public int width() {
    return width;
  }

  /** Feature planes it takes: 7 for FOA. */
  public int planes() {
    return planes;
  }

  /** Bands it takes. */
  public int bands() {
    return bands;
  }

  /**
   * Encodes clips.
   *
   * @param features standardised, each [planes, T, bands] row-major, all of one length, T at least
   *     a token's frames
   * @return for each clip its tokens, [T', width] row-major; frames beyond the last whole token are
   *     left out
   */
  public float[][] encode(float[][] features) {
    float[][] tokens = new float[features.length][];
    for (int from = 0; from < features.length; from += LARGEST_BATCH) {
      int to = Math.min(features.length, from + LARGEST_BATCH);
      List<float[]> part = Arrays.asList(features).subList(from, to);
      List<float[]> encoded = encodeTogether(part, frames(features[from]));
      for (int i = from; i < to; i++) {
        tokens[i] = encoded.get(i - from);
      }
    }
    return tokens;
  }

  private List<float[]> encodeTogether(List<float[]> features, int frames) {
    FloatBatch batch = FloatBatch.of(features, planes, frames, bands);
    float[] all = network.runFloats(Map.of("input", batch), "encoder").get("encoder");
    List<float[]> tokens = new ArrayList<>();
    int each = all.length / features.size();
    for (int i = 0; i < features.size(); i++) {
      tokens.add(Arrays.copyOfRange(all, i * each, (i + 1) * each));
    }
    return tokens;
  }

  private int frames(float[] features) {
    int frame = planes * bands;
    // Below one token, ONNX Runtime's pooling answers with a token of its own making.
    if (features.length % frame != 0 || features.length < framesPerToken * frame) {
      throw new IllegalArgumentException(
          "features: %d numbers, expected planes %d x frames (%d or more) x bands %d"
              .formatted(features.length, planes, framesPerToken, bands));
    }
    return features.length / frame;
  }

  @Override
  public void close() {
    network.close();
  }
}
