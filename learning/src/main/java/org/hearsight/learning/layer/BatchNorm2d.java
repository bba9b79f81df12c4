package org.hearsight.learning.layer;

import java.util.List;
import org.hearsight.learning.engine.Torch;

/**
 * Batch normalisation over the channels of [B, C, H, W], momentum 0.1, eps 1e-5.
 *
 * <p>Frozen, it uses its running statistics and leaves them as they are, even while its root
 * trains.
 */
public final class BatchNorm2d extends Layer {
  static final String COUNTER = "num_batches_tracked";

  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVar;
  private final Parameter batches;

  public BatchNorm2d(ParameterFactory factory, int channels) {
    weight = add("weight", factory.constant(1, channels));
    bias = add("bias", factory.constant(0, channels));
    runningMean = add("running_mean", factory.buffer(0, channels));
    runningVar = add("running_var", factory.buffer(1, channels));
    batches = add(COUNTER, factory.counter());
  }

  public Value forward(Value x) {
    boolean training = isTraining();
    if (training) {
      Torch.increase(batches.array(), 1);
    }
    List<Value> statistics = List.of(x.of(runningMean), x.of(runningVar));
    return x.batchNorm(x.of(weight), x.of(bias), statistics, training);
  }
}
