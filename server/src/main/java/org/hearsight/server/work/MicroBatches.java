package org.hearsight.server.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.hearsight.core.error.InputException;
import org.hearsight.server.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of many requests done together: whatever waits when the worker is free becomes the next
 * batch, so that nobody waits for company, and the fuller the queue the larger the batches. The
 * queue is bounded. Where a batch fails, its pieces are done one by one, so that nobody's bad input
 * costs a neighbour's answer.
 *
 * @param <T> a piece of work
 * @param <R> its result
 */
public final class MicroBatches<T, R> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MicroBatches.class);

  private final Function<List<T>, List<R>> work;
  private final int largest;
  private final int queue;
  private final IntConsumer sizes;
  private final Deque<Piece<T, R>> waiting = new ArrayDeque<>();
  private final Thread worker;
  private boolean closed;

  private record Piece<T, R>(T input, CompletableFuture<R> result) {}

  /**
   * @param work gives a result for each piece, in their order
   * @param largest batch
   * @param queue pieces that may wait
   * @param sizes takes each batch's size
   */
  public MicroBatches(Function<List<T>, List<R>> work, int largest, int queue, IntConsumer sizes) {
    this.work = work;
    this.largest = largest;
    this.queue = queue;
    this.sizes = sizes;
    this.worker = new Thread(this::run, "batches");
    worker.setDaemon(true);
    worker.start();
  }

  /**
   * Adds pieces, all or none. One that is cancelled before its turn is left out.
   *
   * @return their results, in their order
   * @throws Problem 503 if there is no room for them
   */
  synchronized List<CompletableFuture<R>> add(List<T> pieces) {
    if (closed) {
      throw Problem.later(Problem.Kind.UNAVAILABLE, "the server is stopping", 10);
    }
    waiting.removeIf(piece -> piece.result().isDone());
    if (waiting.size() + pieces.size() > queue) {
      throw Problem.later(
          Problem.Kind.UNAVAILABLE,
          "%d scenes wait for the model, at most %d".formatted(waiting.size(), queue),
          1);
    }
    List<CompletableFuture<R>> results = new ArrayList<>();
    for (T input : pieces) {
      Piece<T, R> piece = new Piece<>(input, new CompletableFuture<>());
      waiting.addLast(piece);
      results.add(piece.result());
    }
    notifyAll();
    return results;
  }

  /**
   * Adds pieces, all or none, and waits for what becomes of them.
   *
   * @param seconds that are waited at most
   * @throws Problem 503 if there is no room for them
   */
  public List<Outcome<R>> outcomes(List<T> pieces, int seconds) {
    List<CompletableFuture<R>> results = add(pieces);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      return results.stream().map(r -> await(r, deadline, seconds)).toList();
    } finally {
      results.forEach(r -> r.cancel(false)); // what nobody waits for is not computed
    }
  }

  private Outcome<R> await(CompletableFuture<R> result, long deadline, int seconds) {
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      return new Outcome<>(result.get(left, TimeUnit.NANOSECONDS), null);
    } catch (TimeoutException e) {
      return Outcome.of(
          Problem.later(
              Problem.Kind.UNAVAILABLE,
              "no answer within %d s, the most that is waited".formatted(seconds),
              5));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InputException refused) {
        return Outcome.of(Problem.of(refused));
      }
      LOG.error("no answer", e.getCause());
      return Outcome.of(Problem.failed());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // and what is left is not waited for either
      return stopping();
    } catch (CancellationException e) {
      return stopping();
    }
  }

  private static <R> Outcome<R> stopping() {
    return Outcome.of(Problem.later(Problem.Kind.UNAVAILABLE, "the server is stopping", 10));
  }

  /** Pieces that wait. */
  public synchronized int waiting() {
    return waiting.size();
  }

  private void run() {
    try {
      for (List<Piece<T, R>> batch = next(); !batch.isEmpty(); batch = next()) {
        sizes.accept(batch.size());
        complete(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      cancelRest();
    }
  }

  /** Empty when this is closed and nothing waits. */
  private synchronized List<Piece<T, R>> next() throws InterruptedException {
    List<Piece<T, R>> batch = new ArrayList<>();
    while (batch.isEmpty()) {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
      if (waiting.isEmpty()) {
        return batch;
      }
      while (batch.size() < largest && !waiting.isEmpty()) {
        Piece<T, R> piece = waiting.removeFirst();
        if (!piece.result().isDone()) {
          batch.add(piece);
        }
      }
    }
    return batch;
  }

  private void complete(List<Piece<T, R>> batch) {
    try {
      List<R> results = work.apply(batch.stream().map(Piece::input).toList());
      for (int i = 0; i < results.size(); i++) {
        batch.get(i).result().complete(results.get(i));
      }
    } catch (RuntimeException | Error e) { // whoever waits learns of it, and the next batch is done
      if (batch.size() == 1) {
        batch.get(0).result().completeExceptionally(e);
      } else {
        batch.forEach(piece -> complete(List.of(piece)));
      }
    }
  }

  private synchronized void cancelRest() {
    closed = true;
    waiting.forEach(
        piece -> piece.result().completeExceptionally(new CancellationException("stopped")));
    waiting.clear();
  }

  /** Does what waits, and ends. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
