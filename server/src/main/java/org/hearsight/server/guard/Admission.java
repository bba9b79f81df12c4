package org.hearsight.server.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.hearsight.server.problem.Problem;

/**
 * Lets in what can be answered: so many requests and streams at once, of each of which one client
 * has a share, and so much memory for bodies. What is let in is finished, also when the server
 * stops.
 */
public final class Admission {
  /** When a place is likely to be free, seconds. */
  private static final int SOON = 1;

  /** When a stream is likely to have ended, seconds. */
  private static final int LATER = 10;

  private final Limits limits;
  private final Share requests;
  private final Share streams;
  private int exchanges;
  private long memory;
  private boolean closed;

  public Admission(Limits limits) {
    this.limits = limits;
    requests =
        new Share(
            "%d requests are in hand, at most %d",
            limits.requests(),
            "%d requests of one client are in hand, at most %d; wait for their answers",
            limits.requestsOfClient(),
            SOON);
    streams =
        new Share(
            "%d streams are listened to, at most %d",
            limits.streams(),
            "%d streams of one client are listened to, at most %d; end one of them",
            limits.streamsOfClient(),
            LATER);
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
    return enter(requests, client);
  }

  /**
   * A place for a stream.
   *
   * @param client who is listened to
   * @throws Problem if there is none: 503, or 429 where the client has as many as it may have
   */
  public synchronized Place stream(String client) {
    return enter(streams, client);
  }

  private Place enter(Share share, String client) {
    requireOpen();
    share.enter(client);
    return once(() -> leave(share, client));
  }

  private synchronized void leave(Share share, String client) {
    share.leave(client);
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
      throw Problem.later(Problem.Kind.UNAVAILABLE, "the server is stopping", LATER);
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
    return requests.held;
  }

  /** Streams that are listened to. */
  public synchronized int streams() {
    return streams.held;
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
    while (requests.held > 0 || streams.held > 0 || exchanges > 0) {
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

  /** So many of a kind at once, and so many of them one client's. */
  private static final class Share {
    private final String full;
    private final int most;
    private final String ownFull;
    private final int mostOfClient;
    private final int secondsToWait;
    private final Map<String, Integer> ofClients = new HashMap<>();
    private int held;

    /**
     * @param full what is said where all are taken, a format of how many are held and may be
     * @param ownFull what is said where one client has all that it may have
     */
    Share(String full, int most, String ownFull, int mostOfClient, int secondsToWait) {
      this.full = full;
      this.most = most;
      this.ownFull = ownFull;
      this.mostOfClient = mostOfClient;
      this.secondsToWait = secondsToWait;
    }

    void enter(String client) {
      int own = ofClients.getOrDefault(client, 0);
      if (own >= mostOfClient) {
        throw Problem.later(
            Problem.Kind.TOO_MANY, ownFull.formatted(own, mostOfClient), secondsToWait);
      }
      if (held >= most) {
        throw Problem.later(Problem.Kind.UNAVAILABLE, full.formatted(held, most), secondsToWait);
      }
      held++;
      ofClients.put(client, own + 1);
    }

    void leave(String client) {
      held--;
      ofClients.computeIfPresent(client, (name, own) -> own == 1 ? null : own - 1);
    }
  }
}
