package org.hearsight.learning.export;

import java.util.List;
import org.tribuo.util.onnx.ONNXRef;

/**
 * How a network's numbers are kept on their way from layer to layer: here as they were trained. A
 * place is where they lie, as in {@code layer1.0.conv2}.
 */
class Precision {
  final GraphBuilder graph;
  final String prefix;

  /**
   * @param prefix of the names of the network's constants
   */
  Precision(GraphBuilder graph, String prefix) {
    this.graph = graph;
    this.prefix = prefix;
  }

  /** The numbers of a place, as the layers that follow get them. */
  ONNXRef<?> keep(String place, ONNXRef<?> x) {
    return x;
  }

  /**
   * Writes a convolution.
   *
   * @param x what {@link #keep} gave
   * @param from the place of {@code x}
   * @param place of the convolution
   */
  ONNXRef<?> convolution(ONNXRef<?> x, String from, String place, FoldedConvolution c) {
    return graph.operation(
        OnnxOp.CONV,
        List.of(
            x,
            graph.store(prefix + place + ".weight", c.kernel(), c.shape()),
            graph.store(prefix + place + ".bias", c.bias(), c.bias().length)),
        c.attributes());
  }
}
