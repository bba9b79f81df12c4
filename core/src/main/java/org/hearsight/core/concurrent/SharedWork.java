package org.hearsight.core.concurrent;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Numbered pieces of work that threads share: the calling one and those of the common pool. Each
 * piece is done the same on any of them, so their number changes no result.
 */
public final class SharedWork {
  private SharedWork() {}

  /** Does pieces {@code from} to {@code to}, the last one not. */
  @FunctionalInterface
  public interface Block {
    void work(int from, int to);
  }

  /**
   * Does every piece, each on the thread that is free first, and returns when all are done. Where
   * pieces throw, those behind them are not begun, and what the first of them threw is thrown.
   *
   * @param pieces how many
   * @param threads that may work at once
   * @param piece does the piece of a number from 0
   * @throws IllegalArgumentException if there is not at least one thread
   */
  public static void each(int pieces, int threads, IntConsumer piece) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " is less than 1");
    }
    int workers = Math.min(pieces, threads);
    if (workers <= 1) {
      IntStream.range(0, pieces).forEach(piece);
      return;
    }
    AtomicInteger next = new AtomicInteger();
    RuntimeException[] thrown = new RuntimeException[pieces];
    IntStream.range(0, workers)
        .parallel()
        .forEach(
            worker -> {
              for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                try {
                  piece.accept(i);
                } catch (RuntimeException e) {
                  thrown[i] = e;
                  next.set(pieces); // those before it have all begun
                }
              }
            });
    for (RuntimeException e : thrown) {
      if (e != null) {
        throw e;
      }
    }
  }

  /**
   * Does all of it, as {@link #each} does pieces.
   *
   * @throws IllegalArgumentException if there is not at least one thread
   */
  public static void all(int threads, Runnable... pieces) {
    each(pieces.length, threads, i -> pieces[i].run());
  }

  /**
   * Does a block of about as many pieces on each thread, and returns when all are done.
   *
   * @throws IllegalArgumentException if there is not at least one thread
   */
  public static void blocks(int pieces, int threads, Block block) {
    each(
        threads,
        threads,
        i ->
            block.work(
                (int) ((long) pieces * i / threads), (int) ((long) pieces * (i + 1) / threads)));
  }
}
