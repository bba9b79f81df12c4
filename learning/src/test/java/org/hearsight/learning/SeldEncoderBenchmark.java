package org.hearsight.learning;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.model.SeldNet;
import org.hearsight.learning.optim.Adam;

/**
 * Times one inference and one training step of the SELD network on 16 clips of 5 s.
 *
 * <p>Arguments: threads and repeats. Prints one line, the two medians in milliseconds, as {@code
 * benchmarks/pytorch/seld_encoder.py} does; {@code benchmarks/seld_encoder.sh} runs both in turn.
 */
public final class SeldEncoderBenchmark {
  private static final int WARM_UP = 3;
  private static final Shape BATCH = new Shape(16, 7, 250, 64);

  private SeldEncoderBenchmark() {}

  public static void main(String[] args) {
    TorchEngine engine = TorchEngine.start(Integer.parseInt(args[0]));
    int repeats = Integer.parseInt(args[1]);
    engine.seed(1);
    try (NDManager manager = engine.newManager(Device.cpu())) {
      ParameterFactory factory = new ParameterFactory(manager, new SplittableRandom(1));
      SeldNet net = new SeldNet(SeldNet.Config.dcase2024(), factory);
      NDArray batch = manager.randomNormal(BATCH);
      double inference = medianMillis(() -> infer(manager, net, batch), repeats);
      net.train(true);
      double training;
      try (Adam adam = new Adam(manager, List.of(new Adam.Group(net.parameters(), 1e-4)))) {
        training = medianMillis(() -> step(manager, net, adam, batch), repeats);
      }
      System.out.printf(Locale.ROOT, "%.1f %.1f%n", inference, training);
    }
  }

  private static void infer(NDManager manager, SeldNet net, NDArray batch) {
    try (NDManager inner = manager.newSubManager()) {
      Gradients.pause(() -> net.head(net.encode(view(inner, batch))));
    }
  }

  private static void step(NDManager manager, SeldNet net, Adam adam, NDArray batch) {
    try (NDManager inner = manager.newSubManager();
        Gradients g = Gradients.record()) {
      adam.zeroGradients();
      g.backward(net.head(net.encode(view(inner, batch))).square().mean());
      adam.step();
    }
  }

  /** The batch under a manager whose closing frees all that is computed from it. */
  private static NDArray view(NDManager inner, NDArray batch) {
    NDArray view = batch.reshape(BATCH);
    view.attach(inner);
    return view;
  }

  /** Median of the repeats after a warm-up, milliseconds. */
  static double medianMillis(Runnable action, int repeats) {
    double[] times = new double[repeats];
    for (int i = -WARM_UP; i < repeats; i++) {
      long start = System.nanoTime();
      action.run();
      if (i >= 0) {
        times[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(times);
    return (times[repeats / 2] + times[(repeats - 1) / 2]) / 2;
  }
}
