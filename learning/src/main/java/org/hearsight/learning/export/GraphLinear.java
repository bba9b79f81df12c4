package org.hearsight.learning.export;

import org.tribuo.util.onnx.ONNXRef;

/**
 * A linear map that is written when something needs it: of its outputs only those that are asked
 * for, and with the factor they are multiplied by.
 */
final class GraphLinear extends GraphValue {
  private final GraphValue x;
  private final GraphConstant weight;
  private final GraphConstant bias;
  private ONNXRef<?> written;

  /**
   * @param bias or null
   */
  GraphLinear(GraphValue x, GraphConstant weight, GraphConstant bias) {
    super(x.graph, null, null, sizes(x, weight.shape()[0]));
    this.x = x;
    this.weight = weight;
    this.bias = bias;
  }

  private static int[] sizes(GraphValue x, int outputs) {
    int[] sizes = x.shape();
    sizes[sizes.length - 1] = outputs;
    return sizes;
  }

  @Override
  ONNXRef<?> ref() {
    if (written == null) {
      GraphValue product = x.matMul(weight.turned());
      written = bias == null ? product.ref() : product.add(bias).ref();
    }
    return written;
  }

  @Override
  public GraphValue slice(int axis, int from, int to) {
    return axis == shape().length - 1 && bias != null
        ? new GraphLinear(x, weight.slice(0, from, to), bias.slice(0, from, to))
        : super.slice(axis, from, to);
  }

  @Override
  public GraphValue mul(double factor) {
    return new GraphLinear(x, weight.mul(factor), bias == null ? null : bias.mul(factor));
  }
}
