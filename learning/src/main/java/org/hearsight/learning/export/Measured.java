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
final class Measured extends Precision {
  private final Set<String> written = new HashSet<>();

  /**
   * @param last a place that is not asked for, see {@link EightBits}
   */
  Measured(GraphBuilder graph, String last) {
    super(graph, "");
    written.add(last);
  }

  @Override
  ONNXRef<?> keep(String place, ONNXRef<?> x) {
    if (written.add(place)) {
      Dimension one = fixed(1);
      ONNXRef<?> least = graph.operation(OnnxOp.REDUCE_MIN, List.of(x), Map.of("keepdims", 1));
      ONNXRef<?> most = graph.operation(OnnxOp.REDUCE_MAX, List.of(x), Map.of("keepdims", 1));
      graph.output(place + NetworkGraph.LEAST, least, one, one, one, one);
      graph.output(place + NetworkGraph.MOST, most, one, one, one, one);
    }
    return x;
  }
}
