package org.hearsight.learning.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.hearsight.core.bundle.ActivationRanges;
import org.hearsight.core.bundle.ActivationRanges.Range;
import org.hearsight.core.error.InputException;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Numbers in 8 bits: activations unsigned with one scale and zero point a place, weights signed
 * with a scale an output channel, as pairs of QuantizeLinear and DequantizeLinear that ONNX Runtime
 * turns into integer convolutions (Jacob et al., arXiv 1712.05877).
 *
 * <p>Weights use 7 of their 8 bits. Processors without VNNI add two products of 8 bits in 16, and
 * 255 · 63 · 2 is the most that fits: so every machine computes the same.
 */
final class EightBits extends Precision {
  private static final int LARGEST_WEIGHT = 63;
  private static final int LARGEST_ACTIVATION = 255;

  /** Half of what 32 bits hold: the other half is more than all products of a kernel add up to. */
  private static final int LARGEST_BIAS = 1 << 30;

  /** Far from where floats lose digits, and next to nothing in any channel that says something. */
  private static final float LEAST_SCALE = 1e-25f;

  private final ActivationRanges ranges;
  private final String last;

  /**
   * @param ranges of every place
   * @param last place of the convolution that ends the network's last sum: the sum goes out as it
   *     is, so nothing is left to be gained by rounding its terms
   */
  EightBits(GraphBuilder graph, String prefix, ActivationRanges ranges, String last) {
    super(graph, prefix);
    this.ranges = ranges;
    this.last = last;
  }

  /**
   * How integers of a place stand for numbers.
   *
   * @param scale a step of one
   * @param zero the integer that means 0
   */
  private record Steps(float scale, int zero) {}

  private Steps steps(String place) {
    Range range = ranges.of(place);
    if (range == null) {
      throw InputException.model(
          "int8", place + ": has no range", "calibrate this network, not another");
    }
    float width = range.most() - range.least();
    float scale = width > 0 ? width / LARGEST_ACTIVATION : 1;
    return new Steps(scale, Math.round(-range.least() / scale));
  }

  @Override
  ONNXRef<?> keep(String place, ONNXRef<?> x) {
    if (place.equals(last)) {
      return x;
    }
    Steps steps = steps(place);
    String name = prefix + place;
    ONNXRef<?> scale = graph.scalar(name + ".scale", steps.scale()).ref();
    byte[] zeroByte = {(byte) steps.zero()};
    ONNXRef<?> zero = graph.integers(name + ".zero", DataType.UINT8, zeroByte);
    ONNXRef<?> integers =
        graph.operation(OnnxOp.QUANTIZE_LINEAR, List.of(x, scale, zero), Map.of());
    return graph.operation(OnnxOp.DEQUANTIZE_LINEAR, List.of(integers, scale, zero), Map.of());
  }

  /**
   * The step of a channel's weights. Its bias counts in the same steps times the input's, in 32
   * bits: of a channel that is nearly dead, all weights next to nothing, the bias would be beyond
   * them, and of a dead one, less than one step. Then the bias sets the step; a kernel of 4,608
   * weights, rounded to it, is off by less than a thousandth of the bias.
   *
   * @param largest weight of the channel
   * @param bias of the channel, without its sign
   * @param inScale step of the channel's input
   */
  private static float scale(float largest, float bias, float inScale) {
    float forWeights = largest / LARGEST_WEIGHT;
    float forBias = bias / inScale / LARGEST_BIAS;
    return Math.max(LEAST_SCALE, Math.max(forWeights, forBias));
  }

  @Override
  ONNXRef<?> convolution(ONNXRef<?> x, String from, String place, FoldedConvolution c) {
    if (place.equals(last)) {
      return super.convolution(x, from, place, c);
    }
    int out = c.bias().length;
    int each = c.kernel().length / out;
    float[] scales = new float[out];
    byte[] kernel = new byte[c.kernel().length];
    float[] biasScales = new float[out];
    ByteBuffer bias = ByteBuffer.allocate(Integer.BYTES * out).order(ByteOrder.LITTLE_ENDIAN);
    float inScale = steps(from).scale();
    for (int o = 0; o < out; o++) {
      float largest = 0;
      for (int i = o * each; i < (o + 1) * each; i++) {
        largest = Math.max(largest, Math.abs(c.kernel()[i]));
      }
      scales[o] = scale(largest, Math.abs(c.bias()[o]), inScale);
      for (int i = o * each; i < (o + 1) * each; i++) {
        kernel[i] = (byte) Math.round(c.kernel()[i] / scales[o]);
      }
      biasScales[o] = inScale * scales[o];
      bias.putInt(Math.round(c.bias()[o] / biasScales[o]));
    }
    String name = prefix + place;
    ONNXRef<?> weight =
        graph.operation(
            OnnxOp.DEQUANTIZE_LINEAR,
            List.of(
                graph.integers(name + ".weight", DataType.INT8, kernel, c.shape()),
                graph.store(name + ".weight.scale", scales, out),
                graph.integers(name + ".weight.zero", DataType.INT8, new byte[out], out)),
            Map.of("axis", 0));
    ONNXRef<?> offset =
        graph.operation(
            OnnxOp.DEQUANTIZE_LINEAR,
            List.of(
                graph.integers(name + ".bias", DataType.INT32, bias.array(), out),
                graph.store(name + ".bias.scale", biasScales, out)),
            Map.of("axis", 0));
    return graph.operation(OnnxOp.CONV, List.of(x, weight, offset), c.attributes());
  }
}
