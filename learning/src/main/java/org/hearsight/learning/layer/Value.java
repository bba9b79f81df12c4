package org.hearsight.learning.layer;

import java.util.List;

/**
 * What flows through a network: an array on libtorch ({@link TorchValue}), or an edge of an ONNX
 * graph that is being written.
 *
 * <p>Networks are written once, in these operators; whoever makes the first value decides what
 * carries them out. The operators are PyTorch's where it has them. All operands of one operator are
 * values of one kind; {@link #of} makes parameters such.
 */
public interface Value {
  /** A parameter, for as long as this value. */
  Value of(Parameter parameter);

  /** Zeros [B, width] for this batch of B. */
  Value zeros(int width);

  /**
   * Two-dimensional convolution, [B, in, H, W] to [B, out, H', W'].
   *
   * @param bias [out], or null
   */
  Value convolution(Value weight, Value bias, int stride, int padding);

  /**
   * A convolution, [B, in, H, W] to [B, out, H', W], whose taps lie {@code rows} rows apart: no
   * padding along the rows, so H' is H less {@code rows} for each tap but the first; zeros beyond
   * the ends of a row, as many as keep its length.
   *
   * @param weight [out, in, h, w], w odd
   * @param bias [out]
   */
  Value dilatedConvolution(Value weight, Value bias, int rows);

  /**
   * Batch norm over the channels of [B, C, H, W], eps 1e-5.
   *
   * @param statistics running mean and variance
   * @param training whether the batch's own statistics count, and move the running ones
   */
  Value batchNorm(Value weight, Value bias, List<Value> statistics, boolean training);

  /** Layer norm over the last axis, eps 1e-5. */
  Value layerNorm(Value weight, Value bias);

  /**
   * x·Wᵀ + b over the last axis.
   *
   * @param weight [out, in]
   * @param bias [out], or null
   */
  Value linear(Value weight, Value bias);

  /**
   * One bidirectional GRU layer from a zero state, [B, T, in] to [B, T, 2·hidden].
   *
   * @param weights weight_ih, weight_hh, bias_ih and bias_hh, forward then backward
   */
  Value gru(List<Value> weights, int hidden);

  /** Largest value in each window of [B, C, H, W]. */
  Value maxPool(Window window);

  /** Mean of each plane, [B, C, H, W] to [B, C]. */
  Value planeMeans();

  /** Zeroes a share of the elements and scales up the rest; a graph passes all of them. */
  Value dropout(double rate);

  /** The same with whole planes of [B, C, H, W]. */
  Value dropPlanes(double rate);

  Value relu();

  Value sigmoid();

  Value tanh();

  Value softmax(int axis);

  Value add(Value other);

  Value add(double term);

  Value mul(Value other);

  Value mul(double factor);

  Value div(Value other);

  Value matMul(Value other);

  /** Sum over an axis, which disappears. */
  Value sum(int axis);

  /** Mean over an axis, which disappears. */
  Value mean(int axis);

  /** Elements {@code from} (in) to {@code to} (out) along an axis. */
  Value slice(int axis, int from, int to);

  Value concat(Value other, int axis);

  /** Tokens [B, T, n], each with its row's vector [B, m] beside it: [B, T, n + m]. */
  Value besideEach(Value vector);

  Value swapAxes(int a, int b);

  /** 0 keeps a dimension, one −1 takes what is left. */
  Value reshape(int... shape);

  /** A new axis of size 1. */
  Value expandDims(int axis);

  /**
   * Where a pooling looks: height (time) and width (bands).
   *
   * @param padding on every side
   */
  record Window(int height, int width, int strideHeight, int strideWidth, int padding) {
    /** Windows side by side. */
    public static Window tiles(int height, int width) {
      return new Window(height, width, height, width, 0);
    }
  }
}
