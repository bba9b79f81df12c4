package org.hearsight.app.console;

import picocli.CommandLine.Option;

/** How many processor threads a command may use. */
public final class Threads {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Processor threads to use (default: all).")
  private int threads;

  /** The number asked for, or all there are. */
  public int count() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
