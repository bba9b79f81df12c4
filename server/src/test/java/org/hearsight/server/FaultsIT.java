package org.hearsight.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.hearsight.core.file.Json;
import org.hearsight.server.guard.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever one client does, the others get their answers, and right ones. */
class FaultsIT {
  private static final float[][] FOA = Samples.foa(1, 2);
  private static final byte[] WAV = Samples.wav(FOA);

  /** A body of a MiB, six seconds until it is there, four requests at once, three of a client. */
  private static final Limits TIGHT =
      new Limits(1 << 20, 3 << 20, 6, 60, 60, 200_000, 4, 8, 4, 3, 64, 1, 1, 60);

  private static Served served;
  private static String expected;

  @BeforeAll
  static void start() throws Exception {
    served = Served.start(s -> s.with(TIGHT));
    expected = answer();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static String answer() throws Exception {
    HttpResponse<String> response = served.post("/v1/imagine?map=false", "audio/wav", WAV);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  /** After each fault the next client is answered as the first was, and nothing is held. */
  @AfterEach
  void theNextIsAnswered() throws Exception {
    assertThat(answer()).isEqualTo(expected);
    awaitNoLoad();
  }

  private static void awaitNoLoad() throws InterruptedException {
    for (int i = 0; i < 600 && served.server.load() != 0; i++) {
      Thread.sleep(50);
    }
    assertThat(served.server.load()).isZero();
  }

  private static int port() {
    return served.server.port();
  }

  @Test
  void whatSaysItIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
    try (Raw raw = new Raw(port())) {
      String answer = raw.post("/v1/imagine", "audio/wav", 2L << 30).answer();
      assertThat(answer).startsWith("HTTP/1.1 413").contains("1048576 bytes");
    }
  }

  private static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  @Test
  void whatDoesNotSayItIsTooLargeIsCutOff() throws Exception {
    try (Raw raw = new Raw(port())) {
      raw.send(
          head(
              "POST /v1/imagine HTTP/1.1",
              "Host: localhost",
              "Content-Type: audio/wav",
              "Transfer-Encoding: chunked"));
      byte[] chunk = ("40000\r\n" + "x".repeat(0x40000) + "\r\n").getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 5; i++) {
        raw.send(chunk);
      }
      assertThat(raw.answer()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void whoStallsIsLetGoAndWhoVanishesIsForgotten() throws Exception {
    try (Raw stalls = new Raw(port());
        Raw dribbles = new Raw(port())) {
      stalls.post("/v1/imagine", "audio/wav", WAV.length).send(Arrays.copyOf(WAV, 1000));
      dribbles.post("/v1/imagine", "audio/wav", WAV.length);
      assertThat(answer()).isEqualTo(expected);
      try (Raw vanishes = new Raw(port())) {
        vanishes.post("/v1/imagine", "audio/wav", WAV.length).send(Arrays.copyOf(WAV, 5000));
      }
      assertThat(stalls.answer()).startsWith("HTTP/1.1 408").contains("within 6 s");
      assertThat(isLetGo(dribbles)).isTrue();
    }
  }

  /** Sends a byte now and then, less often than would be idle, until the server has had enough. */
  private static boolean isLetGo(Raw dribbles) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      try {
        dribbles.send(new byte[1]);
      } catch (IOException closed) {
        return true;
      }
      Thread.sleep(300);
    }
    return false;
  }

  @Test
  void aFloodIsRefusedWithTheTimeToComeBack() throws Exception {
    List<Raw> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        stalled.add(new Raw(port()).post("/v1/imagine", "audio/wav", WAV.length));
      }
      for (int i = 0; i < 200 && served.server.load() < 3; i++) {
        Thread.sleep(10);
      }
      HttpResponse<String> refused = served.post("/v1/imagine", "audio/wav", WAV);
      ImagineIT.assertRefused(refused, 429, "at most 3");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
    } finally {
      for (Raw raw : stalled) {
        raw.close();
      }
    }
    // All places of this client were taken, and each is free when the server reads that its
    // connection was cut: until then one request more of the same client is rightly refused.
    awaitNoLoad();
  }

  @Test
  void aPictureThatUnpacksToGigabytesIsRefusedByItsHead() throws Exception {
    byte[] bomb = bomb(60_000, 60_000);
    assertThat(bomb.length).isLessThan(200_000);
    for (String field : List.of("rgb", "depth", "occlusion")) {
      HttpResponse<String> response =
          served.post("/v1/imagine", new Parts().file("audio", WAV).file(field, bomb));
      ImagineIT.assertRefused(response, 422, "60000 x 60000 pixels, at most 0.2 million");
    }
    // A small head before a large body: what comes after the picture's size is not unpacked.
    HttpResponse<String> lie =
        served.post("/v1/imagine", new Parts().file("audio", WAV).file("rgb", lie(bomb)));
    assertThat(lie.statusCode()).isIn(200, 422);
  }

  /** A PNG of zeros, of which so many rows are there. */
  private static byte[] bomb(int width, int height) {
    Deflater deflater = new Deflater(9);
    deflater.setInput(new byte[50_000_000]);
    deflater.finish();
    byte[] packed = new byte[200_000];
    int n = deflater.deflate(packed);
    deflater.end();
    ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    chunk(png, "IHDR", head.array());
    chunk(png, "IDAT", Arrays.copyOf(packed, n));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] typed = new byte[4 + data.length];
    System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, typed, 0, 4);
    System.arraycopy(data, 0, typed, 4, data.length);
    CRC32 sum = new CRC32();
    sum.update(typed);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(typed);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private static byte[] lie(byte[] bomb) {
    byte[] small = bomb(100, 100);
    assertThat(small).hasSameSizeAs(bomb);
    return small;
  }

  @Test
  void soundThatLiesAboutItselfIsRefusedOrRead() throws Exception {
    ByteBuffer wav = ByteBuffer.wrap(WAV.clone()).order(ByteOrder.LITTLE_ENDIAN);
    byte[] hundredsOfChannels = wav.duplicate().putShort(22, (short) 0x7fff).array().clone();
    byte[] endlessRate =
        ByteBuffer.wrap(WAV.clone())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(24, Integer.MAX_VALUE)
            .array();
    byte[] nan =
        ByteBuffer.wrap(WAV.clone())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(WAV.length - 4, Float.NaN)
            .array();
    for (byte[] lie :
        List.of(
            hundredsOfChannels, endlessRate, nan, Arrays.copyOf(WAV, 44), Arrays.copyOf(WAV, 9))) {
      HttpResponse<String> response = served.post("/v1/imagine", "audio/wav", lie);
      assertThat(response.statusCode()).as(response.body()).isIn(413, 415, 422);
    }
    HttpResponse<String> slow =
        served.post("/v1/imagine", "audio/wav", Samples.wav(new float[4][10_000], 100));
    assertThat(slow.statusCode()).as(slow.body()).isIn(413, 422);
  }

  @Test
  void whatIsNotHttpIsRefusedInAProblem() throws Exception {
    for (String nonsense :
        List.of(
            "NONSENSE\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "GET /v1/model HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
            "POST /v1/imagine HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
            head(
                    "POST /v1/imagine HTTP/1.1",
                    "Host: localhost",
                    "Content-Length: 1",
                    "Transfer-Encoding: chunked")
                + "zz\r\n")) {
      try (Raw raw = new Raw(port())) {
        String answer = raw.send(nonsense).answer();
        assertThat(answer).as(nonsense.substring(0, 8)).containsPattern("^HTTP/1.1 [45]\\d\\d");
        assertThat(answer).contains("application/problem+json").doesNotContain("Jetty");
      }
    }
  }

  @Test
  void bodiesThatWereDamagedAnyhowAreRefusedOrAnswered() throws Exception {
    long seed = Long.getLong("fuzz.seed", 1);
    int count = Integer.getInteger("fuzz.bodies", 300); // tools/faults/fuzz.sh asks for more
    Fuzz fuzz = new Fuzz(seed);
    for (int i = 0; i < count; i++) {
      Fuzz.Body body = fuzz.next();
      HttpResponse<String> response = served.post(body.path(), body.type(), body.bytes());
      assertThat(response.statusCode())
          .as("body %d of seed %d, %s: %s", i, seed, body.path(), response.body())
          .isIn(200, 400, 406, 408, 413, 415, 422);
      if (i % 50 == 0) {
        assertThat(answer()).isEqualTo(expected);
      }
    }
  }

  @Test
  void neighboursGetTheirOwnAnswers() throws Exception {
    List<byte[]> clips = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      clips.add(Samples.wav(Samples.foa(20 + i, 2)));
      alone.add(served.post("/v1/imagine?map=false", "audio/wav", clips.get(i)).body());
    }
    List<CompletableFuture<HttpResponse<String>>> together = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      HttpRequest request =
          served
              .request("/v1/imagine?map=false")
              .header("Content-Type", "audio/wav")
              .POST(HttpRequest.BodyPublishers.ofByteArray(clips.get(i % 6)))
              .build();
      together.add(served.client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    }
    int answered = 0;
    for (int i = 0; i < together.size(); i++) {
      HttpResponse<String> response = together.get(i).get();
      assertThat(response.statusCode()).isIn(200, 429);
      if (response.statusCode() == 200) {
        JsonNode single = Served.json(response);
        Near.assertNear(single, Json.MAPPER.readTree(alone.get(i % 6)));
        answered++;
      }
    }
    assertThat(answered).isPositive();
  }

  @Test
  void whoVanishesAmidTheAnswerDoesNotKeepTheServerFromStopping() throws Exception {
    try (Served other = Served.start()) {
      // An answer of a megabyte, of which the network holds a part.
      try (Raw vanishes = Raw.withLittleRoom(other.server.port())) {
        vanishes.send("GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(vanishes.first()).isEqualTo('H');
        vanishes.vanish();
      }
      assertThat(other.post("/v1/imagine", "audio/wav", WAV).statusCode()).isEqualTo(200);
      assertThat(other.server.drain(Duration.ofSeconds(30))).isTrue();
    }
  }

  @Test
  void whatWasLetInIsAnsweredWhenItStops() throws Exception {
    try (Served other = Served.start()) {
      List<CompletableFuture<HttpResponse<String>>> inHand = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        HttpRequest request =
            other
                .request("/v1/imagine?map=false")
                .header("Content-Type", "audio/wav")
                .POST(HttpRequest.BodyPublishers.ofByteArray(WAV))
                .build();
        inHand.add(other.client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      for (int i = 0; i < 2000 && other.server.load() == 0; i++) {
        Thread.sleep(1);
      }
      boolean drained = other.server.drain(Duration.ofSeconds(60));

      assertThat(drained).isTrue();
      ImagineIT.assertRefused(other.get("/readyz"), 503, "stopping");
      ImagineIT.assertRefused(other.post("/v1/imagine", "audio/wav", WAV), 503, "stopping");
      int answered = 0;
      for (CompletableFuture<HttpResponse<String>> each : inHand) {
        HttpResponse<String> response = each.get();
        assertThat(response.statusCode()).isIn(200, 503);
        answered += response.statusCode() == 200 ? 1 : 0;
      }
      assertThat(answered).isPositive();
    }
  }

  /** A reset would take the refusal away from whoever still sends. */
  @Test
  void aRefusalReachesWhoStillSends() throws Exception {
    byte[] large = new byte[8 * WAV.length];
    try (Served other = Served.start()) {
      other.server.drain(Duration.ofSeconds(60));
      for (int i = 0; i < 60; i++) {
        ImagineIT.assertRefused(other.post("/v1/imagine", "audio/wav", large), 503, "stopping");
      }
    }
  }
}
