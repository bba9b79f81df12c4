package org.hearsight.app.live;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.hearsight.core.robot.RosbridgeOps;

/** One connection to a rosbridge: sends lines, and passes on what status messages say. */
final class RosbridgeSocket implements AutoCloseable {
  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final long SENDING_SECONDS = 10;
  private static final long GOODBYE_SECONDS = 2;

  /** Of what the bridge sends, characters; it only has short things to say to a publisher. */
  private static final int LONGEST = 1 << 16;

  private static final int MOST_SAID = 100;

  private final WebSocket socket;
  private final Ears ears;

  private RosbridgeSocket(WebSocket socket, Ears ears) {
    this.socket = socket;
    this.ears = ears;
  }

  /**
   * Connects.
   *
   * @param notes takes what the bridge says, once each, in another thread
   * @throws IOException if it is not there
   */
  static RosbridgeSocket connect(HttpClient client, URI address, Consumer<String> notes)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Ears ears = new Ears(notes);
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .connectTimeout(CONNECTING)
            .buildAsync(address, ears)
            .get(2 * CONNECTING.toSeconds(), TimeUnit.SECONDS);
    return new RosbridgeSocket(socket, ears);
  }

  /**
   * Sends a line and waits until the network has it.
   *
   * @throws IOException if the bridge has gone
   */
  void send(String line)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    requireOpen();
    WebSocket unused = socket.sendText(line, true).get(SENDING_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * @throws IOException if the bridge has gone
   */
  void requireOpen() throws IOException {
    if (ears.ended || socket.isInputClosed() || socket.isOutputClosed()) {
      throw new IOException("the connection ended");
    }
  }

  /** Why something failed, in a few words. */
  static String reason(Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof TimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof ConnectException) {
      return "cannot be reached";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    boolean interrupted = false;
    try {
      if (!socket.isOutputClosed()) {
        WebSocket unused =
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(GOODBYE_SECONDS, TimeUnit.SECONDS);
        ears.awaitEnd();
      }
    } catch (ExecutionException | TimeoutException e) {
      // It is gone, which is what was wanted.
    } catch (InterruptedException e) {
      interrupted = true;
    }
    socket.abort();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads what the bridge sends; frames of one message come in parts. */
  private static final class Ears implements WebSocket.Listener {
    private final Consumer<String> notes;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> said = new HashSet<>();
    private volatile boolean ended;

    Ears(Consumer<String> notes) {
      this.notes = notes;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      if (text.length() + part.length() <= LONGEST) {
        text.append(part);
      }
      if (last) {
        RosbridgeOps.status(text.toString()).ifPresent(this::pass);
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void pass(RosbridgeOps.Status status) {
      String line = status.level() + ": " + status.message();
      if (said.size() < MOST_SAID && said.add(line)) {
        notes.accept(line);
      }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
      from.request(1); // nothing for a publisher
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      end();
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      end();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    private synchronized void awaitEnd() throws InterruptedException {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(GOODBYE_SECONDS);
      while (!ended && until - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, until - System.nanoTime()));
      }
    }
  }
}
