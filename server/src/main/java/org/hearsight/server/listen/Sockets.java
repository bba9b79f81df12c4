package org.hearsight.server.listen;

import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hearsight.core.error.InputException;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.http.Gate;
import org.hearsight.server.problem.Problem;

/** {@code /v1/listen} over WebSockets: a {@link SocketStream} each. */
public final class Sockets {
  private final Streams streams;
  private final Map<String, SocketStream> open = new ConcurrentHashMap<>();

  public Sockets(Streams streams) {
    this.streams = streams;
  }

  /** What happens to a socket. */
  public void configure(WsConfig socket) {
    socket.onConnect(this::connect);
    socket.onBinaryMessage(
        message -> {
          SocketStream stream = open.get(message.sessionId());
          if (stream != null) {
            stream.samples(message.data());
          }
        });
    socket.onMessage(
        message -> {
          SocketStream stream = open.get(message.sessionId());
          if (stream != null) {
            stream.text(message.message());
          }
        });
    socket.onClose(this::close);
    socket.onError(this::close);
  }

  private void connect(WsConnectContext socket) {
    try {
      StreamOptions options = StreamOptions.of(socket.queryParamMap());
      start(socket, options, streams.admission().stream(Gate.client(socket)));
    } catch (Problem e) {
      SocketStream.refuse(socket, e);
    } catch (InputException e) {
      SocketStream.refuse(socket, Problem.of(e));
    }
  }

  private void start(WsConnectContext socket, StreamOptions options, Admission.Place place) {
    boolean started = false;
    try {
      SocketStream stream = new SocketStream(socket, options, streams, place);
      open.put(socket.sessionId(), stream); // before it can end
      stream.start();
      started = true;
      if (streams.admission().isClosed()) {
        stream.end(); // whoever ends all streams may have come before
      }
    } finally {
      if (!started) {
        open.remove(socket.sessionId());
        place.close();
      }
    }
  }

  private void close(WsContext socket) {
    SocketStream stream = open.remove(socket.sessionId());
    if (stream != null) {
      stream.stop();
    }
  }

  /** Ends all of them, each with what ends with its stream. */
  public void end() {
    open.values().forEach(SocketStream::end);
  }
}
