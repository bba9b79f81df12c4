package org.hearsight.benchmarks.row;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.hearsight.benchmarks.measure.Goal;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.measure.Work;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.model.SeldNet;

/**
 * The same encoder on libtorch through DJL, as training validates it: what the choice of the engine
 * brings.
 *
 * @param threads of the engine
 */
public record LibtorchInferenceRow(int threads) implements Row {
  @Override
  public String name() {
    return "seld-inference-libtorch";
  }

  @Override
  public String what() {
    return "the same on libtorch through DJL";
  }

  @Override
  public String how() {
    return "The same network and peer, ours on the engine that trains; nothing is asked of it.";
  }

  @Override
  public Goal goal() {
    return Goal.NONE;
  }

  @Override
  public Work open() {
    NDManager manager = TorchEngine.start(threads).newManager(Device.cpu());
    SeldNet net = SeldBatch.network(manager);
    float[] features = SeldBatch.together(SeldBatch.features());
    return new Work() {
      @Override
      public void once() {
        try (NDManager scope = manager.newSubManager()) {
          Gradients.pause(() -> net.encode(SeldBatch.array(scope, features)));
        }
      }

      @Override
      public Optional<String> peer() {
        return Optional.of("seld-inference");
      }

      @Override
      public void close() {
        manager.close();
      }
    };
  }
}
