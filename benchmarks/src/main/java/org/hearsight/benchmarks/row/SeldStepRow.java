package org.hearsight.benchmarks.row;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import org.hearsight.benchmarks.measure.Goal;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.measure.Work;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.loss.AdpitLoss;
import org.hearsight.learning.model.SeldNet;
import org.hearsight.learning.optim.Adam;

/**
 * A training step of {@code pretrain}.
 *
 * @param threads of the engine
 */
public record SeldStepRow(int threads) implements Row {
  @Override
  public String name() {
    return "seld-step";
  }

  @Override
  public String what() {
    return "SELD training step, 16 × 5 s";
  }

  @Override
  public String how() {
    return "Forward with head, ADPIT over 13 classes, backward, Adam. Ours also lays the targets'"
        + " permutations out and carries features and targets from Java to libtorch, as in"
        + " training; in eager PyTorch both lie ready as tensors.";
  }

  @Override
  public Goal goal() {
    return Goal.timesFaster(2);
  }

  @Override
  public Work open() {
    TorchEngine engine = TorchEngine.start(threads);
    engine.seed(1);
    NDManager manager = engine.newManager(Device.cpu());
    SeldNet net = SeldBatch.network(manager);
    net.train(true);
    Adam adam = new Adam(manager, List.of(new Adam.Group(net.parameters(), 1e-3)));
    return new Step(name(), manager, net, adam);
  }

  private static final class Step implements Work {
    private final String name;
    private final NDManager manager;
    private final SeldNet net;
    private final Adam adam;
    private final float[] features = SeldBatch.together(SeldBatch.features());
    private final float[] tracks = SeldBatch.tracks();

    Step(String name, NDManager manager, SeldNet net, Adam adam) {
      this.name = name;
      this.manager = manager;
      this.net = net;
      this.adam = adam;
    }

    @Override
    public void once() {
      try (NDManager scope = manager.newSubManager();
          Gradients gradients = Gradients.record()) {
        NDArray input = SeldBatch.array(scope, features);
        float[] permuted = AdpitLoss.permuted(tracks, SeldBatch.CLASSES);
        NDArray loss = AdpitLoss.compute(net.head(net.encode(input)), permuted);
        gradients.backward(loss);
        adam.step();
        adam.zeroGradients();
        if (Float.isNaN(loss.getFloat())) {
          throw new IllegalStateException("the loss is not a number");
        }
      }
    }

    @Override
    public Optional<String> peer() {
      return Optional.of(name);
    }

    @Override
    public void close() {
      adam.close();
      manager.close();
    }
  }
}
