package org.hearsight.learning.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hearsight.learning.engine.Torch;

/**
 * An array on libtorch: operators run at once, and gradients flow back through them.
 *
 * @param scope owns all that is made from this value
 */
public record TorchValue(NDArray array, NDManager scope) implements Value {
  /** Channels of convolutions come in blocks of so many, those that are missing zero. */
  private static final long BLOCK = 16;

  /** So many inputs need no whole block. */
  private static final long FEW = 8;

  private static final double MOMENTUM = 0.1;
  private static final double EPS = 1e-5;

  /** An array, all that is made from it owned by its manager. */
  public static TorchValue of(NDArray array) {
    return new TorchValue(array, array.getManager());
  }

  /** The array of a value on libtorch. */
  public static NDArray array(Value value) {
    return value == null ? null : ((TorchValue) value).array;
  }

  /** What a network makes of an array. */
  public static NDArray run(UnaryOperator<Value> network, NDArray x) {
    return array(network.apply(of(x)));
  }

  /** The scope's own, even where libtorch gave it to a parameter's manager. */
  private TorchValue made(NDArray y) {
    if (y.getManager() != scope) {
      y.attach(scope);
    }
    return new TorchValue(y, scope);
  }

  @Override
  public TorchValue of(Parameter parameter) {
    return new TorchValue(parameter.array(), scope);
  }

  @Override
  public Value zeros(int width) {
    return made(scope.zeros(new Shape(array.getShape().get(0), width)));
  }

  @Override
  public Value convolution(Value weight, Value bias, int stride, int padding) {
    NDArray w = array(weight);
    if (stride > 1 && padding == 0 && w.getShape().get(2) == 1 && w.getShape().get(3) == 1) {
      // The same numbers. oneDNN 3.7.1 divides by the processor's cache size to find the gradient
      // of the strided form, which ends the process on virtual machines that do not tell it.
      NDArray some = Torch.everyNth(Torch.everyNth(array, 2, stride), 3, stride);
      return convolution(some, w, array(bias), (x, k, b) -> Torch.conv2d(x, k, b, 1, 0));
    }
    return convolution(array, w, array(bias), (x, k, b) -> Torch.conv2d(x, k, b, stride, padding));
  }

  private interface Convolution {
    NDArray of(NDArray x, NDArray weight, NDArray bias);
  }

  /**
   * With channels in whole blocks, as oneDNN's kernels take them: eight for AVX2, sixteen for
   * AVX-512. In gradients of others oneDNN 3.7.1 (of libtorch 2.7.1) leaves memory that no one has
   * written: wrong, often NaN, and others in every run. Of 60 gradients over a heap of NaN, up to
   * 60 were NaN with 12, 20 or 60 channels, with 24 or 40 on AVX-512 too, and none with 16, 32, 48
   * or 64. Kernels of one pixel were not seen to be wrong, nor the special ones for a few inputs.
   */
  private TorchValue convolution(NDArray x, NDArray weight, NDArray bias, Convolution way) {
    Shape s = weight.getShape();
    if (s.get(2) * s.get(3) == 1) {
      return made(way.of(x, weight, bias));
    }
    long out = s.get(0);
    boolean manyInputs = s.get(1) > FEW;
    NDArray from = manyInputs ? inBlocks(x, 1) : x;
    NDArray w = inBlocks(manyInputs ? inBlocks(weight, 1) : weight, 0);
    NDArray y = way.of(from, w, bias == null ? null : inBlocks(bias, 0));
    return made(out % BLOCK == 0 ? y : Torch.slice(made(y).array, 1, 0, out));
  }

  private NDArray inBlocks(NDArray ragged, int axis) {
    long[] missing = ragged.getShape().getShape().clone();
    missing[axis] = Math.floorMod(-missing[axis], BLOCK);
    return missing[axis] == 0
        ? ragged
        : made(ragged.concat(scope.zeros(new Shape(missing)), axis)).array;
  }

  @Override
  public Value dilatedConvolution(Value weight, Value bias, int rows) {
    NDArray w = array(weight);
    long padding = w.getShape().get(3) / 2;
    Shape beside = new Shape(0, padding);
    return convolution(
        array, w, array(bias), (x, k, b) -> Torch.conv2d(x, k, b, beside, new Shape(rows, 1)));
  }

  @Override
  public Value batchNorm(Value weight, Value bias, List<Value> statistics, boolean training) {
    NDArray mean = array(statistics.get(0));
    NDArray variance = array(statistics.get(1));
    return made(
        Torch.batchNorm(
            array, array(weight), array(bias), mean, variance, training, MOMENTUM, EPS));
  }

  @Override
  public Value layerNorm(Value weight, Value bias) {
    return made(Torch.layerNorm(array, array(weight), array(bias), EPS));
  }

  @Override
  public Value linear(Value weight, Value bias) {
    return made(Torch.linear(array, array(weight), array(bias)));
  }

  @Override
  public Value gru(List<Value> weights, int hidden) {
    NDList arrays = new NDList();
    weights.forEach(w -> arrays.add(array(w)));
    return made(Torch.gruLayer(array, arrays, hidden));
  }

  @Override
  public Value maxPool(Window w) {
    Shape kernel = new Shape(w.height(), w.width());
    Shape stride = new Shape(w.strideHeight(), w.strideWidth());
    return made(Torch.maxPool2d(array, kernel, stride, new Shape(w.padding(), w.padding())));
  }

  @Override
  public Value planeMeans() {
    return made(array.flatten(2, 3).mean(new int[] {2}));
  }

  @Override
  public Value dropout(double rate) {
    return rate == 0 ? this : made(Torch.dropout(array, rate, true));
  }

  @Override
  public Value dropPlanes(double rate) {
    if (rate == 0) {
      return this;
    }
    Shape s = array.getShape();
    NDArray ones = scope.ones(new Shape(s.get(0), s.get(1), 1, 1));
    return made(array.mul(Torch.dropout(ones, rate, true)));
  }

  @Override
  public Value relu() {
    return made(Torch.relu(array));
  }

  @Override
  public Value sigmoid() {
    return made(Torch.sigmoid(array));
  }

  @Override
  public Value tanh() {
    return made(array.tanh());
  }

  @Override
  public Value softmax(int axis) {
    return made(Torch.softmax(array, axis));
  }

  @Override
  public Value add(Value other) {
    return made(array.add(array(other)));
  }

  @Override
  public Value add(double term) {
    return made(Torch.plus(array, term));
  }

  @Override
  public Value mul(Value other) {
    return made(array.mul(array(other)));
  }

  @Override
  public Value mul(double factor) {
    return made(Torch.times(array, factor));
  }

  @Override
  public Value div(Value other) {
    return made(array.div(array(other)));
  }

  @Override
  public Value matMul(Value other) {
    return made(array.matMul(array(other)));
  }

  @Override
  public Value sum(int axis) {
    return made(array.sum(new int[] {axis}));
  }

  @Override
  public Value mean(int axis) {
    return made(array.mean(new int[] {axis}));
  }

  @Override
  public Value slice(int axis, int from, int to) {
    return made(Torch.slice(array, axis, from, to));
  }

  @Override
  public Value concat(Value other, int axis) {
    return made(array.concat(array(other), axis));
  }

  @Override
  public Value besideEach(Value vector) {
    NDArray v = array(vector);
    Shape tokens = array.getShape();
    Shape everywhere = new Shape(tokens.get(0), tokens.get(1), v.getShape().get(1));
    return made(array.concat(v.expandDims(1).broadcast(everywhere), 2));
  }

  @Override
  public Value swapAxes(int a, int b) {
    return made(array.swapAxes(a, b));
  }

  @Override
  public Value reshape(int... shape) {
    long[] sizes = new long[shape.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shape[i] == 0 ? array.getShape().get(i) : shape[i];
    }
    return made(array.reshape(sizes));
  }

  @Override
  public Value expandDims(int axis) {
    return made(array.expandDims(axis));
  }
}
