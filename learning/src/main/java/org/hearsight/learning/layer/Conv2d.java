package org.hearsight.learning.layer;

import ai.djl.ndarray.NDArray;
import org.hearsight.learning.engine.Torch;

/** Two-dimensional convolution with a square kernel: [B, in, H, W] to [B, out, H', W']. */
public final class Conv2d extends Layer {
  private final Parameter weight;
  private final Parameter bias;
  private final int stride;
  private final int padding;
  private final boolean pointwise;

  private Conv2d(Parameter weight, Parameter bias, int stride, int padding) {
    this.weight = add("weight", weight);
    this.bias = bias == null ? null : add("bias", bias);
    this.stride = stride;
    this.padding = padding;
    this.pointwise = weight.shape()[2] == 1 && weight.shape()[3] == 1 && padding == 0;
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

  public NDArray forward(NDArray x) {
    NDArray b = bias == null ? null : bias.array();
    if (pointwise && stride > 1) {
      // The same numbers. oneDNN 3.7.1 divides by the processor's cache size to find the gradient
      // of the strided form, which ends the process on virtual machines that do not tell it.
      NDArray some = Torch.everyNth(Torch.everyNth(x, 2, stride), 3, stride);
      return Torch.conv2d(some, weight.array(), b, 1, 0);
    }
    return Torch.conv2d(x, weight.array(), b, stride, padding);
  }
}
