package org.hearsight.app.live;

import org.hearsight.core.audio.SoundQueue;

/** Where the sound of {@code listen} comes from. */
public interface SoundSource {
  /**
   * Brings sound to the queue, W, Y, Z, X at 24 kHz, until there is no more or the thread is
   * interrupted. Does not end the queue.
   *
   * @throws InterruptedException if the thread is interrupted
   * @throws org.hearsight.core.error.InputException if the sound cannot be read
   */
  void run(SoundQueue queue) throws InterruptedException;

  /**
   * Starts a thread that runs the source and then ends the queue. It does not keep the process
   * alive, as reading a pipe cannot be interrupted.
   */
  static Thread start(SoundSource source, SoundQueue queue) {
    Thread thread =
        new Thread(
            () -> {
              try {
                source.run(queue);
                queue.end();
              } catch (InterruptedException e) {
                queue.end();
              } catch (RuntimeException e) {
                queue.fail(e);
              }
            },
            "sound");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
