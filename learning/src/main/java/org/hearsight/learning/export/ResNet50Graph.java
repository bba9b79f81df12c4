package org.hearsight.learning.export;

import static org.hearsight.learning.export.GraphBuilder.fixed;
import static org.hearsight.learning.export.GraphBuilder.free;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.util.Map;
import org.hearsight.core.bundle.ActivationRanges;
import org.hearsight.core.tensor.Tensor;
import org.tribuo.util.onnx.ONNXRef;

/**
 * ResNet-50 (He et al., 2015), exactly as torchvision has it: the stride of a bottleneck sits in
 * its 3 x 3 convolution.
 *
 * <p>Input {@code input} [B, planes, H, W]; outputs {@code features} [B, 2048, H/32, W/32] and
 * {@code pooled} [B, 2048]. Planes, widths and the number of blocks are read from the weights, so
 * ResNet-101, ResNet-152 and shrunken ones can be written too; batch and image size are free.
 */
public final class ResNet50Graph {
  /** Ends of the names of {@link #measuring}'s outputs. */
  public static final String LEAST = ".least";

  public static final String MOST = ".most";

  private static final int LAYERS = 4;

  private final Weights weights;
  private final GraphBuilder graph;
  private final GraphLayers layers;

  private final Precision precision;

  private ResNet50Graph(
      GraphBuilder graph, String prefix, Map<String, Tensor> weights, ActivationRanges int8) {
    this.graph = graph;
    this.weights = new Weights("ResNet", weights);
    this.layers = new GraphLayers(graph, this.weights, prefix);
    this.precision =
        int8 == null ? new Float32(layers) : new EightBits(graph, this.weights, prefix, int8);
  }

  private ResNet50Graph(Map<String, Tensor> weights) {
    this.graph = new GraphBuilder();
    this.weights = new Weights("ResNet", weights);
    this.layers = new GraphLayers(graph, this.weights, "");
    this.precision = new Measured(graph, layers);
  }

  /**
   * Writes the graph.
   *
   * @param weights under torchvision's names: {@code conv1.weight}, {@code layer1.0.conv1.weight},
   *     …; {@code fc} is not needed
   * @param metadata goes into the file as it is
   * @throws org.hearsight.core.error.InputException if a weight is missing or misshapen
   */
  public static OnnxGraph build(Map<String, Tensor> weights, Map<String, String> metadata) {
    return build(weights, null, metadata);
  }

  /**
   * As {@link #build(Map, Map)}.
   *
   * @param int8 how far its numbers reach, to write it in 8 bits; null: as it is
   */
  public static OnnxGraph build(
      Map<String, Tensor> weights, ActivationRanges int8, Map<String, String> metadata) {
    return new ResNet50Graph(new GraphBuilder(), "", weights, int8).build(metadata);
  }

  /**
   * A graph that tells how far its numbers reach: of every place {@code PLACE.least} and {@code
   * PLACE.most}.
   */
  public static OnnxGraph measuring(Map<String, Tensor> weights) {
    return new ResNet50Graph(weights).measuring();
  }

  /**
   * Writes the network into a graph that others share: pictures [B, planes, H, W] → features [B,
   * 2048, H/32, W/32].
   *
   * @param prefix of the names of its constants
   * @param int8 as in {@link #build(Map, ActivationRanges, Map)}
   */
  static ONNXRef<?> append(
      GraphBuilder graph,
      String prefix,
      Map<String, Tensor> weights,
      ActivationRanges int8,
      ONNXRef<?> pictures) {
    return new ResNet50Graph(graph, prefix, weights, int8).features(pictures);
  }

  private ONNXRef<?> input(Dimension batch) {
    int planes = weights.shape("conv1.weight", 4)[1];
    return graph.input("input", batch, fixed(planes), free("height"), free("width"));
  }

  private OnnxGraph measuring() {
    features(input(free("batch")));
    return graph.build("resnet", Map.of());
  }

  private OnnxGraph build(Map<String, String> metadata) {
    Dimension batch = free("batch");
    ONNXRef<?> x = features(input(batch));
    int width = width();
    graph.output("features", x, batch, fixed(width), free("rows"), free("columns"));
    ONNXRef<?> pooled = graph.reshape(graph.globalAveragePool(x), 0, width);
    graph.output("pooled", pooled, batch, fixed(width));
    return graph.build("resnet", metadata);
  }

  /** Planes of the last block's output. */
  private int width() {
    int[] blocks = blocks(LAYERS);
    return weights.shape("layer" + LAYERS + "." + (blocks.length - 1) + ".conv3.weight", 4)[0];
  }

  private int[] blocks(int layer) {
    int[] blocks = weights.indices("^layer" + layer + "\\.(\\d+)\\.conv1\\.weight$");
    if (blocks.length == 0) {
      throw weights.refuse("layer" + layer + ".0.conv1.weight", "missing");
    }
    return blocks;
  }

  private ONNXRef<?> features(ONNXRef<?> pictures) {
    ONNXRef<?> x = precision.keep("input", pictures);
    x = graph.relu(precision.convBatchNorm(x, "input", "conv1", "bn1", 2));
    x = layers.maxPool(precision.keep("conv1", x), 3, 3, 2, 2, 1);
    // The largest of what was kept: as far as that, so in the same steps.
    String place = "conv1";
    x = precision.keep(place, x);
    for (int layer = 1; layer <= LAYERS; layer++) {
      for (int block : blocks(layer)) {
        String name = "layer" + layer + "." + block;
        boolean last = layer == LAYERS && block == blocks(layer).length - 1;
        x = bottleneck(x, place, name, layer > 1 && block == 0 ? 2 : 1, last);
        place = name;
      }
    }
    return x;
  }

  /**
   * {@code x} lies at {@code from}; the result at {@code name}.
   *
   * @param last whether its sum goes out, as it is: nothing is left to be gained by rounding it
   */
  private ONNXRef<?> bottleneck(ONNXRef<?> x, String from, String name, int stride, boolean last) {
    String first = name + ".conv1";
    ONNXRef<?> y = graph.relu(precision.convBatchNorm(x, from, first, name + ".bn1", 1));
    y = precision.keep(first, y);
    String second = name + ".conv2";
    y = graph.relu(precision.convBatchNorm(y, first, second, name + ".bn2", stride));
    y = precision.keep(second, y);
    String third = name + ".conv3";
    y =
        last
            ? layers.convBatchNorm(y, third, name + ".bn3", 1)
            : precision.keep(third, precision.convBatchNorm(y, second, third, name + ".bn3", 1));
    String down = name + ".downsample.0";
    ONNXRef<?> shortcut =
        weights.has(down + ".weight")
            ? precision.keep(
                down, precision.convBatchNorm(x, from, down, name + ".downsample.1", stride))
            : x;
    ONNXRef<?> sum = graph.relu(graph.add(y, shortcut));
    return last ? sum : precision.keep(name, sum);
  }
}
