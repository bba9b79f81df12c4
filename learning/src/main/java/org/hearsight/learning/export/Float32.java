package org.hearsight.learning.export;

import org.tribuo.util.onnx.ONNXRef;

/**
 * Numbers as they were trained.
 *
 * @param layers of the network
 */
record Float32(GraphLayers layers) implements Precision {
  @Override
  public ONNXRef<?> keep(String place, ONNXRef<?> x) {
    return x;
  }

  @Override
  public ONNXRef<?> convBatchNorm(ONNXRef<?> x, String from, String conv, String norm, int stride) {
    return layers.convBatchNorm(x, conv, norm, stride);
  }
}
