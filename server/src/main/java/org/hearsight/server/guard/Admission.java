package org.hearsight.server.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.hearsight.server.problem.Problem;

/**
 * Lets in what can be answered: so many requests at once, of which one client has a share, so many
 * streams, and so much memory for bodies. What is let in is finished, also when the server stops.
 */
public final class Admission {
  /** When a place is likely to be free, seconds. */
  private static final int SOON = 1;

  private final Limits limits;
  private final Map<String, Integer> ofClients = new HashMap<>();
  private int requests;
  private int streams;
  private int exchanges;
  private long memory;
  private boolean closed;

  public Admission(Limits limits) {
    this.limits = limits;
  }

  /** A place; closing gives it back. */
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * A place for a request.
   *
   * @param client who asks
   * @throws Problem if there is none: 503, or 429 where the client has as many as it may have
   */
  public synchronized Place request(String client) {
    requireOpen();
    int own = ofClients.getOrDefault(client, 0);
    if (own >= limits.requestsOfClient()) {
      throw Problem.later(
          Problem.Kind.TOO_MANY,
          "%d requests of one client are in hand, at most %d; wait for their answers"
              .formatted(own, limits.requestsOfClient()),
          SOON);
    }
    if (requests >= limits.requests()) {
      throw Problem.later(
          Problem.Kind.UNAVAILABLE,
          "%d requests are in hand, at most %d".formatted(requests, limits.requests()),
          SOON);
    }
    requests++;
    ofClients.put(client, own + 1);
    return once(() -> leave(client));
  }

  private synchronized void leave(String client) {
    requests--;
    ofClients.computeIfPresent(client, (name, own) -> own == 1 ? null : own - 1);
    notifyAll();
  }

  /**
   * A place for a stream.
   *
   * @throws Problem 503 if there is none
   */
  public synchronized Place stream() {
    requireOpen();
    if (streams >= limits.streams()) {
      throw Problem.later(
          Problem.Kind.UNAVAILABLE,
          "%d streams are listened to, at most %d".formatted(streams, limits.streams()),
          10);
    }
    streams++;
    return once(this::leaveStream);
  }

  private synchronized void leaveStream() {
    streams--;
    notifyAll();
  }

  /**
   * Memory for a piece of a body.
   *
   * @throws Problem 503 if others have all of it
   */
  public synchronized void takeMemory(long bytes) {
    if (memory + bytes > limits.memoryBytes()) {
      throw Problem.later(
          Problem.Kind.UNAVAILABLE,
          "the requests in hand hold %d MiB, at most %d"
              .formatted(memory >> 20, limits.memoryBytes() >> 20),
          SOON);
    }
    memory += bytes;
  }

  /** Gives memory back. */
  public synchronized void freeMemory(long bytes) {
    memory -= bytes;
  }

  private void requireOpen() {
    if (closed) {
      throw Problem.later(Problem.Kind.UNAVAILABLE, "the server is stopping", 10);
    }
  }

  /** An exchange has begun: a request of any kind, let in or not. */
  public synchronized void begin() {
    exchanges++;
  }

  /** Its answer is sent, and noted. */
  public synchronized void end() {
    exchanges--;
    notifyAll();
  }

  /** Lets nobody in any more. */
  public synchronized void close() {
    closed = true;
  }

  /** Is nobody let in any more? */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Requests in hand. */
  public synchronized int requests() {
    return requests;
  }

  /** Streams that are listened to. */
  public synchronized int streams() {
    return streams;
  }

  /** Bytes of bodies that are held. */
  public synchronized long memory() {
    return memory;
  }

  /**
   * Waits until all that was let in is done, and what was answered is sent.
   *
   * @return false if it was not within this time
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public synchronized boolean awaitEmpty(Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (requests > 0 || streams > 0 || exchanges > 0) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private static Place once(Runnable leave) {
    return new Place() {
      private boolean left;

      @Override
      public synchronized void close() {
        if (!left) {
          left = true;
          leave.run();
        }
      }
    };
  }
}
