package org.hearsight.core.progress;

import java.util.function.Consumer;

/**
 * Where long work says how far it is. The command line shows a bar on standard error; libraries and
 * tests use {@link #SILENT}. Implementations may be called from several threads.
 */
public interface Progress {
  /** Says nothing. */
  Progress SILENT = notes(line -> {});

  /** Passes notes on and shows no bar, for callers who write a log. */
  static Progress notes(Consumer<String> reader) {
    return new Progress() {
      @Override
      public Task begin(String name, long total) {
        return amount -> {};
      }

      @Override
      public void note(String line) {
        reader.accept(line);
      }
    };
  }

  /**
   * Starts a task of {@code total} steps.
   *
   * @param name a few words, as in {@code simulate}
   */
  Task begin(String name, long total);

  /** One line for the reader, beside the bar. */
  void note(String line);

  /** A running task; close it when it is done or failed. */
  @FunctionalInterface
  interface Task extends AutoCloseable {
    void advance(long amount);

    @Override
    default void close() {}
  }
}
