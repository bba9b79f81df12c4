package org.hearsight.learning.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.encode.OrderedTasks;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.loop.TrainingTask.Loss;
import org.hearsight.learning.loop.TrainingTask.Stage;
import org.hearsight.learning.optim.Adam;

/**
 * Trains whatever a {@link TrainingTask} gives it, stage by stage and epoch by epoch.
 *
 * <p>While the engine computes a step, another thread lays out the next batch. Every epoch is
 * judged on the validation split, on the {@link WeightAverage} where the task wants one; the best
 * is kept. After every epoch the whole state is written, so a run goes on after {@code kill -9} to
 * the same result: what an epoch shows and leaves out is drawn from the seed and the epoch's number
 * alone.
 */
public final class TrainingLoop<B, E extends EpochRow> {
  private final TorchEngine engine;
  private final Device device;
  private final TrainingTask<B, E> task;
  private final Progress progress;
  private final int epochs;
  private SavedRun<E> run;

  /**
   * @param run to go on with, {@link SavedRun#begun}
   */
  public TrainingLoop(
      TorchEngine engine,
      Device device,
      TrainingTask<B, E> task,
      SavedRun<E> run,
      Progress progress) {
    this.engine = engine;
    this.device = device;
    this.task = task;
    this.run = run;
    this.progress = progress;
    this.epochs = task.stages().stream().mapToInt(Stage::epochs).sum();
  }

  /** What training came to. */
  public record Trained<E>(List<E> history, int bestEpoch) {}

  /**
   * Trains to the end; the networks then hold the best epoch's weights.
   *
   * @throws InputException if the state does not fit the networks, or a loss or a weight is not a
   *     number
   * @throws CancellationException if the thread is interrupted
   */
  public Trained<E> run() {
    if (done() > 0) {
      load(run.now());
      writeTable(); // killed between state and table, the table lacks the last epoch
      progress.note("going on after epoch " + done() + " of " + epochs);
    }
    try (NDManager manager = engine.newManager(device)) {
      int first = 0;
      for (int stage = 1; stage <= task.stages().size(); stage++) {
        stage(stage, first, manager);
        first += task.stages().get(stage - 1).epochs();
      }
    }
    load(run.best());
    return new Trained<>(run.history(), run.bestEpoch());
  }

  private int done() {
    return run.history().size();
  }

  /**
   * @param first epochs of the stages before
   */
  private void stage(int stage, int first, NDManager manager) {
    int last = first + task.stages().get(stage - 1).epochs();
    if (done() >= last || patienceIsOver()) {
      return;
    }
    boolean midway = done() > first;
    if (!midway) {
      load(run.best());
    }
    Map<String, Map<String, Tensor>> average = midway ? run.average() : Map.of();
    List<Adam.Group> groups = task.free(stage);
    OptimizerConfig how = task.optimizer();
    long steps = (long) (last - done()) * task.steps();
    try (Adam adam = new Adam(manager, groups, how.weightDecay(), how.gradientClip());
        Progress.Task shown = progress.begin(task.stages().get(stage - 1).name(), steps)) {
      if (midway) {
        adam.load(run.optimizer(), run.place().state().toString());
      }
      while (done() < last && !patienceIsOver()) {
        average = epoch(stage, average, manager, adam, shown);
      }
    }
  }

  private boolean patienceIsOver() {
    return task.patience() > 0 && done() > 0 && done() - run.bestEpoch() >= task.patience();
  }

  /** Trains and judges one epoch; returns the average after it. */
  private Map<String, Map<String, Tensor>> epoch(
      int stage,
      Map<String, Map<String, Tensor>> before,
      NDManager manager,
      Adam adam,
      Progress.Task shown) {
    long started = System.nanoTime();
    int number = done() + 1;
    double[] losses = steps(number, stage, manager, adam, shown);
    task.finite().require(number, "the loss", losses);
    Map<String, Map<String, Tensor>> now = new LinkedHashMap<>();
    task.networks().forEach((name, network) -> now.put(name, network.save()));
    task.finite().requireWeights(number, now);
    boolean averages = task.optimizer().average() < 1;
    Map<String, Map<String, Tensor>> average = averages ? average(before, now) : now;
    if (averages) {
      load(average);
    }
    E row = task.judge(manager, number, stage, losses);
    if (averages) {
      load(now);
    }
    boolean best = run.bestEpoch() == 0 || !(row.score() >= bestScore());
    List<E> history = new ArrayList<>(run.history());
    history.add(row);
    run =
        new SavedRun<>(
            run.place(),
            run.config(),
            run.fingerprint(),
            history,
            best ? number : run.bestEpoch(),
            adam.save(),
            now,
            average,
            best ? average : run.best());
    run.write();
    writeTable();
    say(row, best && !Double.isNaN(row.score()), (System.nanoTime() - started) / 1e9);
    return average;
  }

  private double bestScore() {
    return run.history().get(run.bestEpoch() - 1).score();
  }

  /** Goes once through the training split; returns the mean losses. */
  private double[] steps(int epoch, int stage, NDManager manager, Adam adam, Progress.Task shown) {
    SplittableRandom random = new SplittableRandom(task.seed()).split();
    for (int i = 0; i < epoch; i++) {
      random = random.split();
    }
    long before = (long) (epoch - 1) * task.steps();
    long all = (long) epochs * task.steps();
    Means means = new Means();
    int[] step = new int[1];
    task.train(stage, true);
    OrderedTasks.oneAhead(
        task.batches(epoch, stage, random),
        batch -> {
          engine.seed(task.seed(), epoch, (long) step[0] * task.seedStride());
          step(batch, stage, manager, adam, task.rateShare(before + step[0], all), means);
          step[0]++;
          shown.advance(1);
        });
    task.train(stage, false);
    return means.values();
  }

  private void step(
      B batch, int stage, NDManager manager, Adam adam, double rateShare, Means means) {
    try (NDManager scope = manager.newSubManager();
        Gradients gradients = Gradients.record()) {
      Loss loss = task.loss(scope, batch, stage);
      gradients.backward(loss.total());
      adam.step(rateShare);
      adam.zeroGradients();
      means.add(loss);
    }
  }

  private Map<String, Map<String, Tensor>> average(
      Map<String, Map<String, Tensor>> before, Map<String, Map<String, Tensor>> now) {
    Map<String, Map<String, Tensor>> average = new LinkedHashMap<>();
    now.forEach(
        (name, weights) ->
            average.put(
                name,
                WeightAverage.next(
                    before.getOrDefault(name, Map.of()), weights, task.optimizer().average())));
    return average;
  }

  private void load(Map<String, Map<String, Tensor>> weights) {
    weights.forEach(
        (name, tensors) -> task.networks().get(name).load(tensors, run.place().state().toString()));
  }

  private void writeTable() {
    StringBuilder text = new StringBuilder(run.history().get(0).csvHeader()).append('\n');
    run.history().forEach(row -> text.append(row.csvLine()).append('\n'));
    AtomicFile.writeText(run.place().table(), text.toString());
  }

  private void say(E row, boolean best, double seconds) {
    progress.note(
        String.format(
            Locale.ROOT,
            "epoch %2d/%d  %s  %.1f s%s",
            row.epoch(),
            epochs,
            row.text(),
            seconds,
            best ? "  best" : ""));
  }
}
