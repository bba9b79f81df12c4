package org.hearsight.server.listen;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;

/**
 * Texts on their way to whoever opened a WebSocket. Each waits until the network has it: texts for
 * a client that sends but does not read would pile up without end. Safe for many threads.
 */
final class SocketOutput {
  private final Sender sender;
  private final Runnable disconnect;
  private final Duration patience;

  /** Begins to send a text. */
  @FunctionalInterface
  interface Sender {
    /**
     * Sends it.
     *
     * @param callback learns when the network has it
     */
    void send(String text, Callback callback);
  }

  /**
   * @param disconnect cuts the connection
   * @param patience with which a client that does not read is waited for
   */
  SocketOutput(Sender sender, Runnable disconnect, Duration patience) {
    this.sender = sender;
    this.disconnect = disconnect;
    this.patience = patience;
  }

  /**
   * Sends a text.
   *
   * @throws CancellationException if nobody reads any more; then the connection is cut
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void send(String text) throws InterruptedException {
    Callback.Completable sent = new Callback.Completable();
    try {
      sender.send(text, sent);
      sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      disconnect.run();
      throw gone(e);
    }
  }

  private static CancellationException gone(Exception cause) {
    CancellationException gone = new CancellationException("nobody reads what is answered");
    gone.initCause(cause);
    return gone;
  }
}
