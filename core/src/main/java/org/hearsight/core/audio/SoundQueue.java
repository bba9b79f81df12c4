package org.hearsight.core.audio;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Sound on its way from who captures it to who answers, in another thread. It holds a bounded
 * number of samples: where the answers fall behind, the oldest sound gives way and is counted, so
 * that answers are late by that much at most. Safe for many threads.
 */
public final class SoundQueue {
  private final int most;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private long held;
  private long dropped;
  private boolean ended;
  private RuntimeException failure;

  /**
   * A piece of the stream.
   *
   * @param dropped samples that gave way since the piece before
   * @param channels [n][samples]
   * @param captured when its last sample was; null if that is not known
   */
  public record Piece(long dropped, float[][] channels, Instant captured) {
    private int samples() {
      return channels[0].length;
    }
  }

  /**
   * @param most samples that wait; a larger piece is still taken, alone
   */
  public SoundQueue(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("queue: " + most + " samples");
    }
    this.most = most;
  }

  /**
   * Adds a piece that will not come again; the oldest give way to it. After the end it is left out.
   *
   * @param channels [n][samples], not copied
   * @param captured when its last sample was
   */
  public synchronized void add(float[][] channels, Instant captured) {
    if (ended) {
      return;
    }
    Piece piece = new Piece(0, channels, captured);
    while (!pieces.isEmpty() && held + piece.samples() > most) {
      Piece oldest = pieces.removeFirst();
      held -= oldest.samples();
      dropped += oldest.samples();
    }
    put(piece);
  }

  /**
   * Adds a piece as soon as there is room. After the end it is left out, as nobody may be there who
   * would make room.
   *
   * @param channels [n][samples], not copied
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public synchronized void await(float[][] channels) throws InterruptedException {
    Piece piece = new Piece(0, channels, null);
    while (!ended && !pieces.isEmpty() && held + piece.samples() > most) {
      wait();
    }
    if (!ended) {
      put(piece);
    }
  }

  private void put(Piece piece) {
    pieces.addLast(piece);
    held += piece.samples();
    notifyAll();
  }

  /** Nothing comes any more; what waits is still taken. */
  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Nothing comes any more, for a reason that who takes is to learn. */
  public synchronized void fail(RuntimeException why) {
    failure = why;
    end();
  }

  /**
   * Waits for the next piece.
   *
   * @return empty at the end
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public synchronized Optional<Piece> take() throws InterruptedException {
    while (pieces.isEmpty() && !ended) {
      wait();
    }
    if (pieces.isEmpty()) {
      if (failure != null) {
        throw failure;
      }
      return Optional.empty();
    }
    Piece next = pieces.removeFirst();
    held -= next.samples();
    Piece counted = new Piece(dropped, next.channels(), next.captured());
    dropped = 0;
    notifyAll();
    return Optional.of(counted);
  }
}
