package org.hearsight.learning.encode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hearsight.core.progress.Stop;

/**
 * Tasks computed by several threads whose results are taken one by one, in their order; only a few
 * run ahead of the taker, so memory stays small.
 */
public final class OrderedTasks implements AutoCloseable {
  private static final int AHEAD = 2;

  private final ExecutorService pool;
  private final int ahead;

  /** With so many threads of its own. */
  public OrderedTasks(int threads) {
    ahead = threads * AHEAD;
    pool =
        Executors.newFixedThreadPool(
            threads,
            r -> {
              Thread t = new Thread(r, "ahead");
              t.setDaemon(true);
              return t;
            });
  }

  /**
   * Runs all tasks.
   *
   * @param taker of the results, in this thread
   * @throws CancellationException if this thread is interrupted; a task in work ends, its result is
   *     lost
   */
  public <T> void run(List<Callable<T>> tasks, Consumer<T> taker) {
    Deque<Future<T>> running = new ArrayDeque<>();
    for (int i = 0; i < tasks.size() || !running.isEmpty(); ) {
      while (i < tasks.size() && running.size() < ahead) {
        running.add(pool.submit(tasks.get(i)));
        i++;
      }
      Stop.check();
      taker.accept(await(running.remove()));
    }
  }

  /** Runs all tasks in one thread of their own, while this one takes their results. */
  public static <T> void oneAhead(List<Callable<T>> tasks, Consumer<T> taker) {
    try (OrderedTasks reader = new OrderedTasks(1)) {
      reader.run(tasks, taker);
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException) new CancellationException("stopped").initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Drops what has not begun and waits for what is in work: nobody computes after this. */
  @Override
  public void close() {
    pool.shutdownNow();
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        boolean unused = pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true; // the one that ends the work; it must not end beside us
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
