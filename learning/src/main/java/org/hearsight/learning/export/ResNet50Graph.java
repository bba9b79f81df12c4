package org.hearsight.learning.export;

import static org.hearsight.learning.export.GraphBuilder.fixed;
import static org.hearsight.learning.export.GraphBuilder.free;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.util.Map;
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
  private static final int LAYERS = 4;

  private final Weights weights;
  private final GraphBuilder graph;
  private final GraphLayers layers;

  private ResNet50Graph(GraphBuilder graph, String prefix, Map<String, Tensor> weights) {
    this.graph = graph;
    this.weights = new Weights("ResNet", weights);
    this.layers = new GraphLayers(graph, this.weights, prefix);
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
    return new ResNet50Graph(new GraphBuilder(), "", weights).build(metadata);
  }

  /**
   * Writes the network into a graph that others share: pictures [B, planes, H, W] → features [B,
   * 2048, H/32, W/32].
   *
   * @param prefix of the names of its constants
   */
  static ONNXRef<?> append(
      GraphBuilder graph, String prefix, Map<String, Tensor> weights, ONNXRef<?> pictures) {
    return new ResNet50Graph(graph, prefix, weights).features(pictures);
  }

  private OnnxGraph build(Map<String, String> metadata) {
    Dimension batch = free("batch");
    int planes = weights.shape("conv1.weight", 4)[1];
    ONNXRef<?> x =
        features(graph.input("input", batch, fixed(planes), free("height"), free("width")));
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
    ONNXRef<?> x = graph.relu(layers.convBatchNorm(pictures, "conv1", "bn1", 2));
    x = layers.maxPool(x, 3, 3, 2, 2, 1);
    for (int layer = 1; layer <= LAYERS; layer++) {
      for (int block : blocks(layer)) {
        String name = "layer" + layer + "." + block;
        x = bottleneck(x, name, layer > 1 && block == 0 ? 2 : 1);
      }
    }
    return x;
  }

  private ONNXRef<?> bottleneck(ONNXRef<?> x, String name, int stride) {
    ONNXRef<?> y = graph.relu(layers.convBatchNorm(x, name + ".conv1", name + ".bn1", 1));
    y = graph.relu(layers.convBatchNorm(y, name + ".conv2", name + ".bn2", stride));
    y = layers.convBatchNorm(y, name + ".conv3", name + ".bn3", 1);
    ONNXRef<?> shortcut =
        weights.has(name + ".downsample.0.weight")
            ? layers.convBatchNorm(x, name + ".downsample.0", name + ".downsample.1", stride)
            : x;
    return graph.relu(graph.add(y, shortcut));
  }
}
