package org.hearsight.core.progress;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether work is to end early: because the whole process is asked to (Ctrl-C), or because somebody
 * interrupted this thread. Long work asks between its steps, in whatever thread they run; a step in
 * hand is finished, so that no native library is left while it computes.
 */
public final class Stop {
  private static final Set<Alarm> ALARMS = ConcurrentHashMap.newKeySet();
  private static volatile boolean asked;

  private Stop() {}

  /** Asks all work of this process to end; this cannot be taken back. */
  public static void ask() {
    asked = true;
    ALARMS.forEach(Alarm::ring);
  }

  /** Is the work in this thread to end? */
  public static boolean isAsked() {
    return asked || Thread.currentThread().isInterrupted();
  }

  /**
   * Ends the work here if it is to end.
   *
   * @throws CancellationException if it is
   */
  public static void check() {
    if (isAsked()) {
      throw new CancellationException("stopped");
    }
  }

  /**
   * Wakes who waits for something that no interrupt ends, as for an answer of another process.
   *
   * @param wake is called when the process is asked to end, from another thread
   * @return to be closed when nobody waits any more
   */
  public static Alarm alarm(Runnable wake) {
    Alarm alarm = new Alarm(wake);
    ALARMS.add(alarm);
    if (asked) {
      alarm.ring();
    }
    return alarm;
  }

  /** Something to wake; see {@link #alarm}. */
  public static final class Alarm implements AutoCloseable {
    private final Runnable wake;

    private Alarm(Runnable wake) {
      this.wake = wake;
    }

    private void ring() {
      wake.run();
    }

    @Override
    public void close() {
      ALARMS.remove(this);
    }
  }
}
