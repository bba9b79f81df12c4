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
  /** Narrower convolutions are widened by zeros. */
  private static final long LEAST_CHANNELS = 8;

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
   * Of eight channels at least on both sides, those that are missing zero: below, oneDNN 3.7.1
   * finds gradients with kernels that read memory no one has written ({@code NativeEnvironment}).
   */
  private TorchValue convolution(NDArray x, NDArray weight, NDArray bias, Convolution way) {
    long in = weight.getShape().get(1);
    long out = weight.getShape().get(0);
    NDArray wide = widened(widened(weight, 1), 0);
    NDArray b = bias == null ? null : widened(bias, 0);
    NDArray y = way.of(in < LEAST_CHANNELS ? widened(x, 1) : x, wide, b);
    return made(out < LEAST_CHANNELS ? Torch.slice(made(y).array, 1, 0, out) : y);
  }

  private NDArray widened(NDArray narrow, int axis) {
    long[] missing = narrow.getShape().getShape().clone();
    missing[axis] = LEAST_CHANNELS - missing[axis];
    return missing[axis] <= 0
        ? narrow
        : made(narrow.concat(scope.zeros(new Shape(missing)), axis)).array;
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
    return made(array.add(term));
  }

  @Override
  public Value mul(Value other) {
    return made(array.mul(array(other)));
  }

  @Override
  public Value mul(double factor) {
    return made(array.mul(factor));
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
