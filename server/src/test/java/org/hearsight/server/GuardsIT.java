package org.hearsight.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.inference.Hearsight;
import org.hearsight.server.guard.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, what is said of the server, and what is kept of requests. */
class GuardsIT {
  private static final String TOKEN = "0123456789abcdef-right";
  private static final String SITE = "https://example.org";
  private static final byte[] WAV = Samples.wav(Samples.foa(1, 2));

  private static Served served;

  @BeforeAll
  static void start() {
    served = Served.start(s -> s.with(Tokens.of(List.of("x", TOKEN))).withOrigins(List.of(SITE)));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static HttpRequest.Builder authorized(String path) {
    return served.request(path).header("Authorization", "Bearer " + TOKEN);
  }

  @Test
  void onlyThoseWithATokenAreAnswered() throws Exception {
    HttpResponse<String> none = served.post("/v1/imagine", "audio/wav", WAV);
    ImagineIT.assertRefused(none, 401, "Bearer");
    assertThat(none.headers().firstValue("WWW-Authenticate")).isPresent();
    HttpRequest.Builder wrong =
        served.request("/v1/model").header("Authorization", "Bearer 0123456789abcdef-wrong");
    ImagineIT.assertRefused(served.send(wrong.build()), 401, "Bearer");
    assertThat(served.get("/v2/models/hearsight").statusCode()).isEqualTo(401);
    assertThat(served.get("/metrics").statusCode()).isEqualTo(401);

    assertThat(served.send(authorized("/v1/model").build()).statusCode()).isEqualTo(200);
    for (String open : List.of("/healthz", "/readyz", "/v2/health/live", "/openapi.json")) {
      assertThat(served.get(open).statusCode()).as(open).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics/",
        "//metrics",
        "/%6detrics",
        "/metrics;x=1",
        "/METRICS",
        "/v1/model/",
        "/v1//model",
        "//v1/model",
        "/%76%31/model",
        "/v1%2fmodel",
        "/v1;x/model",
        "/./v1/model",
        "/docs/../v1/model",
        "/v2/",
        "/v2/health/../models/hearsight",
        "/v2/health/%2e%2e/models/hearsight/"
      })
  void noSpellingOfAnAddressGoesPastTheToken(String path) throws Exception {
    try (Raw raw = new Raw(served.server.port())) {
      String answer = raw.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").answer();
      assertThat(answer).containsPattern("^HTTP/1.1 (400|401|404) ");
    }
  }

  @Test
  void pagesOfOtherSitesAreRefusedUnlessTheyWereNamed() throws Exception {
    HttpRequest other = authorized("/v1/model").header("Origin", "https://evil.example").build();
    ImagineIT.assertRefused(served.send(other), 403, "--cors");

    HttpResponse<String> named =
        served.send(authorized("/v1/model").header("Origin", SITE).build());
    assertThat(named.statusCode()).isEqualTo(200);
    assertThat(named.headers().firstValue("Access-Control-Allow-Origin")).hasValue(SITE);

    HttpRequest preflight =
        served
            .request("/v1/imagine")
            .header("Origin", SITE)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> allowed = served.send(preflight);
    assertThat(allowed.statusCode()).as(allowed.body()).isLessThan(300);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValueSatisfying(h -> assertThat(h).containsIgnoringCase("authorization"));
  }

  @Test
  void itsOwnPageMayAsk() throws Exception {
    String own = "http://127.0.0.1:" + served.server.port();
    HttpRequest request = authorized("/v1/model").header("Origin", own).build();
    assertThat(served.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void theDocumentHasWhatThereIsAndNothingElse() throws Exception {
    JsonNode document = Served.json(served.get("/openapi.json"));
    assertThat(document.path("openapi").asText()).startsWith("3.1");
    Set<String> operations = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (Set.of("get", "post").contains(method)) {
                            operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    operations.remove("GET /v1/listen"); // the WebSocket
    Set<String> there = new TreeSet<>(served.server.addresses());
    there.removeIf(address -> address.contains("/docs"));
    assertThat(operations).isEqualTo(there);
    assertThat(unresolved(document, document)).isEmpty();
  }

  private static List<String> unresolved(JsonNode node, JsonNode document) {
    List<String> missing = new ArrayList<>();
    for (JsonNode reference : node.findValues("$ref")) {
      if (document.at(reference.asText().substring(1)).isMissingNode()) {
        missing.add(reference.asText());
      }
    }
    return missing;
  }

  @Test
  void thePageOfTheDocumentAsksNoOtherHost() throws Exception {
    assertThat(served.get("/docs").headers().firstValue("Location")).hasValue("/docs/index.html");
    HttpResponse<String> page = served.get("/docs/index.html");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui-bundle.js").doesNotContain("http");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
    for (String file : List.of("swagger-ui-bundle.js", "swagger-ui.css", "start.js")) {
      assertThat(served.get("/docs/" + file).statusCode()).as(file).isEqualTo(200);
    }
    assertThat(served.get("/docs/..%2fopenapi.json").statusCode()).isIn(400, 404);
  }

  @Test
  void theLogSaysWhoAskedWhatAndNothingOfTheRecording() throws Exception {
    served.log.clear();
    HttpRequest request =
        authorized("/v1/imagine?foa_format=ambix")
            .header("Content-Type", "audio/wav")
            .POST(HttpRequest.BodyPublishers.ofByteArray(WAV))
            .build();
    assertThat(served.send(request).statusCode()).isEqualTo(200);

    assertThat(served.log).hasSize(1);
    JsonNode line = Json.MAPPER.readTree(served.log.get(0));
    assertThat(line.path("client").asText()).isEqualTo("token 2");
    assertThat(line.path("path").asText()).isEqualTo("/v1/imagine");
    assertThat(line.path("status").asInt()).isEqualTo(200);
    assertThat(line.path("sent_bytes").asInt()).isEqualTo(WAV.length);
    assertThat(served.log.get(0)).doesNotContain(TOKEN, "RIFF", "ambix").hasSizeLessThan(400);
  }

  @Test
  void countsAreThere() throws Exception {
    String ignored = served.get("/v1/model").body();
    String metrics = served.send(authorized("/metrics").build()).body();
    assertThat(metrics)
        .contains("hearsight_http_requests_seconds_bucket{route=")
        .contains("hearsight_queue_scenes ")
        .contains("hearsight_batch_scenes_count ")
        .contains("hearsight_rejections_total{")
        .contains("jvm_memory_used_bytes");
    assertThat(ignored).isNotEmpty();
  }

  @Test
  void theSameKeySpeaksTls(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                "secret-pw",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    ServerSettings settings = ServerSettings.DEFAULT.at("127.0.0.1", 0);
    Hearsight hearsight = served.hearsight;

    try (HearsightServer server =
        HearsightServer.start(
            hearsight, settings.with(new ServerSettings.Tls(keys, "secret-pw")))) {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(keys)).build();
      URI uri = URI.create("https://127.0.0.1:" + server.port() + "/readyz");
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
    assertThatThrownBy(
            () ->
                HearsightServer.start(
                    hearsight, settings.with(new ServerSettings.Tls(keys, "wrong"))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another password");
  }

  private static SSLContext trusting(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = InputFile.stream(keys)) {
      store.load(in, "secret-pw".toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("k", store.getCertificate("k"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void anAddressThatIsTakenIsRefusedInALine() {
    assertThatThrownBy(
            () ->
                HearsightServer.start(
                    served.hearsight, ServerSettings.DEFAULT.at("127.0.0.1", served.server.port())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be listened at")
        .hasMessageContaining("--port");
  }
}
