package org.hearsight.learning.export;

import java.util.Map;

/**
 * A convolution, with what follows it in inference mode folded in.
 *
 * @param kernel [out, in, height, width]
 * @param bias [out]
 * @param padding zeros on every side
 */
record FoldedConvolution(float[] kernel, int[] shape, float[] bias, int stride, int padding) {
  /** PyTorch's default of both batch norm and layer norm. */
  static final double EPSILON = 1e-5;

  /** This convolution, then a batch norm with its running statistics. */
  FoldedConvolution then(float[] gamma, float[] beta, float[] mean, float[] variance) {
    int each = kernel.length / bias.length;
    float[] scaled = kernel.clone();
    float[] shifted = bias.clone();
    for (int o = 0; o < bias.length; o++) {
      double scale = gamma[o] / Math.sqrt(variance[o] + EPSILON);
      for (int i = o * each; i < (o + 1) * each; i++) {
        scaled[i] = (float) (kernel[i] * scale);
      }
      shifted[o] = (float) ((bias[o] - mean[o]) * scale + beta[o]);
    }
    return new FoldedConvolution(scaled, shape, shifted, stride, padding);
  }

  /** Of ONNX's Conv. */
  Map<String, Object> attributes() {
    return Map.of(
        "kernel_shape", new int[] {shape[2], shape[3]},
        "pads", new int[] {padding, padding, padding, padding},
        "strides", new int[] {stride, stride});
  }
}
