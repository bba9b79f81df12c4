package org.hearsight.learning.export;

import java.util.List;
import java.util.Map;
import org.tribuo.util.onnx.ONNXRef;

/**
 * PyTorch's layers as ONNX operators, from their weights under PyTorch's names.
 *
 * <p>What can be done to the weights once is done here and not at every run: batch norm goes into
 * its convolution, matrices are turned, the attention's 1/√d goes into the query projection.
 */
final class GraphLayers {
  /** PyTorch's default of both batch norm and layer norm. */
  static final double EPSILON = 1e-5;

  private final GraphBuilder graph;
  private final Weights weights;
  private final String prefix;

  /**
   * @param prefix that the names of all constants get, so that several networks share a graph
   */
  GraphLayers(GraphBuilder graph, Weights weights, String prefix) {
    this.graph = graph;
    this.weights = weights;
    this.prefix = prefix;
  }

  /** A constant under this network's prefix. */
  ONNXRef<?> constant(String name, float[] values, int... shape) {
    return graph.constant(prefix + name, values, shape);
  }

  /** {@code nn.Linear}: [..., in] → [..., out]. */
  ONNXRef<?> linear(ONNXRef<?> x, String name) {
    int[] shape = weights.shape(name + ".weight", 2);
    float[] matrix = weights.floats(name + ".weight", shape);
    float[] bias = weights.floats(name + ".bias", shape[0]);
    return affine(x, name, matrix, bias, shape[0], shape[1]);
  }

  /** {@code nn.LayerNorm} over the last axis. */
  ONNXRef<?> layerNorm(ONNXRef<?> x, String name) {
    int width = weights.shape(name + ".weight", 1)[0];
    return graph.operation(
        OnnxOp.LAYER_NORMALIZATION,
        List.of(
            x,
            constant(name + ".weight", weights.floats(name + ".weight", width), width),
            constant(name + ".bias", weights.floats(name + ".bias", width), width)),
        Map.of("axis", -1, "epsilon", (float) EPSILON));
  }

  /**
   * {@code nn.Conv2d} (bias or none, zero padding of half the kernel) followed by {@code
   * nn.BatchNorm2d} in inference mode, folded into one convolution.
   */
  ONNXRef<?> convBatchNorm(ONNXRef<?> x, String conv, String norm, int stride) {
    FoldedConvolution c = FoldedConvolution.of(weights, conv, norm, stride);
    return graph.operation(
        OnnxOp.CONV,
        List.of(
            x,
            constant(conv + ".weight", c.kernel(), c.shape()),
            constant(conv + ".bias", c.bias(), c.bias().length)),
        c.attributes());
  }

  ONNXRef<?> maxPool(
      ONNXRef<?> x, int height, int width, int strideHeight, int strideWidth, int p) {
    return graph.operation(
        OnnxOp.MAX_POOL,
        List.of(x),
        Map.of(
            "kernel_shape", new int[] {height, width},
            "pads", new int[] {p, p, p, p},
            "strides", new int[] {strideHeight, strideWidth}));
  }

  /**
   * One layer of a bidirectional {@code nn.GRU}: [T, B, in] → [T, 2, B, H].
   *
   * <p>PyTorch keeps its gates in the order reset, update, new; ONNX wants update, reset, hidden.
   * PyTorch multiplies by the reset gate after the recurrent product: {@code linear_before_reset}.
   */
  ONNXRef<?> bidirectionalGru(ONNXRef<?> x, String name, int layer) {
    String[] suffixes = {"_l" + layer, "_l" + layer + "_reverse"};
    int in = weights.shape(name + ".weight_ih" + suffixes[0], 2)[1];
    int hidden = weights.shape(name + ".weight_hh" + suffixes[0], 2)[1];
    float[] w = new float[2 * 3 * hidden * in];
    float[] r = new float[2 * 3 * hidden * hidden];
    float[] b = new float[2 * 6 * hidden];
    for (int d = 0; d < 2; d++) {
      String s = suffixes[d];
      float[] ih = weights.floats(name + ".weight_ih" + s, 3 * hidden, in);
      float[] hh = weights.floats(name + ".weight_hh" + s, 3 * hidden, hidden);
      updateGateFirst(ih, w, d * 3 * hidden * in, hidden * in);
      updateGateFirst(hh, r, d * 3 * hidden * hidden, hidden * hidden);
      float[] inputBias = weights.floats(name + ".bias_ih" + s, 3 * hidden);
      float[] recurrentBias = weights.floats(name + ".bias_hh" + s, 3 * hidden);
      updateGateFirst(inputBias, b, d * 6 * hidden, hidden);
      updateGateFirst(recurrentBias, b, (d * 6 + 3) * hidden, hidden);
    }
    String key = name + ".l" + layer;
    return graph.operation(
        OnnxOp.GRU,
        List.of(
            x,
            constant(key + ".weight", w, 2, 3 * hidden, in),
            constant(key + ".recurrence", r, 2, 3 * hidden, hidden),
            constant(key + ".bias", b, 2, 6 * hidden)),
        Map.of("direction", "bidirectional", "hidden_size", hidden, "linear_before_reset", 1));
  }

  /** Copies three gate blocks, the first two exchanged. */
  private static void updateGateFirst(float[] from, float[] to, int at, int block) {
    System.arraycopy(from, block, to, at, block);
    System.arraycopy(from, 0, to, at + block, block);
    System.arraycopy(from, 2 * block, to, at + 2 * block, block);
  }

  /**
   * {@code nn.MultiheadAttention}, batch first: query [B, T, D], key and value [B, S, D] → [B, T,
   * D].
   */
  ONNXRef<?> attention(ONNXRef<?> query, ONNXRef<?> source, String name, int heads) {
    int width = attentionWidth(name);
    if (heads < 1 || width % heads != 0) {
      throw weights.refuse(name, "width " + width + " cannot be split into " + heads + " heads");
    }
    int each = width / heads;
    ONNXRef<?> q = split(projection(query, name, 0, 1 / Math.sqrt(each)), heads, each);
    ONNXRef<?> k = split(projection(source, name, 1, 1), heads, each);
    ONNXRef<?> v = split(projection(source, name, 2, 1), heads, each);
    ONNXRef<?> scores =
        graph.matMul(
            graph.transpose(q, 0, 2, 1, 3), graph.transpose(k, 0, 2, 3, 1)); // [B, heads, T, S]
    ONNXRef<?> mixed = graph.matMul(graph.softmax(scores, -1), graph.transpose(v, 0, 2, 1, 3));
    ONNXRef<?> joined = graph.reshape(graph.transpose(mixed, 0, 2, 1, 3), 0, 0, width);
    return linear(joined, name + ".out_proj");
  }

  /** Attention over a single key: the value path alone, [B, D] → [B, D]. */
  ONNXRef<?> attentionToOne(ONNXRef<?> source, String name) {
    return linear(projection(source, name, 2, 1), name + ".out_proj");
  }

  private int attentionWidth(String name) {
    return weights.shape(name + ".in_proj_weight", 2)[1];
  }

  private ONNXRef<?> split(ONNXRef<?> x, int heads, int each) {
    return graph.reshape(x, 0, 0, heads, each);
  }

  /** Query (0), key (1) or value (2) projection: a third of {@code in_proj}. */
  private ONNXRef<?> projection(ONNXRef<?> x, String name, int part, double scale) {
    int width = attentionWidth(name);
    float[] all = weights.floats(name + ".in_proj_weight", 3 * width, width);
    float[] allBias = weights.floats(name + ".in_proj_bias", 3 * width);
    float[] matrix = new float[width * width];
    float[] bias = new float[width];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) (all[part * matrix.length + i] * scale);
    }
    for (int i = 0; i < width; i++) {
      bias[i] = (float) (allBias[part * width + i] * scale);
    }
    return affine(x, name + ".in_proj" + part, matrix, bias, width, width);
  }

  private ONNXRef<?> affine(
      ONNXRef<?> x, String name, float[] matrix, float[] bias, int out, int in) {
    float[] turned = new float[matrix.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        turned[i * out + o] = matrix[o * in + i];
      }
    }
    ONNXRef<?> product = graph.matMul(x, constant(name + ".weight", turned, in, out));
    return graph.add(product, constant(name + ".bias", bias, out));
  }
}
