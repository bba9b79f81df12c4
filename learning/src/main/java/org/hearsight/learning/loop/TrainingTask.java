package org.hearsight.learning.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.optim.Adam;

/**
 * What one kind of training gives the {@link TrainingLoop}.
 *
 * @param <B> a batch laid out in Java's memory, made while the engine computes the one before
 * @param <E> what is kept of an epoch
 */
public interface TrainingTask<B, E extends EpochRow> {
  /**
   * Epochs that train the same parameters at the same rates.
   *
   * @param name for the progress bar
   * @param epochs at the most; 0 leaves the stage out
   */
  record Stage(String name, int epochs) {}

  /**
   * A batch's loss.
   *
   * @param total scalar that is differentiated
   * @param parts scalars to be averaged over the epoch
   * @param weights what each part counts for in that average, as the number of its examples
   */
  record Loss(NDArray total, List<NDArray> parts, double... weights) {}

  /** Of order, masks and everything else that is drawn. */
  long seed();

  OptimizerConfig optimizer();

  /** What is asked of losses, in this training's words. */
  FiniteLoss finite();

  /** What is trained, saved and averaged, by a name each. */
  Map<String, Layer> networks();

  /** In their order; a stage begins with the best epoch so far and a new optimizer. */
  List<Stage> stages();

  /** Epochs without a better one before training ends; 0 = never before the last. */
  default int patience() {
    return 0;
  }

  /**
   * Frees what a stage trains, and freezes the rest.
   *
   * @param stage from 1
   * @return the parameters with their rates
   */
  List<Adam.Group> free(int stage);

  /** Puts what a stage trains into training mode, or all of it out of it. */
  void train(int stage, boolean on);

  /** Steps of an epoch. */
  int steps();

  /**
   * The batches of an epoch, {@link #steps} of them, called one after another in one thread.
   *
   * @param epoch from 1, through all stages
   * @param random of this epoch; nothing else may be drawn from
   */
  List<Callable<B>> batches(int epoch, int stage, SplittableRandom random);

  /**
   * Numbers by which the seeds of two steps differ. Not 1 only where models trained before would
   * come out otherwise.
   */
  default int seedStride() {
    return 1;
  }

  /** The share of the learning rates for a step of the whole run, counted from 0. */
  default double rateShare(long step, long steps) {
    return 1;
  }

  /** Computes a batch's loss; arrays belong to {@code scope}. */
  Loss loss(NDManager scope, B batch, int stage);

  /**
   * Judges the networks on the validation split, out of training mode.
   *
   * @param means of the loss's parts over the epoch
   * @throws org.hearsight.core.error.InputException if what it came to is not a number
   */
  E judge(NDManager manager, int epoch, int stage, double[] means);
}
