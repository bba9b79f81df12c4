package org.hearsight.learning.export;

import static org.hearsight.learning.export.GraphBuilder.fixed;
import static org.hearsight.learning.export.GraphBuilder.free;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.model.AvCrnn;
import org.tribuo.util.onnx.ONNXRef;

/**
 * The STARSS23 audio-visual network as an ONNX graph that sees no box.
 *
 * <p>Input {@code input} [B, planes, T, bands]; outputs {@code encoder} [B, T', 2H] and, if asked
 * for, {@code output} [B, T', numbers] of its head. Batch and T are free; T' is T over the pools in
 * time, 16 in the published network. Bands and pools are the network's, see {@link AvCrnn.Config}.
 *
 * <p>Without a box the vision layers give one vector, the same in every clip and token. The GRU
 * multiplies it by its input weights and adds it to its input bias, so here it is in the bias from
 * the start, and the graph has no vision layers.
 *
 * <p>Stage boundaries can be outputs too: {@code conv1} [B, channels, T/4, bands/4], {@code conv2}
 * [B, channels, T/8, bands/16], {@code conv3}, after the mean over bands, [B, T', channels]; {@code
 * gru} is {@code encoder} itself.
 */
public final class AvCrnnGraph {
  private static final String NETWORK = "STARSS23 audio-visual network";
  private static final String BATCH = "batch";
  private static final String TOKENS = "tokens";

  private final Weights weights;
  private final Options options;
  private final GraphBuilder graph;
  private final GraphLayers layers;

  /**
   * What the weights' shapes do not tell.
   *
   * @param network its bands and pools
   * @param head also write the head, {@code fc_xyz}
   * @param stages stage boundaries that become outputs
   */
  public record Options(AvCrnn.Config network, boolean head, Set<String> stages) {
    /** The stages in their order. */
    public static final List<String> STAGES = List.of("conv1", "conv2", "conv3", "gru");

    public Options {
      stages = Set.copyOf(stages);
      if (!STAGES.containsAll(stages)) {
        throw new IllegalArgumentException("stages: " + stages + ", expected some of " + STAGES);
      }
    }
  }

  private AvCrnnGraph(
      GraphBuilder graph, String prefix, Map<String, Tensor> weights, Options options) {
    this.graph = graph;
    this.weights = new Weights(NETWORK, withoutBoxes(new Weights(NETWORK, weights), weights));
    this.options = options;
    this.layers = new GraphLayers(graph, this.weights, prefix);
  }

  /**
   * Writes the graph.
   *
   * @param weights under the checkpoint's names: {@code audio_encoder.conv1.weight}, …
   * @param metadata goes into the file as it is
   * @throws org.hearsight.core.error.InputException if a weight is missing or misshapen
   */
  public static OnnxGraph build(
      Map<String, Tensor> weights, Options options, Map<String, String> metadata) {
    return new AvCrnnGraph(new GraphBuilder(), "", weights, options).build(metadata);
  }

  /**
   * Writes the encoder into a graph that others share: features [B, planes, T, bands] → tokens [B,
   * T', 2H].
   *
   * @param prefix of the names of its constants
   */
  static ONNXRef<?> append(
      GraphBuilder graph,
      String prefix,
      Map<String, Tensor> weights,
      AvCrnn.Config network,
      ONNXRef<?> features) {
    Options options = new Options(network, false, Set.of());
    return new AvCrnnGraph(graph, prefix, weights, options).encoder(features);
  }

  /** The GRU on sound alone: what the vision layers say to no box goes into its input biases. */
  private static Map<String, Tensor> withoutBoxes(Weights w, Map<String, Tensor> all) {
    int seen = w.shape("vision_encoder.1.weight", 2)[0];
    int heard = w.shape("audio_encoder.conv3.weight", 4)[0];
    int hidden = w.shape("gru.weight_hh_l0", 2)[1];
    float[] bias0 = w.floats("vision_encoder.0.bias", seen);
    double[] vector =
        addProduct(
            w.floats("vision_encoder.1.bias", seen),
            w.floats("vision_encoder.1.weight", seen, seen),
            0,
            seen,
            toDoubles(bias0));
    Map<String, Tensor> blind = new HashMap<>(all);
    for (String direction : List.of("", "_reverse")) {
      String weight = "gru.weight_ih_l0" + direction;
      String bias = "gru.bias_ih_l0" + direction;
      int rows = 3 * hidden;
      float[] both = w.floats(weight, rows, heard + seen);
      float[] sound = new float[rows * heard];
      for (int r = 0; r < rows; r++) {
        System.arraycopy(both, r * (heard + seen), sound, r * heard, heard);
      }
      double[] sum = addProduct(w.floats(bias, rows), both, heard, heard + seen, vector);
      blind.put(weight, Tensor.of(sound, rows, heard));
      blind.put(bias, Tensor.of(toFloats(sum), rows));
    }
    return blind;
  }

  /** bias + W·x, where x meets the columns of W from {@code firstColumn} on. */
  private static double[] addProduct(
      float[] bias, float[] matrix, int firstColumn, int columns, double[] x) {
    double[] y = toDoubles(bias);
    for (int r = 0; r < y.length; r++) {
      for (int i = 0; i < x.length; i++) {
        y[r] += matrix[r * columns + firstColumn + i] * x[i];
      }
    }
    return y;
  }

  private static double[] toDoubles(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  private static float[] toFloats(double[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }

  private OnnxGraph build(Map<String, String> metadata) {
    int planes = weights.shape("audio_encoder.conv1.weight", 4)[1];
    ONNXRef<?> x =
        encoder(
            graph.input(
                "input",
                free(BATCH),
                fixed(planes),
                free("frames"),
                fixed(options.network().bands())));
    int width = width();
    stage("gru", x, free(BATCH), free(TOKENS), fixed(width));
    graph.output("encoder", x, free(BATCH), free(TOKENS), fixed(width));
    if (options.head()) {
      int numbers = weights.shape("fc_xyz.weight", 2)[0];
      ONNXRef<?> events = layers.linear(x, "fc_xyz");
      graph.output("output", events, free(BATCH), free(TOKENS), fixed(numbers));
    }
    return graph.build("av_crnn", metadata);
  }

  private int width() {
    return 2 * weights.shape("gru.weight_hh_l0", 2)[1];
  }

  private ONNXRef<?> encoder(ONNXRef<?> input) {
    ONNXRef<?> x = layers.bidirectionalGru(convolutions(input), "gru", 0); // [T', 2, B, H]
    return graph.reshape(graph.transpose(x, 2, 0, 1, 3), 0, 0, width());
  }

  /** [B, planes, T, bands] → [T', B, channels]. */
  private ONNXRef<?> convolutions(ONNXRef<?> input) {
    int channels = weights.shape("audio_encoder.conv3.weight", 4)[0];
    AvCrnn.Config network = options.network();
    int bands = network.bands();
    ONNXRef<?> x = input;
    for (int i = 0; i < network.timePools().size(); i++) {
      int time = network.timePools().get(i);
      int band = network.bandPools().get(i);
      String number = Integer.toString(i + 1);
      x =
          graph.relu(
              layers.convBatchNorm(
                  x, "audio_encoder.conv" + number, "audio_encoder.bn" + number, 1));
      x = layers.maxPool(x, time, band, time, band, 0);
      bands /= band;
      if (i < network.timePools().size() - 1) {
        int width = weights.shape("audio_encoder.conv" + number + ".weight", 4)[0];
        stage(
            "conv" + number,
            x,
            free(BATCH),
            fixed(width),
            free("frames_after_conv" + number),
            fixed(bands));
      }
    }
    ONNXRef<?> mean =
        graph.mul(graph.sum(x, 3), layers.constant("per_band", new float[] {1f / bands}, 1));
    if (options.stages().contains("conv3")) {
      ONNXRef<?> tokens = graph.transpose(mean, 0, 2, 1);
      stage("conv3", tokens, free(BATCH), free(TOKENS), fixed(channels));
    }
    return graph.transpose(mean, 2, 0, 1);
  }

  private void stage(String name, ONNXRef<?> value, Dimension... shape) {
    if (options.stages().contains(name)) {
      graph.output(name, value, shape);
    }
  }
}
