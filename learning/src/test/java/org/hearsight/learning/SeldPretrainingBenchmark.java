package org.hearsight.learning;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.loss.AdpitLoss;
import org.hearsight.learning.model.SeldNet;
import org.hearsight.learning.optim.Adam;

/**
 * Times a training step of {@code pretrain}: targets and features into the engine, forward with
 * head, ADPIT over 13 classes, backward, Adam, on 16 clips of 5 s.
 *
 * <p>Arguments: threads and repeats. Prints one line, the median in milliseconds, as {@code
 * benchmarks/pytorch/seld_pretraining.py} does; {@code benchmarks/seld_pretraining.sh} runs both in
 * turn.
 */
public final class SeldPretrainingBenchmark {
  private static final int BATCH = 16;
  private static final int PLANES = 7;
  private static final int LABEL_FRAMES = 50;
  private static final int FRAMES = 5 * LABEL_FRAMES;
  private static final int BANDS = 64;
  private static final int CLASSES = 13;

  private SeldPretrainingBenchmark() {}

  public static void main(String[] args) {
    TorchEngine engine = TorchEngine.start(Integer.parseInt(args[0]));
    int repeats = Integer.parseInt(args[1]);
    engine.seed(1);
    SplittableRandom random = new SplittableRandom(1);
    float[] features = new float[BATCH * PLANES * FRAMES * BANDS];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    float[] tracks = sounding(random);
    try (NDManager manager = engine.newManager(Device.cpu())) {
      SeldNet net = new SeldNet(SeldNet.Config.dcase2024(), new ParameterFactory(manager, random));
      net.train(true);
      try (Adam adam = new Adam(manager, List.of(new Adam.Group(net.parameters(), 1e-3)))) {
        double median =
            SeldEncoderBenchmark.medianMillis(
                () -> step(manager, net, adam, features, tracks), repeats);
        System.out.printf(Locale.ROOT, "%.1f%n", median);
      }
    }
  }

  private static void step(
      NDManager manager, SeldNet net, Adam adam, float[] features, float[] tracks) {
    try (NDManager scope = manager.newSubManager();
        Gradients gradients = Gradients.record()) {
      NDArray input = TensorBridge.toArray(scope, features, BATCH, PLANES, FRAMES, BANDS);
      float[] permuted = AdpitLoss.permuted(tracks, CLASSES);
      NDArray loss = AdpitLoss.compute(net.head(net.encode(input)), permuted);
      gradients.backward(loss);
      adam.step();
      adam.zeroGradients();
      if (Float.isNaN(loss.getFloat())) {
        throw new IllegalStateException("the loss is not a number");
      }
    }
  }

  /** Dummy tracks of clips in which one to three events of a class sound in some of the frames. */
  private static float[] sounding(SplittableRandom random) {
    int cells = BATCH * LABEL_FRAMES;
    float[] tracks = new float[cells * AdpitLoss.DUMMY_TRACKS * AdpitLoss.AXES * CLASSES];
    int[] first = {0, 0, 1, 3}; // dummy track of the first of that many events
    for (int cell = 0; cell < cells; cell++) {
      for (int c = 0; c < CLASSES; c++) {
        int events = random.nextInt(12);
        for (int i = 0; events <= AdpitLoss.TRACKS && i < events; i++) {
          int track = cell * AdpitLoss.DUMMY_TRACKS + first[events] + i;
          for (int axis = 0; axis < AdpitLoss.AXES; axis++) {
            int at = (track * AdpitLoss.AXES + axis) * CLASSES + c;
            tracks[at] = (float) random.nextGaussian();
          }
        }
      }
    }
    return tracks;
  }
}
