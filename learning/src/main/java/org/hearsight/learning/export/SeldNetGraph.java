package org.hearsight.learning.export;

import static org.hearsight.learning.export.GraphBuilder.fixed;
import static org.hearsight.learning.export.GraphBuilder.free;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.model.SeldNet;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/**
 * The SELD network (baseline of DCASE 2023 and 2024, audio only) as an ONNX graph.
 *
 * <p>Input {@code input} [B, planes, T, bands]; outputs {@code encoder} [B, T', width] and, if
 * asked for, {@code output} [B, T', numbers] of the multi-ACCDDOA head (plain numbers: the baseline
 * puts no activation behind it). Batch and T are free; T' is T over the pools in time. Pools, heads
 * and what there is of every kind of layer are the network's, see {@link SeldNet.Config}; every
 * width comes from the weights' shapes.
 *
 * <p>Any stage boundary can be an output too, under its name in {@link SeldNet#stageNames}, in the
 * published network {@code conv0 conv1 conv2} [B, channels, T', bands left]; {@code gru0} [B, T',
 * 2H]; {@code gru1}, after tanh and the product of the two directions, [B, T', H]; {@code
 * attention0 attention1} [B, T', H]. The last stage is {@code encoder} itself.
 */
public final class SeldNetGraph {
  private static final String BATCH = "batch";
  private static final String TOKENS = "tokens";

  private final Weights weights;
  private final Options options;
  private final GraphBuilder graph;
  private final GraphLayers layers;

  /**
   * What the weights' shapes do not tell.
   *
   * @param network its pools and heads
   * @param head also write the multi-ACCDDOA head, {@code fnn_list}
   * @param stages stage boundaries that become outputs
   */
  public record Options(SeldNet.Config network, boolean head, Set<String> stages) {
    public Options {
      stages = Set.copyOf(stages);
      if (!network.stageNames().containsAll(stages)) {
        throw new IllegalArgumentException(
            "stages: " + stages + ", expected some of " + network.stageNames());
      }
    }
  }

  private SeldNetGraph(
      GraphBuilder graph, String prefix, Map<String, Tensor> weights, Options options) {
    this.graph = graph;
    this.weights = new Weights("SELD network", weights);
    this.options = options;
    this.layers = new GraphLayers(graph, this.weights, prefix);
  }

  /**
   * Writes the graph.
   *
   * @param weights under the checkpoint's names: {@code conv_block_list.0.conv.weight}, …
   * @param metadata goes into the file as it is
   * @throws org.hearsight.core.error.InputException if a weight is missing or misshapen
   */
  public static OnnxGraph build(
      Map<String, Tensor> weights, Options options, Map<String, String> metadata) {
    return new SeldNetGraph(new GraphBuilder(), "", weights, options).build(metadata);
  }

  /**
   * Writes the encoder into a graph that others share: features [B, planes, T, bands] → tokens [B,
   * T', width].
   *
   * @param prefix of the names of its constants
   */
  static ONNXRef<?> append(
      GraphBuilder graph,
      String prefix,
      Map<String, Tensor> weights,
      SeldNet.Config network,
      ONNXRef<?> features) {
    Options encoder = new Options(network, false, Set.of());
    return new SeldNetGraph(graph, prefix, weights, encoder).encoder(features);
  }

  private OnnxGraph build(Map<String, String> metadata) {
    int planes = weights.shape(conv(0) + ".weight", 4)[1];
    ONNXRef<?> input =
        graph.input(
            "input", free(BATCH), fixed(planes), free("frames"), fixed(options.network().bands()));
    ONNXRef<?> x = encoder(input);
    int width = weights.shape("gru.weight_hh_l0", 2)[1];
    graph.output("encoder", x, free(BATCH), free(TOKENS), fixed(width));
    if (options.head()) {
      int[] parts = weights.indices("^fnn_list\\.(\\d+)\\.weight$");
      for (int part : parts) {
        x = layers.linear(x, "fnn_list." + part);
      }
      int numbers = weights.shape("fnn_list." + (parts.length - 1) + ".weight", 2)[0];
      graph.output("output", x, free(BATCH), free(TOKENS), fixed(numbers));
    }
    return graph.build("seldnet", metadata);
  }

  private ONNXRef<?> encoder(ONNXRef<?> input) {
    return attentions(recurrence(convolutions(input)));
  }

  /** [B, planes, T, bands] → [T', B, channels · bands left], channel-major. */
  private ONNXRef<?> convolutions(ONNXRef<?> input) {
    ONNXRef<?> x = input;
    SeldNet.Config network = options.network();
    int bands = network.bands();
    int channels = 0;
    for (int i = 0; i < network.timePools().size(); i++) {
      int time = network.timePools().get(i);
      int band = network.bandPools().get(i);
      x = graph.relu(layers.convBatchNorm(x, conv(i), conv(i).replace(".conv", ".bn"), 1));
      x = layers.maxPool(x, time, band, time, band, 0);
      bands /= band;
      channels = weights.shape(conv(i) + ".weight", 4)[0];
      stage("conv" + i, x, free(BATCH), fixed(channels), free(TOKENS), fixed(bands));
    }
    return graph.reshape(graph.transpose(x, 2, 0, 1, 3), 0, 0, (long) channels * bands);
  }

  /** The checkpoint counts conv, pooling and dropout: blocks 0, 3 and 6. */
  private static String conv(int block) {
    return "conv_block_list." + 3 * block + ".conv";
  }

  /** [T', B, in] → [B, T', H]. */
  private ONNXRef<?> recurrence(ONNXRef<?> input) {
    ONNXRef<?> x = input;
    int count = weights.indices("^gru\\.weight_ih_l(\\d+)$").length;
    int hidden = weights.shape("gru.weight_hh_l0", 2)[1];
    for (int layer = 0; layer < count; layer++) {
      x = layers.bidirectionalGru(x, "gru", layer); // [T', 2, B, H]
      if (layer < count - 1) {
        x = graph.reshape(graph.transpose(x, 0, 2, 1, 3), 0, 0, 2L * hidden);
        if (options.stages().contains("gru" + layer)) {
          stage(
              "gru" + layer,
              graph.transpose(x, 1, 0, 2),
              free(BATCH),
              free(TOKENS),
              fixed(2L * hidden));
        }
      }
    }
    List<ONNXNode> directions = graph.halves(graph.tanh(x), 1); // [T', 1, B, H] each
    ONNXRef<?> gated = graph.mul(directions.get(1), directions.get(0));
    x = graph.reshape(graph.transpose(gated, 2, 0, 1, 3), 0, 0, hidden);
    stage("gru" + (count - 1), x, free(BATCH), free(TOKENS), fixed(hidden));
    return x;
  }

  private ONNXRef<?> attentions(ONNXRef<?> input) {
    ONNXRef<?> x = input;
    int width = weights.shape("gru.weight_hh_l0", 2)[1];
    for (int block : weights.indices("^layer_norm_list\\.(\\d+)\\.weight$")) {
      ONNXRef<?> attended =
          layers.attention(x, x, "mhsa_block_list." + block, options.network().heads());
      x = layers.layerNorm(graph.add(attended, x), "layer_norm_list." + block);
      stage("attention" + block, x, free(BATCH), free(TOKENS), fixed(width));
    }
    return x;
  }

  private void stage(String name, ONNXRef<?> value, Dimension... shape) {
    if (options.stages().contains(name)) {
      graph.output(name, value, shape);
    }
  }
}
