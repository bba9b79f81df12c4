package org.hearsight.learning.export;

import static org.hearsight.learning.export.GraphBuilder.fixed;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Numbers as they were trained, and how far they reach at every place: outputs {@code PLACE.least}
 * and {@code PLACE.most}, [1, 1, 1, 1].
 */
final class Measured implements Precision {
  private final GraphBuilder graph;
  private final GraphLayers layers;
  private final Set<String> told = new HashSet<>();

  /**
   * @param layers of the network
   */
  Measured(GraphBuilder graph, GraphLayers layers) {
    this.graph = graph;
    this.layers = layers;
  }

  @Override
  public ONNXRef<?> keep(String place, ONNXRef<?> x) {
    if (!told.add(place)) {
      return x;
    }
    Dimension one = fixed(1);
    ONNXRef<?> least = graph.operation(OnnxOp.REDUCE_MIN, List.of(x), Map.of("keepdims", 1));
    ONNXRef<?> most = graph.operation(OnnxOp.REDUCE_MAX, List.of(x), Map.of("keepdims", 1));
    graph.output(place + ResNet50Graph.LEAST, least, one, one, one, one);
    graph.output(place + ResNet50Graph.MOST, most, one, one, one, one);
    return x;
  }

  @Override
  public ONNXRef<?> convBatchNorm(ONNXRef<?> x, String from, String conv, String norm, int stride) {
    return layers.convBatchNorm(x, conv, norm, stride);
  }
}
