package org.hearsight.app.console;

/**
 * Tells a person who stops long work (Ctrl-C) how to go on. Files are written whole or not at all,
 * so there is nothing else to clean up.
 */
public final class StopNotice implements AutoCloseable {
  private final Thread hook;

  private StopNotice(Thread hook) {
    this.hook = hook;
  }

  /**
   * Prints {@code remedy} if the process is stopped before this is closed.
   *
   * @param remedy as in {@code "run the same command with --resume to go on"}
   */
  public static StopNotice of(String remedy) {
    Thread hook = new Thread(() -> System.err.println("\nhearsight: stopped; " + remedy), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    return new StopNotice(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is being stopped: the notice is being printed right now, as it should be.
      return;
    }
  }
}
