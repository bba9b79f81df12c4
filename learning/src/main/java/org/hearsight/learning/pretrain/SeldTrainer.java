package org.hearsight.learning.pretrain;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.encode.OrderedTasks;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.loss.AdpitLoss;
import org.hearsight.learning.model.SeldNet;
import org.hearsight.learning.optim.Adam;
import org.hearsight.learning.train.FiniteLoss;
import org.hearsight.learning.train.Shuffle;

/**
 * Trains a SELD network on windows with ADPIT; the epoch with the lowest SELD error on the
 * validation split is kept.
 *
 * <p>While libtorch computes a step, another thread reads the next batch and lays out its targets.
 * After every epoch the whole state is written, so a run goes on after {@code kill -9} to the same
 * result: order, channel swaps and dropout of an epoch are drawn from the seed and the epoch's
 * number alone.
 */
final class SeldTrainer {
  private final TorchEngine engine;
  private final SeldPretrainConfig config;
  private final SeldNet net;
  private final SeldWindows train;
  private final SeldValidation validation;
  private final AdpitTargets targets;
  private final String fingerprint;
  private final Path stateFile;
  private final Path csvFile;
  private final Progress progress;

  private final List<SeldEpoch> history = new ArrayList<>();
  private int bestEpoch;
  private Map<String, Tensor> best = Map.of();

  SeldTrainer(
      TorchEngine engine,
      SeldPretrainConfig config,
      SeldNet net,
      SeldWindows train,
      SeldValidation validation,
      AdpitTargets targets,
      String fingerprint,
      Path folder,
      Progress progress) {
    this.engine = engine;
    this.config = config;
    this.net = net;
    this.train = train;
    this.validation = validation;
    this.targets = targets;
    this.fingerprint = fingerprint;
    this.stateFile = stateFile(folder);
    this.csvFile = folder.resolve("epochs.csv");
    this.progress = progress;
  }

  /** Where a run keeps its state; it is there from the first epoch on. */
  static Path stateFile(Path folder) {
    return folder.resolve("pretraining.safetensors");
  }

  /** What training came to; the network holds the best epoch's weights. */
  record Trained(List<SeldEpoch> history, int bestEpoch) {}

  /**
   * Trains to the end.
   *
   * @param resumed state of an earlier run, or null
   * @throws CancellationException if the thread is interrupted
   */
  Trained run(Device device, SeldRunState resumed) {
    if (resumed != null) {
      history.addAll(resumed.run().history());
      bestEpoch = resumed.run().bestEpoch();
      best = resumed.best();
      net.load(resumed.model(), stateFile.toString());
      writeHistory(); // killed between state and table, the table lacks the last epoch
      progress.note("going on after epoch " + history.size() + " of " + config.epochs());
    }
    net.unfreeze();
    try (NDManager manager = engine.newManager(device);
        Adam adam =
            new Adam(manager, List.of(new Adam.Group(net.parameters(), config.learningRate())))) {
      if (resumed != null) {
        adam.load(resumed.optimizer(), stateFile.toString());
      }
      while (history.size() < config.epochs() && !patienceIsOver()) {
        epoch(history.size() + 1, manager, adam);
      }
    }
    net.load(best, stateFile.toString());
    return new Trained(List.copyOf(history), bestEpoch);
  }

  private boolean patienceIsOver() {
    return bestEpoch > 0 && history.size() - bestEpoch >= config.patience();
  }

  private void epoch(int number, NDManager manager, Adam adam) {
    long started = System.nanoTime();
    SplittableRandom random = new SplittableRandom(config.seed()).split();
    for (int i = 0; i < number; i++) {
      random = random.split();
    }
    List<Callable<Prepared>> batches = batches(random);
    long steps = (long) config.epochs() * batches.size();
    long before = (long) (number - 1) * batches.size();
    double[] sum = new double[2];
    net.train(true);
    try (Progress.Task task = progress.begin("epoch " + number, train.size());
        OrderedTasks reader = new OrderedTasks(1)) {
      int[] step = new int[1];
      reader.run(
          batches,
          batch -> {
            engine.seed(config.seed(), number, step[0]);
            double share = config.rateShare(before + step[0], steps);
            sum[0] += batch.size() * step(batch, manager, adam, share);
            sum[1] += batch.size();
            step[0]++;
            task.advance(batch.size());
          });
    }
    net.train(false);
    double trainLoss = sum[0] / sum[1];
    requireFinite(number, "the loss", trainLoss);
    SeldEpoch record = validation.judge(net, manager, number, trainLoss);
    requireFinite(number, "the validation loss", record.validationLoss());
    requireFinite(number, "the SELD error", record.seldError());
    history.add(record);
    boolean better = bestEpoch == 0 || record.seldError() < history.get(bestEpoch - 1).seldError();
    Map<String, Tensor> now = net.save();
    if (better) {
      bestEpoch = number;
      best = now;
    }
    SeldRunState.Run run = new SeldRunState.Run(config, fingerprint, history, bestEpoch);
    new SeldRunState(run, now, adam.save(), best).write(stateFile);
    writeHistory();
    say(record, better, (System.nanoTime() - started) / 1e9);
  }

  private static void requireFinite(int epoch, String what, double loss) {
    FiniteLoss.require("pretraining", epoch, what, loss, "--learning-rate");
  }

  private void writeHistory() {
    AtomicFile.writeText(csvFile, SeldEpoch.csv(history));
  }

  /** A batch laid out for the engine. */
  private record Prepared(int size, float[] features, float[] permuted) {}

  private List<Callable<Prepared>> batches(SplittableRandom random) {
    int[] order = Shuffle.of(train.size(), random);
    List<Callable<Prepared>> batches = new ArrayList<>();
    for (int at = 0; at < order.length; at += config.batch()) {
      int n = Math.min(config.batch(), order.length - at);
      int[] members = new int[n];
      ChannelSwap[] swaps = new ChannelSwap[n];
      for (int i = 0; i < n; i++) {
        members[i] = order[at + i];
        int drawn = random.nextInt(ChannelSwap.values().size());
        swaps[i] = config.swaps() ? ChannelSwap.values().get(drawn) : ChannelSwap.IDENTITY;
      }
      batches.add(() -> prepare(members, swaps));
    }
    return batches;
  }

  private Prepared prepare(int[] members, ChannelSwap[] swaps) {
    int size = train.featureSize();
    float[] features = new float[members.length * size];
    float[] permuted = null;
    for (int i = 0; i < members.length; i++) {
      train.features(members[i], swaps[i], features, i * size);
      float[] tracks = targets.tracks(train.events(members[i]), train.labelFrames(), swaps[i]);
      float[] one = AdpitLoss.permuted(tracks, targets.classes());
      permuted = permuted == null ? new float[members.length * one.length] : permuted;
      System.arraycopy(one, 0, permuted, i * one.length, one.length);
    }
    return new Prepared(members.length, features, permuted);
  }

  private double step(Prepared batch, NDManager manager, Adam adam, double share) {
    try (NDManager scope = manager.newSubManager();
        Gradients gradients = Gradients.record()) {
      NDArray input = train.toArray(scope, batch.size(), batch.features());
      NDArray loss = AdpitLoss.compute(net.head(net.encode(input)), batch.permuted());
      gradients.backward(loss);
      adam.step(share);
      adam.zeroGradients();
      return loss.getFloat();
    }
  }

  private void say(SeldEpoch e, boolean better, double seconds) {
    progress.note(
        String.format(
            Locale.ROOT,
            "epoch %3d/%d  loss %.4f  validation %.4f  F20 %4.1f %%  direction %6s  distance"
                + " %5s  SELD error %.3f  %.0f s%s",
            e.epoch(),
            config.epochs(),
            e.trainLoss(),
            e.validationLoss(),
            100 * e.f20(),
            e.directionText(),
            e.distanceText(),
            e.seldError(),
            seconds,
            better ? "  best" : ""));
  }
}
