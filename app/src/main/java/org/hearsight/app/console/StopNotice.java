package org.hearsight.app.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Ends long work that a person stops (Ctrl-C), and says how to go on. Files are written whole or
 * not at all, so there is nothing to clean up; but the process may not end while libtorch computes,
 * or the native library crashes on its way out.
 */
public final class StopNotice {
  /** Longer than a training step; what does not heed an interrupt is left to its fate then. */
  private static final long PATIENCE_SECONDS = 15;

  private StopNotice() {}

  /**
   * Does the work; prints {@code remedy} if the process is stopped meanwhile.
   *
   * @param remedy as in {@code "run the same command with --resume to go on"}
   */
  public static <T> T during(String remedy, Supplier<T> work) {
    Thread worker = Thread.currentThread();
    AtomicBoolean stopping = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              stopping.set(true);
              System.err.println("\nhearsight: stopped; " + remedy);
              worker.interrupt();
              await(ended, PATIENCE_SECONDS);
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      ended.countDown();
      if (stopping.get()) {
        // The notice has said all; nothing more is to be printed while the process ends.
        await(new CountDownLatch(1), Long.MAX_VALUE);
      }
      remove(hook);
    }
  }

  private static void await(CountDownLatch latch, long seconds) {
    boolean ended = false;
    while (!ended) {
      try {
        ended = latch.await(seconds, TimeUnit.SECONDS);
        return;
      } catch (InterruptedException e) {
        // The interrupt that stopped the work; the process ends anyway.
        ended = false;
      }
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
