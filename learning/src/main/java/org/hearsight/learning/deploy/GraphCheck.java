package org.hearsight.learning.deploy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.OnnxNetwork;

/**
 * How far a graph on ONNX Runtime is from the same network on libtorch.
 *
 * @param differences of every output: the largest difference of two numbers over the largest number
 *     that was expected; infinite where a number, an output or a shape is wrong altogether
 */
public record GraphCheck(Map<String, Double> differences) {
  /** The largest difference of a graph that may be used. */
  public static final double ALLOWED = 1e-4;

  /** Of a graph in 8 bits: the numbers are coarser, but not others. */
  public static final double ALLOWED_IN_8_BITS = 0.2;

  /** Of a graph whose weights were rounded to half precision. */
  public static final double ALLOWED_IN_HALF = 1e-2;

  private static final double SMALLEST = 1e-6;

  public GraphCheck {
    differences = new LinkedHashMap<>(differences);
  }

  /** Runs a graph on a sample. */
  public static GraphCheck of(OnnxNetwork network, Twin.Sample sample) {
    Map<String, Tensor> actual = network.run(sample.inputs());
    Map<String, Double> differences = new LinkedHashMap<>();
    actual.forEach((name, t) -> differences.put(name, difference(t, sample.expected().get(name))));
    sample
        .expected()
        .keySet()
        .forEach(name -> differences.putIfAbsent(name, Double.POSITIVE_INFINITY));
    return new GraphCheck(differences);
  }

  /** Infinite where one of them has a number that is not finite. */
  static double difference(Tensor actual, Tensor expected) {
    if (expected == null || !Arrays.equals(actual.shape(), expected.shape())) {
      return Double.POSITIVE_INFINITY;
    }
    float[] a = actual.floats();
    float[] e = expected.floats();
    double scale = SMALLEST;
    double worst = 0;
    for (int i = 0; i < e.length; i++) {
      double off = Math.abs((double) a[i] - e[i]);
      if (!Double.isFinite(off)) {
        return Double
            .POSITIVE_INFINITY; // Not over the scale, which may be infinite or NaN as well.
      }
      worst = Math.max(worst, off);
      scale = Math.max(scale, Math.abs(e[i]));
    }
    return worst / scale;
  }

  /** The output that differs most. */
  public String worst() {
    return differences.entrySet().stream()
        .max(Comparator.comparingDouble(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  /** By how much it differs. */
  public double largest() {
    return differences.get(worst());
  }
}
