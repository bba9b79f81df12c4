package org.hearsight.learning.export;

import java.util.Map;
import java.util.TreeMap;

/**
 * A convolution, with what follows it in inference mode folded in.
 *
 * @param kernel [out, in, height, width]
 * @param bias [out]
 * @param over how it goes over the plane
 */
record FoldedConvolution(float[] kernel, int[] shape, float[] bias, Way over) {
  /** PyTorch's default of both batch norm and layer norm. */
  static final double EPSILON = 1e-5;

  /**
   * How a kernel goes over a plane.
   *
   * @param above zeros above and below
   * @param beside zeros left and right
   * @param rows from one tap to the next below it
   */
  record Way(int stride, int above, int beside, int rows) {
    /** The same in both directions, tap beside tap. */
    static Way even(int stride, int padding) {
      return new Way(stride, padding, padding, 1);
    }
  }

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
    return new FoldedConvolution(scaled, shape, shifted, over);
  }

  /** Of ONNX's Conv. */
  Map<String, Object> attributes() {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("kernel_shape", new int[] {shape[2], shape[3]});
    attributes.put("pads", new int[] {over.above(), over.beside(), over.above(), over.beside()});
    attributes.put("strides", new int[] {over.stride(), over.stride()});
    if (over.rows() > 1) {
      attributes.put("dilations", new int[] {over.rows(), 1});
    }
    return attributes;
  }
}
