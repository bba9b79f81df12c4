package org.hearsight.learning.loop;

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
  private WeightAverage() {}

  /**
   * The average after one more epoch.
   *
   * @param before the average so far; empty before the first epoch
   * @param now the weights; integers are taken as they are
   * @param share what one epoch moves the average by; of 0.3 it reaches back about three epochs
   */
  static Map<String, Tensor> next(
      Map<String, Tensor> before, Map<String, Tensor> now, double share) {
    Map<String, Tensor> average = new LinkedHashMap<>();
    now.forEach(
        (name, tensor) ->
            average.put(
                name,
                before.containsKey(name) ? mean(before.get(name), tensor, (float) share) : tensor));
    return average;
  }

  private static Tensor mean(Tensor before, Tensor now, float share) {
    if (now.dtype() != DType.F32) {
      return now;
    }
    float[] mean = before.floats();
    float[] values = now.floats();
    for (int i = 0; i < mean.length; i++) {
      // Weights that do not move, as frozen ones, stay the same to the last bit.
      mean[i] += share * (values[i] - mean[i]);
    }
    return Tensor.of(mean, now.shape());
  }
}
