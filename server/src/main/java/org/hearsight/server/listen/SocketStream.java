package org.hearsight.server.listen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
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
import org.hearsight.server.scene.SceneReader;
import org.hearsight.server.work.SceneAnswers;

/**
 * One WebSocket that is listened to: binary messages are samples, texts are views and the end of
 * the sound; a text comes back for each hop. Live sound that cannot be answered in time gives way.
 */
final class SocketStream {
  /** Sound that may wait, seconds. */
  private static final int QUEUE_SECONDS = 2;

  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;
  private static final int REFUSED = 1008;

  private final WsContext socket;
  private final StreamOptions options;
  private final SceneReader reader;
  private final SceneAnswers answers;
  private final Hops hops;
  private final PcmStream stream;
  private final Admission.Place place;
  private final SoundQueue queue = new SoundQueue(QUEUE_SECONDS * Foa.SAMPLE_RATE);
  private final Thread worker;

  SocketStream(
      WsContext socket,
      StreamOptions options,
      SceneReader reader,
      SceneAnswers answers,
      Hops hops,
      Admission.Place place) {
    this.socket = socket;
    this.options = options;
    this.reader = reader;
    this.answers = answers;
    this.hops = hops;
    this.stream = new PcmStream(options.layout());
    this.place = place;
    this.worker = new Thread(this::run, "listen");
    worker.setDaemon(true);
  }

  void start() {
    hops.see(answers.look(reader.sight(new Fields(Map.of(), Map.of()))));
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
    try {
      JsonNode document = Json.MAPPER.readTree(message);
      if (document.path("end").asBoolean(false)) {
        give(stream.end());
        queue.end();
      } else if (document.path("view").isObject()) {
        hops.see(answers.look(reader.sight(fields(document.get("view")))));
      } else {
        note("expected {\"view\": {…}} or {\"end\": true}");
      }
    } catch (JsonProcessingException e) {
      note("the message is not JSON");
    } catch (Problem e) {
      note(e.getMessage());
    } catch (InputException e) {
      queue.fail(Problem.of(e));
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
  private void note(String text) {
    socket.send(Json.line(Json.object().put("note", text)));
  }

  private void run() {
    try {
      for (Optional<SoundQueue.Piece> next = queue.take(); next.isPresent(); next = queue.take()) {
        SoundQueue.Piece piece = next.get();
        hops.push(piece.dropped(), piece.channels(), piece.captured()).forEach(socket::send);
      }
      hops.end().forEach(socket::send);
      socket.closeSession(NORMAL, "the sound ended");
    } catch (InputException e) {
      refuse(Problem.of(e));
    } catch (Problem e) {
      refuse(e);
    } catch (InterruptedException | IllegalStateException e) {
      socket.closeSession(GOING_AWAY, "stopped"); // by who closed it, or with the server
    } finally {
      place.close();
    }
  }

  private void refuse(Problem problem) {
    socket.send(Json.line(Json.object().set("problem", problem.document())));
    socket.closeSession(REFUSED, problem.kind().name());
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
