package org.hearsight.learning.export;

import org.tribuo.util.onnx.ONNXRef;

/**
 * How a network's numbers are kept on their way from layer to layer. A place is where they lie, as
 * in {@code layer1.0.conv2}.
 */
interface Precision {
  /** The numbers of a place, as the layers that follow get them. */
  ONNXRef<?> keep(String place, ONNXRef<?> x);

  /**
   * A convolution with its batch norm.
   *
   * @param x what {@link #keep} gave
   * @param from the place of {@code x}
   */
  ONNXRef<?> convBatchNorm(ONNXRef<?> x, String from, String conv, String norm, int stride);
}
