package org.hearsight.server.listen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.PcmStream;
import org.hearsight.core.audio.SoundQueue;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.scene.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket that is listened to: binary messages are samples, texts are views and the end of
 * the sound; a text comes back for each hop. Live sound that cannot be answered in time gives way.
 */
final class SocketStream {
  /** Sound that may wait, seconds. */
  private static final int QUEUE_SECONDS = 2;

  // Codes with which a WebSocket is closed, of RFC 6455 and its registry.
  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;
  private static final int REFUSED = 1008;
  private static final int FAILED = 1011;
  private static final int TRY_LATER = 1013;

  private static final Logger LOG = LoggerFactory.getLogger(SocketStream.class);

  private final WsContext socket;
  private final SocketOutput output;
  private final StreamOptions options;
  private final Streams streams;
  private final Hops hops;
  private final PcmStream stream;
  private final Admission.Place place;
  private final SoundQueue queue = new SoundQueue(QUEUE_SECONDS * Foa.SAMPLE_RATE);
  private final Thread worker;

  /**
   * @param place that it takes, and gives back when it ends
   */
  SocketStream(WsContext socket, StreamOptions options, Streams streams, Admission.Place place) {
    this.socket = socket;
    this.output =
        new SocketOutput(
            socket.session::sendText,
            socket.session::disconnect,
            Duration.ofSeconds(streams.idleSeconds()));
    this.options = options;
    this.streams = streams;
    this.hops = streams.hops(options);
    this.stream = new PcmStream(options.layout());
    this.place = place;
    this.worker = new Thread(this::run, "listen");
    worker.setDaemon(true);
  }

  void start() {
    hops.see(streams.look(new Fields(Map.of(), Map.of())));
    worker.start();
  }

  /** Takes samples; waits where the stream is not live and is sent faster than it is answered. */
  void samples(ByteBuffer message) throws InterruptedException {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    try {
      give(stream.push(bytes, bytes.length));
    } catch (InputException e) {
      queue.fail(Problem.of(e));
    }
  }

  private void give(float[][] foa) throws InterruptedException {
    if (foa[0].length == 0) {
      return;
    }
    if (options.realtime()) {
      queue.add(foa, Instant.now());
    } else {
      queue.await(foa);
    }
  }

  /** Takes a view, as fields of which files are in base 64, or the end. */
  void text(String message) throws InterruptedException {
    long held = message.length();
    try {
      streams.admission().takeMemory(held);
    } catch (Problem e) {
      note(e.getMessage());
      return;
    }
    try {
      JsonNode document = Json.MAPPER.readTree(message);
      if (document.path("end").asBoolean(false)) {
        give(stream.end());
        queue.end();
      } else if (document.path("view").isObject()) {
        hops.see(streams.look(fields(document.get("view"))));
      } else {
        note("expected {\"view\": {…}} or {\"end\": true}");
      }
    } catch (JsonProcessingException e) {
      note("the message is not JSON");
    } catch (Problem e) {
      note(e.getMessage());
    } catch (InputException e) {
      queue.fail(Problem.of(e));
    } finally {
      streams.admission().freeMemory(held);
    }
  }

  private static Fields fields(JsonNode view) {
    Map<String, byte[]> files = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : view.properties()) {
      String name = field.getKey();
      String value = field.getValue().asText();
      if (Fields.FILES.contains(name) && !name.equals(Fields.AUDIO)) {
        try {
          files.put(name, Base64.getDecoder().decode(value));
        } catch (IllegalArgumentException e) {
          throw new Problem(Problem.Kind.BAD_REQUEST, name + ": is not base 64");
        }
      } else if (Fields.TEXTS.contains(name)) {
        texts.put(name, value);
      } else {
        throw Fields.unknown(name);
      }
    }
    return new Fields(files, texts);
  }

  /** What harms this message alone is said, and the stream goes on. */
  private void note(String text) throws InterruptedException {
    output.send(Json.line(Json.object().put("note", text)));
  }

  private void run() {
    try {
      for (Optional<SoundQueue.Piece> next = queue.take(); next.isPresent(); next = queue.take()) {
        SoundQueue.Piece piece = next.get();
        send(hops.push(piece.dropped(), piece.channels(), piece.captured()));
      }
      send(hops.end());
      socket.closeSession(NORMAL, "the sound ended");
    } catch (InputException e) {
      refuse(socket, Problem.of(e));
    } catch (Problem e) {
      refuse(socket, e);
    } catch (InterruptedException | IllegalStateException e) {
      socket.closeSession(GOING_AWAY, "stopped"); // by who closed it, or with the server
    } catch (RuntimeException | Error e) {
      LOG.error("stream failed", e);
      refuse(socket, Problem.failed());
    } finally {
      queue.end(); // who still sends does not wait for room
      place.close();
    }
  }

  private void send(List<String> lines) throws InterruptedException {
    for (String line : lines) {
      output.send(line);
    }
  }

  /** Says why a stream ends or is not taken, and closes it. */
  static void refuse(WsContext socket, Problem problem) {
    socket.send(Json.line(Json.object().set("problem", problem.document())));
    int code =
        switch (problem.kind()) {
          case UNAVAILABLE, TOO_MANY -> TRY_LATER;
          case INTERNAL -> FAILED;
          default -> REFUSED;
        };
    socket.closeSession(code, problem.kind().name());
  }

  /** What waits is answered, and the stream ends. */
  void end() {
    queue.end();
  }

  /** Nobody listens any more. */
  void stop() {
    queue.end();
    worker.interrupt();
  }
}
