package org.hearsight.inference.session;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Calls into what holds native memory. Closing waits for those that run, and none begins after it:
 * native code is never left without what it computes on.
 */
public final class CallsInFlight {
  private final String name;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  /**
   * @param name what exceptions call it: its file or folder
   */
  public CallsInFlight(String name) {
    this.name = name;
  }

  /**
   * Makes a call; any number of threads may at once.
   *
   * @throws IllegalStateException if it is closed
   */
  public <T> T call(Supplier<T> work) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(name + " is closed");
      }
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Waits for running calls, then releases what they use; closing again does nothing.
   *
   * @throws IllegalStateException from within a call, which would wait for itself
   */
  public void close(Runnable release) {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException(name + " is closed from within a call of its own");
    }
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        release.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
