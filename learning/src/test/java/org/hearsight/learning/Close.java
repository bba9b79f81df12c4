package org.hearsight.learning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.engine.TensorBridge;

/** Compares tensors by their largest deviation. */
public final class Close {
  private Close() {}

  /** Same shape, and no element further off than {@code tolerance} of the largest expected one. */
  public static void assertClose(String name, Tensor actual, Tensor expected, double tolerance) {
    assertThat(size(actual)).as(name + " shape").isEqualTo(size(expected));
    assertThat(deviation(actual, expected)).as(name).isLessThanOrEqualTo(tolerance);
  }

  public static void assertClose(String name, NDArray actual, Tensor expected, double tolerance) {
    assertClose(name, TensorBridge.toTensor(actual), expected, tolerance);
  }

  /** Largest absolute difference over the largest expected magnitude; NaN counts as infinite. */
  public static double deviation(Tensor actual, Tensor expected) {
    double[] a = actual.doubles();
    double[] e = expected.doubles();
    double scale = Math.max(1e-6, Arrays.stream(e).map(Math::abs).max().orElse(0));
    double worst = 0;
    for (int i = 0; i < e.length; i++) {
      double off = Math.abs(a[i] - e[i]);
      worst = Math.max(worst, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
    }
    return worst / scale;
  }

  /** Python stores a scalar loss as [], ours may be [1]. */
  private static int[] size(Tensor t) {
    int[] shape = t.shape();
    return shape.length == 1 && shape[0] == 1 ? new int[0] : shape;
  }
}
