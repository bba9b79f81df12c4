package org.hearsight.learning.layer;

/** Two-dimensional convolution with a square kernel: [B, in, H, W] to [B, out, H', W']. */
public final class Conv2d extends Layer {
  private final Parameter weight;
  private final Parameter bias;
  private final int stride;
  private final int padding;

  private Conv2d(Parameter weight, Parameter bias, int stride, int padding) {
    this.weight = add("weight", weight);
    this.bias = bias == null ? null : add("bias", bias);
    this.stride = stride;
    this.padding = padding;
  }

  /** With a bias; starts uniform in ±1/√fan-in, as {@code torch.nn.Conv2d}. */
  public static Conv2d withBias(
      ParameterFactory factory, int in, int out, int kernel, int stride, int padding) {
    double bound = 1 / Math.sqrt((double) in * kernel * kernel);
    Parameter weight = factory.uniform(bound, out, in, kernel, kernel);
    return new Conv2d(weight, factory.uniform(bound, out), stride, padding);
  }

  /** Without a bias; starts normal with deviation √(2/fan-out), as torchvision's ResNets. */
  public static Conv2d withoutBias(
      ParameterFactory factory, int in, int out, int kernel, int stride, int padding) {
    double deviation = Math.sqrt(2.0 / ((double) out * kernel * kernel));
    return new Conv2d(factory.normal(deviation, out, in, kernel, kernel), null, stride, padding);
  }

  /** Without a bias; starts uniform in ±1/√fan-in, as {@code torch.nn.Conv2d}. */
  public static Conv2d uniformWithoutBias(
      ParameterFactory factory, int in, int out, int kernel, int stride, int padding) {
    double bound = 1 / Math.sqrt((double) in * kernel * kernel);
    return new Conv2d(factory.uniform(bound, out, in, kernel, kernel), null, stride, padding);
  }

  public Value forward(Value x) {
    return x.convolution(x.of(weight), bias == null ? null : x.of(bias), stride, padding);
  }
}
