package org.hearsight.datasets.occlude;

import java.nio.file.Path;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.taxonomy.ClassMap;

/**
 * What to make of which recordings.
 *
 * @param data folder of STARSS23
 * @param train scenarios of the training split; {@code validation} and {@code test} of the others
 * @param seed the same seed and recordings give the same bytes
 * @param map which of the labelled classes are hazards
 * @param windowSeconds length of a scenario, whole label frames of 0.1 s
 * @param activeShare how much of the window the event must sound, in (0, 1]
 * @param workers threads, each with a recording in memory; does not change what comes out
 */
public record OccludeConfig(
    Path data,
    int train,
    int validation,
    int test,
    long seed,
    ClassMap map,
    double windowSeconds,
    double activeShare,
    int workers) {
  /** The usual length of a clip. */
  public static final double WINDOW_SECONDS = 5;

  /** More than half of the window. */
  public static final double ACTIVE_SHARE = 0.5;

  private static final int MOST_WORKERS = 4;

  public OccludeConfig {
    if (workers < 1) {
      throw new InputException("workers", workers + " is less than 1", "choose 1 or more");
    }
    if (train < 0 || validation < 0 || test < 0) {
      throw new InputException(
          "train, validation, test",
          train + ", " + validation + ", " + test + ": one is negative",
          "give 0 or more each");
    }
    long all = (long) train + validation + test;
    if (all < 1 || all > 1_000_000) {
      throw new InputException(
          "train + validation + test", all + " scenarios", "ask for 1 to a million");
    }
    double frames = windowSeconds * SeldCsv.FRAMES_PER_SECOND;
    if (!(windowSeconds >= 1 && windowSeconds <= 60)
        || Math.abs(frames - Math.rint(frames)) > 1e-6) {
      throw new InputException(
          "window", windowSeconds + " s", "choose tenths of seconds from 1 to 60");
    }
    if (!(activeShare > 0 && activeShare <= 1)) {
      throw new InputException(
          "active", activeShare + " is not in (0, 1]", "choose the event's share of the window");
    }
  }

  /** One a processor, but few: a recording of five minutes takes about 120 MB. */
  public static int usualWorkers() {
    return Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
  }

  /** Label frames in a window. */
  int windowFrames() {
    return (int) Math.rint(windowSeconds * SeldCsv.FRAMES_PER_SECOND);
  }

  int size(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }
}
