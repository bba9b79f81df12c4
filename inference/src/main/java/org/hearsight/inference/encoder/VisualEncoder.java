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
 * The frozen visual encoder, ResNet-50: image planes → 7 x 7 tokens and their mean.
 *
 * <p>Runs a graph with {@code input} [B, planes, H, W], {@code features} [B, width, rows, columns]
 * and {@code pooled} [B, width]. Safe for several threads.
 */
public final class VisualEncoder implements AutoCloseable {
  /** Images that run together: more gains nothing. */
  private static final int LARGEST_BATCH = 8;

  private final OnnxNetwork network;
  private final int planes;
  private final int width;

  /**
   * @param network closed with this encoder
   * @throws InputException if the graph is not a visual encoder
   */
  public VisualEncoder(OnnxNetwork network) {
    OnnxPort in = network.inputs().get("input");
    OnnxPort features = network.outputs().get("features");
    OnnxPort pooled = network.outputs().get("pooled");
    if (in == null
        || !in.hasFixed(4, 1)
        || features == null
        || pooled == null
        || !pooled.hasFixed(2, 1)) {
      throw InputException.model(
          network.source(),
          "no visual encoder: expected input [batch, planes, height, width], features and pooled",
          "export the visual encoder again");
    }
    this.network = network;
    this.planes = in.sizes().get(1);
    this.width = pooled.sizes().get(1);
  }

  /** Loads the encoder's graph; see {@link OnnxNetwork#open(Path, int)}. */
  public static VisualEncoder open(Path file, int threads) {
    OnnxNetwork network = OnnxNetwork.open(file, threads);
    try {
      return new VisualEncoder(network);
    } catch (InputException e) {
      network.close();
      throw e;
    }
  }

  /** Length of a token. */
  public int width() {
    return width;
  }

  /** Image planes it takes: 3 for colour, 5 with depth and occlusion. */
  public int planes() {
    return planes;
  }

  /**
   * Encodes images.
   *
   * @param images standardised, each [planes, height, width] row-major
   */
  public List<VisualFeatures> encode(float[][] images, int height, int width) {
    List<VisualFeatures> all = new ArrayList<>();
    for (int from = 0; from < images.length; from += LARGEST_BATCH) {
      int to = Math.min(images.length, from + LARGEST_BATCH);
      FloatBatch batch =
          FloatBatch.of(Arrays.asList(images).subList(from, to), planes, height, width);
      Map<String, float[]> out = network.runFloats(Map.of("input", batch), "features", "pooled");
      for (int i = 0; i < to - from; i++) {
        all.add(one(out.get("features"), out.get("pooled"), i, to - from));
      }
    }
    return all;
  }

  private VisualFeatures one(float[] features, float[] pooled, int index, int count) {
    int places = features.length / count / width;
    float[] tokens = new float[places * width];
    int at = index * width * places;
    for (int channel = 0; channel < width; channel++) {
      for (int place = 0; place < places; place++) {
        tokens[place * width + channel] = features[at++];
      }
    }
    return new VisualFeatures(
        tokens, Arrays.copyOfRange(pooled, index * width, (index + 1) * width));
  }

  @Override
  public void close() {
    network.close();
  }
}
