package org.hearsight.app.console;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many processor threads a command may use. */
public final class Threads {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private int threads = Runtime.getRuntime().availableProcessors();

  /** Takes the number that was asked for. */
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Processor threads to use (default: all).")
  void set(int n) {
    if (n < 1) {
      throw new ParameterException(
          command.commandLine(), "Invalid value for option '--threads': " + n + " is less than 1");
    }
    threads = n;
  }

  /** The number asked for, or all there are. */
  public int count() {
    return threads;
  }
}
