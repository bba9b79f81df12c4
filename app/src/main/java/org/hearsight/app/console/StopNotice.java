package org.hearsight.app.console;

import java.util.function.Supplier;

/**
 * Tells a person who stops long work (Ctrl-C) how to go on. Files are written whole or not at all,
 * so there is nothing else to clean up.
 */
public final class StopNotice {
  private StopNotice() {}

  /**
   * Does the work; prints {@code remedy} if the process is stopped meanwhile.
   *
   * @param remedy as in {@code "run the same command with --resume to go on"}
   */
  public static <T> T during(String remedy, Supplier<T> work) {
    Thread hook = new Thread(() -> System.err.println("\nhearsight: stopped; " + remedy), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is being stopped: the notice is being printed right now, as it should be.
      return;
    }
  }
}
