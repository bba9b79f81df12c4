package org.hearsight.benchmarks.row;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.hearsight.learning.engine.TorchEngine;

/**
 * The fastest that the machine was seen to multiply and add in fp32: the best of several products
 * of two large square matrices on libtorch, 2·n³ operations each.
 */
final class MatrixPeak implements AutoCloseable {
  private static final int N = 2048;
  private static final double OPERATIONS = 2.0 * N * N * N;

  private final NDManager manager;
  private final NDArray a;
  private final NDArray b;
  private double best;

  MatrixPeak(TorchEngine engine) {
    engine.seed(1);
    manager = engine.newManager(Device.cpu());
    a = manager.randomNormal(new Shape(N, N));
    b = manager.randomNormal(new Shape(N, N));
  }

  /** Multiplies once. */
  void measure() {
    long start = System.nanoTime();
    try (NDArray product = a.matMul(b)) {
      product.getFloat(0, 0);
    }
    best = Math.max(best, OPERATIONS / (System.nanoTime() - start));
  }

  /** In GFLOP/s. */
  double gigaflops() {
    return best;
  }

  /** The product's size, for people. */
  static String size() {
    return N + " × " + N;
  }

  @Override
  public void close() {
    manager.close();
  }
}
