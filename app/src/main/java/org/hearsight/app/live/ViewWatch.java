package org.hearsight.app.live;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.hearsight.core.error.InputException;
import org.hearsight.core.vision.View;

/** Looks into a {@link ViewFolder} ten times a second, beside the listening, until it is closed. */
public final class ViewWatch implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;

  private final Thread thread;

  private ViewWatch(Thread thread) {
    this.thread = thread;
  }

  /**
   * Shows the newest frame at once, where there is one, and later ones as they come.
   *
   * @param show is called for each, at first in this thread and then in another
   * @param notes takes a line where the folder cannot be looked into any more
   * @throws InputException if the folder cannot be looked into
   */
  public static ViewWatch start(ViewFolder folder, Consumer<View> show, Consumer<String> notes) {
    folder.next().ifPresent(show);
    Thread thread = new Thread(() -> watch(folder, show, notes), "views");
    thread.setDaemon(true);
    thread.start();
    return new ViewWatch(thread);
  }

  private static void watch(ViewFolder folder, Consumer<View> show, Consumer<String> notes) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(PERIOD_MILLIS);
        folder.next().ifPresent(show);
      }
    } catch (InputException e) {
      notes.accept("views are not watched any more: " + e.getMessage());
    } catch (InterruptedException | CancellationException e) {
      Thread.currentThread().interrupt(); // closed, or the process ends
    }
  }

  /** Waits for a frame that is being looked at; none is shown afterwards. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
