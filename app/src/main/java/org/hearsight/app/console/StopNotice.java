package org.hearsight.app.console;

import java.util.function.Supplier;
import org.hearsight.core.progress.Stop;

/**
 * Says how to go on with long work that a person stops (Ctrl-C); see {@link StopSignals}. Files are
 * written whole or not at all, so there is nothing to clean up.
 */
public final class StopNotice {
  private StopNotice() {}

  /**
   * Does the work; {@code remedy} is printed if the process is asked to end meanwhile, and then
   * nothing comes after it.
   *
   * @param remedy as in {@code "run the same command with --resume to go on"}
   */
  public static <T> T during(String remedy, Supplier<T> work) {
    String before = StopSignals.remedy(remedy);
    try {
      T result = work.get();
      Stop.check();
      return result;
    } finally {
      String unused = StopSignals.remedy(before);
    }
  }
}
