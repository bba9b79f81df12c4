package org.hearsight.datasets.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;

/**
 * Numbered pieces made by several threads; what the journal knows is not made again. Pieces that
 * share something costly, as an opened recording, come in one batch, which one thread works off.
 *
 * <p>If the calling thread is interrupted, the pieces in work are finished and the rest is left for
 * the next call.
 *
 * @param <W> what is wanted of a piece
 * @param <E> what is noted of it
 */
final class Batches<W, E extends Piece> {
  private final Path folder;
  private final Journal<E> journal;
  private final List<Job<W>> jobs;
  private final List<List<Integer>> batches;
  private final Supplier<PieceMaker<W, E>> makers;
  private final AtomicReferenceArray<Journal.Noted<E>> done;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();

  Batches(
      Path folder,
      Journal<E> journal,
      List<Job<W>> jobs,
      List<List<Integer>> batches,
      Supplier<PieceMaker<W, E>> makers) {
    this.folder = folder;
    this.journal = journal;
    this.jobs = jobs;
    this.batches = batches;
    this.makers = makers;
    this.done = new AtomicReferenceArray<>(jobs.size());
  }

  /**
   * Makes what is missing.
   *
   * @param what the pieces, plural, as in {@code scenarios}
   * @return all pieces, in order
   * @throws InputException if it was stopped before the end
   */
  List<Journal.Noted<E>> run(String what, int threads, Progress.Task task) {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < threads; w++) {
        running.add(workers.submit(() -> work(task)));
      }
      await(running);
    } finally {
      workers.shutdown();
    }
    List<Journal.Noted<E>> all = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      all.add(done.get(i));
    }
    long count = all.stream().filter(Objects::nonNull).count();
    if (count < jobs.size()) {
      throw new InputException(
          folder,
          "stopped after " + count + " of " + jobs.size() + " " + what,
          "run the same command again to go on");
    }
    return all;
  }

  private void work(Progress.Task task) {
    try {
      int batch = next.getAndIncrement();
      while (batch < batches.size() && !stop.get() && !Stop.isAsked()) {
        try (PieceMaker<W, E> maker = makers.get()) {
          for (int i : batches.get(batch)) {
            if (stop.get() || Stop.isAsked()) {
              return;
            }
            Job<W> job = jobs.get(i);
            Journal.Noted<E> noted = journal.find(job.id());
            done.set(i, noted == null ? journal.add(job.id(), maker.make(job)) : noted);
            task.advance(1);
          }
        }
        batch = next.getAndIncrement();
      }
    } catch (RuntimeException | Error e) {
      stop.set(true);
      throw e;
    }
  }

  private void await(List<Future<?>> running) {
    boolean interrupted = false;
    Throwable failure = null;
    for (Future<?> f : running) {
      while (true) {
        try {
          f.get();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          stop.set(true);
        } catch (ExecutionException e) {
          failure = failure == null ? e.getCause() : failure;
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    // Only now: nobody works any more.
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }
}
