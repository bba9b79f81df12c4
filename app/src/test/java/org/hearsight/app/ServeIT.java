package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code serve}: a process that is asked, stopped, and killed. */
class ServeIT {
  private static final Pattern LISTENING = Pattern.compile("listening at (http://127\\S+)");
  private static final int SIGTERM = 143;

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  private Processes processes(String... options) {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = "-Dhearsight.home=" + Path.of("..").toAbsolutePath().normalize();
    return new Processes(folder, all);
  }

  private byte[] wav() throws IOException {
    Path file = folder.resolve("foa.wav");
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, new float[4][Foa.SAMPLE_RATE]), Encoding.PCM_16);
    return Files.readAllBytes(file);
  }

  @Test
  void whatWasTakenIsAnsweredBeforeTheProcessEnds() throws Exception {
    byte[] wav = wav();
    CompletableFuture<String> answer = new CompletableFuture<>();
    boolean[] asked = {false};

    Cli.Result ended =
        processes()
            .stopWhen(
                said -> {
                  Matcher listening = LISTENING.matcher(said);
                  if (!listening.find()) {
                    return false;
                  }
                  URI server = URI.create(listening.group(1));
                  if (!asked[0]) {
                    asked[0] = true;
                    new Thread(() -> askSlowly(server, wav, answer)).start();
                  }
                  return get(server, "/metrics").body().contains("hearsight_requests 1.0");
                },
                "serve",
                "--port",
                0,
                "--threads",
                2);

    assertThat(answer.get(60, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200").contains("\"class\"");
    assertThat(ended.exit()).as(ended.err()).isEqualTo(SIGTERM);
    assertThat(ended.err()).contains("requests in hand are answered first");
    JsonNode last = null;
    for (String line : ended.out().lines().toList()) {
      JsonNode entry = Json.MAPPER.readTree(line);
      last = entry.path("path").asText().equals("/v1/imagine") ? entry : last;
    }
    assertThat(last).isNotNull();
    assertThat(last.path("status").asInt()).isEqualTo(200);
  }

  /** Sends half of a request, and the rest when the server has been asked to stop. */
  private void askSlowly(URI server, byte[] wav, CompletableFuture<String> answer) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      String head =
          "POST /v1/imagine HTTP/1.1\r\nHost: localhost\r\nContent-Type: audio/wav\r\n"
              + "Connection: close\r\nContent-Length: "
              + wav.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(wav, 0, 1000);
      socket.getOutputStream().flush();
      for (int i = 0; i < 1000 && get(server, "/readyz").statusCode() == 200; i++) {
        Thread.sleep(10);
      }
      socket.getOutputStream().write(wav, 1000, wav.length - 1000);
      socket.getOutputStream().flush();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      answer.complete(all.toString(StandardCharsets.UTF_8));
    } catch (IOException | InterruptedException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private HttpResponse<String> get(URI server, String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(server.resolve(path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void otherCommandsLoadNothingOfTheServer() throws Exception {
    Cli.Result version = processes("-Xlog:class+load:stdout").run("imagine", "--help");

    assertThat(version.exit()).as(version.err()).isZero();
    assertThat(version.out())
        .contains("org.hearsight.app.Hearsight")
        .doesNotContain("io.javalin.", "org.eclipse.jetty.", "io.micrometer.", "kotlin.");
  }

  @Test
  void wrongUsageAndTakenAddressesAreOneLine() throws Exception {
    Cli.Result origin = Cli.run("serve", "--cors", "example");
    assertThat(origin.exit()).isEqualTo(2);
    assertThat(origin.err()).contains("https://example.org").hasLineCount(1);
    Cli.Result limit = Cli.run("serve", "--max-queue", 0);
    assertThat(limit.exit()).isEqualTo(2);
    Cli.Result tokens = Cli.run("serve", "--token-file", folder.resolve("none"));
    assertThat(tokens.exit()).isEqualTo(1);
    assertThat(tokens.err()).contains("does not exist").hasLineCount(1);
  }
}
