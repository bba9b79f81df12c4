package org.hearsight.learning.layer;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.engine.TensorBridge;

/**
 * Makes the first values of parameters, as PyTorch's layers do, from a seeded generator.
 *
 * <p>The values are drawn in Java, so one seed gives the same bytes on every device and platform.
 */
public final class ParameterFactory {
  private final NDManager owner;
  private final RandomGenerator random;

  /**
   * @param owner the manager whose life and device the parameters share
   */
  public ParameterFactory(NDManager owner, RandomGenerator random) {
    this.owner = owner;
    this.random = random;
  }

  /** Uniform in ±bound. */
  public Parameter uniform(double bound, int... shape) {
    float[] values = new float[size(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return learnable(values, shape);
  }

  /** Normal around 0. */
  public Parameter normal(double deviation, int... shape) {
    float[] values = new float[size(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return learnable(values, shape);
  }

  /** Glorot and Bengio's uniform for a matrix [out, in]. */
  public Parameter xavierUniform(int out, int in) {
    return uniform(Math.sqrt(6.0 / (in + out)), out, in);
  }

  /** One value everywhere. */
  public Parameter constant(float value, int... shape) {
    return learnable(filled(value, shape), shape);
  }

  /** A float buffer of one value. */
  public Parameter buffer(float value, int... shape) {
    return buffer(filled(value, shape), shape);
  }

  /** A float buffer. */
  public Parameter buffer(float[] values, int... shape) {
    return new Parameter(TensorBridge.toArray(owner, Tensor.of(values, shape)), false);
  }

  /** A counter: a 64-bit scalar buffer at zero. */
  public Parameter counter() {
    return new Parameter(TensorBridge.toArray(owner, Tensor.of(new long[1])), false);
  }

  private Parameter learnable(float[] values, int... shape) {
    return new Parameter(TensorBridge.toArray(owner, Tensor.of(values, shape)), true);
  }

  private static float[] filled(float value, int... shape) {
    float[] values = new float[size(shape)];
    Arrays.fill(values, value);
    return values;
  }

  private static int size(int... shape) {
    int n = 1;
    for (int s : shape) {
      n = Math.multiplyExact(n, s);
    }
    return n;
  }
}
