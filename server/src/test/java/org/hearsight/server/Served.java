package org.hearsight.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.hearsight.core.file.Json;
import org.hearsight.inference.Hearsight;

/** The model that ships behind a server of its own, asked over HTTP. */
final class Served implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  final Hearsight hearsight;
  final HearsightServer server;
  final HttpClient client = HttpClient.newHttpClient();
  final List<String> log = new CopyOnWriteArrayList<>();

  private Served(UnaryOperator<ServerSettings> settings) {
    System.setProperty("hearsight.home", Path.of("..").toAbsolutePath().toString());
    hearsight = Hearsight.load(2);
    server =
        HearsightServer.start(
            hearsight,
            settings.apply(ServerSettings.DEFAULT.at("127.0.0.1", 0).withAccessLog(log::add)));
  }

  static Served start() {
    return new Served(settings -> settings);
  }

  static Served start(UnaryOperator<ServerSettings> settings) {
    return new Served(settings);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(LONGEST);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  HttpResponse<String> post(String path, Parts parts) throws IOException, InterruptedException {
    return send(post(request(path), parts));
  }

  static HttpRequest post(HttpRequest.Builder request, Parts parts) {
    return request
        .header("Content-Type", parts.contentType())
        .POST(HttpRequest.BodyPublishers.ofByteArray(parts.bytes()))
        .build();
  }

  HttpResponse<String> post(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.MAPPER.readTree(response.body());
  }

  @Override
  public void close() {
    server.close();
    hearsight.close();
  }
}
