package org.hearsight.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.file.Json;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.core.track.HazardTracker;
import org.hearsight.core.vision.Picture;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.inference.Listener;
import org.hearsight.inference.LiveAnswer;
import org.hearsight.inference.LiveDocument;
import org.hearsight.server.guard.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams over the network are answered as the library's listener answers them. */
class ListenIT {
  private static final String LAYOUT = "?rate=24000&encoding=f32le&realtime=false";
  private static final float[][] FOA = Samples.foa(7, 1.5);

  private static Served served;

  @BeforeAll
  static void start() {
    Limits d = Limits.DEFAULT;
    served =
        Served.start(
            s ->
                s.with(
                    new Limits(
                        d.bodyBytes(),
                        d.memoryBytes(),
                        d.bodySeconds(),
                        d.answerSeconds(),
                        d.soundSeconds(),
                        d.pixels(),
                        d.scenes(),
                        d.queue(),
                        d.requests(),
                        d.requestsOfClient(),
                        d.connections(),
                        2,
                        1,
                        d.streamSeconds())));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static byte[] pcm(float[][] foa) {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * Foa.CHANNELS * foa[0].length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < foa[0].length; i++) {
      for (float[] channel : foa) {
        bytes.putFloat(channel[i]);
      }
    }
    return bytes.array();
  }

  private static List<String> expected(View view) {
    Listener listener = served.hearsight.listener();
    listener.see(view);
    HazardTracker tracker = new HazardTracker(HazardTracker.Settings.DEFAULT);
    LiveDocument document = new LiveDocument(false);
    List<String> lines = new ArrayList<>();
    for (LiveAnswer answer : listener.push(FOA)) {
      List<HazardEvent> events = tracker.update(answer.seconds(), answer.imagination());
      lines.add(Json.line(document.of(answer, events)));
    }
    List<HazardEvent> end = tracker.end();
    if (!end.isEmpty()) {
      lines.add(Json.line(document.end(end)));
    }
    return lines;
  }

  @Test
  void samplesAreAnsweredByEvents() throws Exception {
    HttpResponse<String> response =
        served.post("/v1/listen" + LAYOUT, "application/octet-stream", pcm(FOA));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    List<String> data =
        response
            .body()
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> line.substring("data: ".length()))
            .toList();
    assertThat(data).isEqualTo(expected(View.blind()));
    assertThat(data).hasSizeGreaterThan(5);
  }

  @Test
  void whatIsNoStreamIsRefused() throws Exception {
    byte[] samples = pcm(FOA);
    String octets = "application/octet-stream";
    ImagineIT.assertRefused(served.post("/v1/listen", "audio/wav", samples), 415, "octet-stream");
    ImagineIT.assertRefused(served.post("/v1/listen?rate=1", octets, samples), 400, "");
    ImagineIT.assertRefused(served.post("/v1/listen?encoding=mp3", octets, samples), 400, "s16le");
    ImagineIT.assertRefused(served.post("/v1/listen?channels=0", octets, samples), 400, "channels");
    HttpRequest json =
        served
            .request("/v1/listen")
            .header("Accept", "application/json")
            .header("Content-Type", octets)
            .POST(HttpRequest.BodyPublishers.ofByteArray(samples))
            .build();
    ImagineIT.assertRefused(served.send(json), 406, "text/event-stream");
    ByteBuffer nan = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putFloat(Float.NaN);
    HttpResponse<String> started = served.post("/v1/listen" + LAYOUT, octets, nan.array());
    assertThat(started.body()).contains("event: problem").contains("\"status\":422");
  }

  /** Collects what comes over a socket. */
  private static final class Inbox implements WebSocket.Listener {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }
  }

  private static WebSocket open(String query, Inbox inbox) throws Exception {
    URI uri = URI.create("ws://127.0.0.1:" + served.server.port() + "/v1/listen" + query);
    return served.client.newWebSocketBuilder().buildAsync(uri, inbox).get(60, TimeUnit.SECONDS);
  }

  @Test
  void aSocketIsAnsweredHopByHopWhateverThePieces() throws Exception {
    Inbox inbox = new Inbox();
    WebSocket socket = open(LAYOUT, inbox);
    byte[] rgb = Samples.noise(7); // larger than a server's own bounds of messages
    assertThat(rgb.length).isGreaterThan(200_000);
    String view = Json.line(Json.object().put("rgb", Base64.getEncoder().encodeToString(rgb)));
    socket.sendText("{\"view\": " + view + "}", true).get(60, TimeUnit.SECONDS);
    byte[] samples = pcm(FOA);
    for (int at = 0; at < samples.length; at += 10_007) { // frames are torn
      int n = Math.min(10_007, samples.length - at);
      socket.sendBinary(ByteBuffer.wrap(samples, at, n), true).get(60, TimeUnit.SECONDS);
    }
    socket.sendText("{\"end\": true}", true).get(60, TimeUnit.SECONDS);

    assertThat(inbox.closed.get(120, TimeUnit.SECONDS)).isEqualTo(1000);
    View seen = ViewReader.read(ViewReader.Options.NOTHING.withRgb(new Picture("rgb", rgb))).view();
    assertThat(inbox.texts).isEqualTo(expected(seen));
  }

  @Test
  void aSocketTooManyIsRefusedAndADamagedViewIsNoted() throws Exception {
    Inbox first = new Inbox();
    WebSocket socket = open("", first);
    Inbox second = new Inbox();
    open("", second);
    assertThat(second.closed.get(60, TimeUnit.SECONDS)).isEqualTo(1013);
    assertThat(second.texts).hasSize(1);
    JsonNode problem = Json.MAPPER.readTree(second.texts.get(0)).path("problem");
    assertThat(problem.path("status").asInt()).isEqualTo(429);
    assertThat(problem.path("detail").asText()).contains("1 streams of one client");

    socket.sendText("{\"view\": {\"rgb\": \"bm9uZQ==\"}}", true).get(60, TimeUnit.SECONDS);
    socket.sendText("no JSON", true).get(60, TimeUnit.SECONDS);
    socket.sendText("{\"end\": true}", true).get(60, TimeUnit.SECONDS);
    assertThat(first.closed.get(60, TimeUnit.SECONDS)).isEqualTo(1000);
    assertThat(first.texts).hasSize(2);
    assertThat(first.texts.get(0)).contains("note").contains("rgb");
  }

  @Test
  void aSocketThatAsksForNonsenseIsNotToldToTryLater() throws Exception {
    Inbox inbox = new Inbox();
    open("?encoding=mp3", inbox);
    assertThat(inbox.closed.get(60, TimeUnit.SECONDS)).isEqualTo(1008);
    assertThat(inbox.texts.get(0)).contains("s16le");
  }

  @Test
  void aStreamWithoutSamplesIsEndedWithItsReason() throws Exception {
    Limits d = Limits.DEFAULT;
    Limits hasty =
        new Limits(
            d.bodyBytes(),
            d.memoryBytes(),
            1,
            d.answerSeconds(),
            d.soundSeconds(),
            d.pixels(),
            d.scenes(),
            d.queue(),
            d.requests(),
            d.requestsOfClient(),
            d.connections(),
            1,
            1,
            d.streamSeconds());
    ServerSettings settings = ServerSettings.DEFAULT.at("127.0.0.1", 0).with(hasty);
    try (HearsightServer server = HearsightServer.start(served.hearsight, settings);
        Raw raw = new Raw(server.port())) {
      String answer = raw.post("/v1/listen", "application/octet-stream", 1000).toTheEnd("\n\n");
      assertThat(answer).contains("event: problem").contains("no samples came for 1 s");
    }
  }

  @Test
  void aPageOfAnotherSiteOpensNoSocket() {
    URI uri = URI.create("ws://127.0.0.1:" + served.server.port() + "/v1/listen");
    assertThat(
            served
                .client
                .newWebSocketBuilder()
                .header("Origin", "https://evil.example")
                .buildAsync(uri, new Inbox())
                .handle((socket, error) -> error))
        .succeedsWithin(60, TimeUnit.SECONDS)
        .isNotNull();
  }
}
