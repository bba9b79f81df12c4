package org.hearsight.learning.export;

import java.util.Map;

/**
 * A convolution with the batch norm that follows it in inference mode folded in; zero padding of
 * half the kernel.
 *
 * @param kernel [out, in, height, width]
 * @param bias [out]
 */
record FoldedConvolution(float[] kernel, int[] shape, float[] bias, int stride) {
  /**
   * Reads {@code nn.Conv2d} (bias or none) and {@code nn.BatchNorm2d}.
   *
   * @throws org.hearsight.core.error.InputException if a weight is missing or misshapen
   */
  static FoldedConvolution of(Weights weights, String conv, String norm, int stride) {
    int[] shape = weights.shape(conv + ".weight", 4);
    float[] kernel = weights.floats(conv + ".weight", shape);
    int out = shape[0];
    float[] bias =
        weights.has(conv + ".bias") ? weights.floats(conv + ".bias", out) : new float[out];
    float[] gamma = weights.floats(norm + ".weight", out);
    float[] beta = weights.floats(norm + ".bias", out);
    float[] mean = weights.floats(norm + ".running_mean", out);
    float[] variance = weights.floats(norm + ".running_var", out);
    int each = kernel.length / out;
    for (int o = 0; o < out; o++) {
      double scale = gamma[o] / Math.sqrt(variance[o] + GraphLayers.EPSILON);
      for (int i = o * each; i < (o + 1) * each; i++) {
        kernel[i] = (float) (kernel[i] * scale);
      }
      bias[o] = (float) ((bias[o] - mean[o]) * scale + beta[o]);
    }
    return new FoldedConvolution(kernel, shape, bias, stride);
  }

  /** Of ONNX's Conv. */
  Map<String, Object> attributes() {
    int h = shape[2] / 2;
    int w = shape[3] / 2;
    return Map.of(
        "kernel_shape", new int[] {shape[2], shape[3]},
        "pads", new int[] {h, w, h, w},
        "strides", new int[] {stride, stride});
  }
}
