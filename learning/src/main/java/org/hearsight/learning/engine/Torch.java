package org.hearsight.learning.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * libtorch's functions under their own names.
 *
 * <p>DJL's public calls change some of them (a batch-norm momentum of 1 − m, one pooling stride for
 * all, an axis that is swapped), so these go one level below. A result belongs to the manager of
 * the first argument; {@code TorchValue} moves it to its own scope where that is a parameter's.
 */
public final class Torch {
  private static final Shape UNIT = new Shape(1, 1);
  private static final Shape SCALAR = new Shape();

  private Torch() {}

  /** x·Wᵀ + b over the last axis; {@code bias} may be null. */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return JniUtils.linear(pt(x), pt(weight), pt(bias));
  }

  /** Two-dimensional convolution, [B, C, H, W]; {@code bias} may be null. */
  public static NDArray conv2d(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
    return JniUtils.convolution(
        pt(x),
        pt(weight),
        pt(bias),
        new Shape(stride, stride),
        new Shape(padding, padding),
        UNIT,
        1);
  }

  /**
   * Two-dimensional convolution of stride 1, [B, C, H, W].
   *
   * @param padding zeros above and below, and left and right
   * @param dilation how far apart taps lie, in rows and in columns
   */
  public static NDArray conv2d(
      NDArray x, NDArray weight, NDArray bias, Shape padding, Shape dilation) {
    return JniUtils.convolution(pt(x), pt(weight), pt(bias), UNIT, padding, dilation, 1);
  }

  /** Batch norm over axis 1; running statistics move only when {@code training}. */
  public static NDArray batchNorm(
      NDArray x,
      NDArray weight,
      NDArray bias,
      NDArray runningMean,
      NDArray runningVar,
      boolean training,
      double momentum,
      double eps) {
    // The native call takes the statistics first, whatever DJL names its arguments.
    return JniUtils.batchNorm(
        pt(x), pt(runningMean), pt(runningVar), pt(weight), pt(bias), training, momentum, eps);
  }

  /** Layer norm over the last axis. */
  public static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double eps) {
    return JniUtils.layerNorm(pt(x), weight.getShape(), pt(weight), pt(bias), eps);
  }

  /** Dropout with libtorch's generator; {@code x} itself when not training. */
  public static NDArray dropout(NDArray x, double rate, boolean training) {
    return training && rate > 0 ? JniUtils.dropout(pt(x), rate, true) : x;
  }

  /**
   * One bidirectional GRU layer, batch first, from a zero state.
   *
   * @param weights weight_ih, weight_hh, bias_ih and bias_hh, forward then backward
   */
  public static NDArray gruLayer(NDArray x, NDList weights, int hidden) {
    try (NDArray state = x.getManager().zeros(new Shape(2, x.getShape().get(0), hidden))) {
      NDList out = JniUtils.gru(pt(x), pt(state), weights, true, 1, 0, false, true, true);
      out.get(1).close();
      return out.get(0);
    }
  }

  /** Largest value in each window of [B, C, H, W]. */
  public static NDArray maxPool2d(NDArray x, Shape kernel, Shape stride, Shape padding) {
    return JniUtils.maxPool(pt(x), kernel, stride, padding, false);
  }

  /** Elements {@code from} (in) to {@code to} (out) along an axis, as a view. */
  public static NDArray slice(NDArray x, int axis, long from, long to) {
    return JniUtils.slice(pt(x), axis, from, to, 1);
  }

  /** Elements 0, {@code n}, 2{@code n}, … along an axis, as a view. */
  public static NDArray everyNth(NDArray x, int axis, long n) {
    return JniUtils.slice(pt(x), axis, 0, x.getShape().get(axis), n);
  }

  /** Every element plus a number. */
  public static NDArray plus(NDArray x, double term) {
    try (NDArray number = number(x, term)) {
      return x.add(number);
    }
  }

  /** Every element times a number. */
  public static NDArray times(NDArray x, double factor) {
    try (NDArray number = number(x, factor)) {
      return x.mul(number);
    }
  }

  /** Every element divided by a number. */
  public static NDArray over(NDArray x, double divisor) {
    try (NDArray number = number(x, divisor)) {
      return x.div(number);
    }
  }

  /** Every element, or the bound that it is beyond. */
  public static NDArray clip(NDArray x, double least, double most) {
    // The arrays of both bounds stay with the manager, and so outlive the gradient.
    return JniUtils.clip(pt(x), (float) least, (float) most);
  }

  /**
   * A scalar in libtorch's own memory. DJL's {@code mul(Number)} and its like make one of a buffer
   * of Java's and let go of it at once, but libtorch needs the factor again for the gradient: where
   * Java had collected garbage in between, gradients came out zero, or anything else.
   */
  private static NDArray number(NDArray x, double value) {
    return x.getManager().full(SCALAR, (float) value, x.getDataType());
  }

  /** The same values without their history. */
  public static NDArray detach(NDArray x) {
    return JniUtils.detachGradient(pt(x));
  }

  public static NDArray relu(NDArray x) {
    return JniUtils.relu(pt(x));
  }

  public static NDArray sigmoid(NDArray x) {
    return JniUtils.sigmoid(pt(x));
  }

  public static NDArray softmax(NDArray x, int axis) {
    return JniUtils.softmax(pt(x), axis, DataType.FLOAT32);
  }

  public static NDArray logSoftmax(NDArray x, int axis) {
    return JniUtils.logSoftmax(pt(x), axis, DataType.FLOAT32);
  }

  /**
   * The gradient collected so far, or null if none was; close it after use.
   *
   * @param parameter an array that requires a gradient
   */
  public static NDArray gradient(NDArray parameter) {
    return JniUtils.getGradient(pt(parameter));
  }

  /** Adds to an array in place, without a history. */
  public static void increase(NDArray x, double term) {
    try (NDArray number = number(x, term)) {
      x.addi(number);
    }
  }

  /** Multiplies an array in place, without a history. */
  public static void scale(NDArray x, double factor) {
    try (NDArray number = number(x, factor)) {
      x.muli(number);
    }
  }

  /** Sets a collected gradient to zero. */
  public static void zeroGradient(NDArray parameter) {
    JniUtils.zeroGrad(pt(parameter));
  }

  /**
   * One Adam update in place, all in native code: m and v move towards the gradient and its square,
   * then {@code weight −= rate·m / (√v + eps)}.
   */
  public static void adam(
      NDArray weight,
      NDArray gradient,
      NDArray m,
      NDArray v,
      float rate,
      float beta1,
      float beta2,
      float eps) {
    JniUtils.adamUpdate(
        pt(weight), pt(gradient), pt(m), pt(v), rate, rate, 0, 1, -1, beta1, beta2, eps, false);
  }

  private static PtNDArray pt(NDArray array) {
    return (PtNDArray) array;
  }
}
