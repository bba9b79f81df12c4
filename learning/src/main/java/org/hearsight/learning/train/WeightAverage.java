package org.hearsight.learning.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;

/**
 * The running average of a network's weights over epochs.
 *
 * <p>With a few hundred scenes and a constant learning rate the weights wander around a good place
 * from epoch to epoch; their average lies nearer to it than any of them (Polyak and Juditsky 1992;
 * Izmailov and others, arXiv 1803.05407). Training goes on from the weights themselves; validation,
 * the best epoch and the model take the average.
 */
final class WeightAverage {
  /** What one epoch moves the average by; it reaches back about three epochs. */
  private static final float SHARE = 0.3f;

  private WeightAverage() {}

  /**
   * The average after one more epoch.
   *
   * @param before the average so far; empty before the first epoch
   * @param now the weights; integers are taken as they are
   */
  static Map<String, Tensor> next(Map<String, Tensor> before, Map<String, Tensor> now) {
    Map<String, Tensor> average = new LinkedHashMap<>();
    now.forEach(
        (name, tensor) ->
            average.put(name, before.containsKey(name) ? mean(before.get(name), tensor) : tensor));
    return average;
  }

  private static Tensor mean(Tensor before, Tensor now) {
    if (now.dtype() != DType.F32) {
      return now;
    }
    float[] mean = before.floats();
    float[] values = now.floats();
    for (int i = 0; i < mean.length; i++) {
      // Weights that do not move, as frozen ones, stay the same to the last bit.
      mean[i] += SHARE * (values[i] - mean[i]);
    }
    return Tensor.of(mean, now.shape());
  }
}
