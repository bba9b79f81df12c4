package org.hearsight.core.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Short work with a file's channel in a thread that may be asked to stop: the request would close
 * the channel under it, so the work is done again and the request kept.
 */
final class Uninterrupted {
  private Uninterrupted() {}

  /** Opens its channel itself, so that it can be done again. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  static <T> T call(Work<T> work) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
