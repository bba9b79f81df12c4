package org.hearsight.simulator.work;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;

/**
 * Numbered pieces made by several threads; what the journal knows is not made again.
 *
 * <p>If the calling thread is interrupted, the pieces in work are finished and the rest is left for
 * the next call.
 *
 * @param <E> what is noted of a piece
 */
public final class Workload<E> {
  private final Path folder;
  private final Journal<E> journal;
  private final String what;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();

  /**
   * @param what the pieces, plural, as in {@code scenarios}
   */
  public Workload(Path folder, Journal<E> journal, String what) {
    this.folder = folder;
    this.journal = journal;
    this.what = what;
  }

  /**
   * Makes what is missing.
   *
   * @param ids of all pieces
   * @param maker makes a piece and writes its files, from its number
   * @return the entries of all pieces, in order
   * @throws InputException if it was stopped before the end
   */
  public List<E> run(List<String> ids, IntFunction<E> maker, int threads, Progress.Task task) {
    List<E> entries = Collections.synchronizedList(new ArrayList<>());
    entries.addAll(Collections.nCopies(ids.size(), null));
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < threads; w++) {
        running.add(workers.submit(() -> work(ids, maker, entries, task)));
      }
      await(running);
    } finally {
      workers.shutdown();
    }
    Object[] done = entries.toArray();
    long count = Arrays.stream(done).filter(Objects::nonNull).count();
    if (count < ids.size()) {
      throw new InputException(
          folder,
          "stopped after " + count + " of " + ids.size() + " " + what,
          "run the same command again to go on");
    }
    return List.copyOf(entries);
  }

  /** How many pieces were made anew. */
  public int made() {
    return made.get();
  }

  private void work(List<String> ids, IntFunction<E> maker, List<E> entries, Progress.Task task) {
    try {
      int i = next.getAndIncrement();
      while (i < ids.size() && !stop.get() && !Stop.isAsked()) {
        E entry = journal.find(ids.get(i));
        if (entry == null) {
          entry = maker.apply(i);
          journal.add(ids.get(i), entry);
          made.incrementAndGet();
        }
        entries.set(i, entry);
        task.advance(1);
        i = next.getAndIncrement();
      }
    } finally {
      // Whoever ends first has found the end or failed; either way nobody starts anew.
      stop.compareAndSet(false, next.get() < ids.size());
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
    if (failure != null) {
      throw unchecked(failure);
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof RuntimeException r ? r : new IllegalStateException(cause);
  }
}
