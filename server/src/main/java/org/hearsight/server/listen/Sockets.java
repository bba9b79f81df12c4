package org.hearsight.server.listen;

import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hearsight.core.file.Json;
import org.hearsight.inference.Hearsight;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.scene.SceneReader;
import org.hearsight.server.work.SceneAnswers;

/** {@code /v1/listen} over WebSockets: a {@link SocketStream} each. */
public final class Sockets {
  private static final int TRY_LATER = 1013;

  private final Hearsight hearsight;
  private final SceneReader reader;
  private final SceneAnswers answers;
  private final Admission admission;
  private final Limits limits;
  private final Map<String, SocketStream> open = new ConcurrentHashMap<>();

  public Sockets(
      Hearsight hearsight,
      SceneReader reader,
      SceneAnswers answers,
      Admission admission,
      Limits limits) {
    this.hearsight = hearsight;
    this.reader = reader;
    this.answers = answers;
    this.admission = admission;
    this.limits = limits;
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
      start(socket, StreamOptions.of(socket.queryParamMap()), admission.stream());
    } catch (Problem e) {
      socket.send(Json.line(Json.object().set("problem", e.document())));
      socket.closeSession(TRY_LATER, e.kind().name());
    }
  }

  private void start(WsConnectContext socket, StreamOptions options, Admission.Place place) {
    boolean started = false;
    try {
      Hops hops = new Hops(hearsight, options.map(), limits.streamSeconds());
      SocketStream stream = new SocketStream(socket, options, reader, answers, hops, place);
      stream.start();
      open.put(socket.sessionId(), stream);
      started = true;
    } finally {
      if (!started) {
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
