package org.hearsight.datasets.occlude;

import java.nio.file.Path;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.error.InputException;
import org.hearsight.core.taxonomy.ClassMap;
import org.hearsight.datasets.run.RunOptions;

/**
 * What to make of which recordings.
 *
 * @param data folder of STARSS23
 * @param format of its recordings; null to believe what they say of themselves
 * @param run each worker has a recording in memory
 * @param map which of the labelled classes are hazards
 * @param windowSeconds length of a scenario, whole label frames of 0.1 s
 * @param activeShare how much of the window the event must sound, in (0, 1]
 */
public record OccludeConfig(
    Path data,
    FoaFormat format,
    RunOptions run,
    ClassMap map,
    double windowSeconds,
    double activeShare) {
  /** The usual length of a clip. */
  public static final double WINDOW_SECONDS = 5;

  /** More than half of the window. */
  public static final double ACTIVE_SHARE = 0.5;

  private static final int MOST_WORKERS = 4;

  public OccludeConfig {
    int unused = RunOptions.frames("window", windowSeconds);
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
    return RunOptions.frames("window", windowSeconds);
  }
}
