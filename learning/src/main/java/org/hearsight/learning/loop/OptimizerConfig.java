package org.hearsight.learning.loop;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.hearsight.core.error.FieldValues;

/**
 * What a step does with a batch, in every training.
 *
 * @param batch examples a step
 * @param weightDecay share of the learning rate by which a step shrinks the weights it trains
 *     (decoupled: Loshchilov and Hutter, arXiv 1711.05101); 0 = none
 * @param gradientClip greatest Euclidean norm of all gradients together, longer ones are scaled
 *     down to it; 0 = never
 * @param average share by which an epoch moves the {@link WeightAverage} that is judged and kept; 1
 *     = the weights themselves
 */
@JsonNaming(SnakeCaseStrategy.class)
public record OptimizerConfig(int batch, double weightDecay, double gradientClip, double average) {
  public OptimizerConfig {
    FieldValues.atLeast("batch", batch, 1);
    FieldValues.within("weight_decay", weightDecay, 0, 1);
    FieldValues.atLeast("gradient_clip", gradientClip, 0);
    FieldValues.positive("average", average);
    FieldValues.within("average", average, 0, 1);
  }

  /** Adam as it is: no decay, no clipping, no average. */
  public static OptimizerConfig plain(int batch) {
    return new OptimizerConfig(batch, 0, 0, 1);
  }
}
