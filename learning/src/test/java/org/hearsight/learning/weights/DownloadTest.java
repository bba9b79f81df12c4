package org.hearsight.learning.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  @TempDir Path folder;

  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private byte[] content;

  @BeforeEach
  void serve() throws IOException {
    content = new byte[200_000];
    new SplittableRandom(1).nextBytes(content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/file",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/file");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext(
        "/short",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 1000);
          exchange.close();
        });
    server.createContext(
        "/stalls",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 1000);
          exchange.getResponseBody().flush();
          sleep();
          exchange.close();
        });
    server.createContext(
        "/silent",
        exchange -> {
          sleep();
          exchange.close();
        });
    server.setExecutor(threads);
    server.start();
  }

  /** Until the test is over. */
  private void sleep() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdown();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private String sha256() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private Path fetch(String path, String sha256) {
    return fetch(path, sha256, Duration.ofSeconds(20));
  }

  private Path fetch(String path, String sha256, Duration patience) {
    return Download.fetch(
        "a.pth", sha256, uri(path), "fetch it", patience, folder, Progress.SILENT);
  }

  @Test
  void keepsAFileOfTheRightChecksumAndFetchesItOnce() throws Exception {
    Path file = fetch("/moved", sha256().substring(0, 8));

    assertThat(file).isEqualTo(folder.resolve("a.pth")).hasBinaryContent(content);
    assertThat(fetch("/file", sha256())).isEqualTo(file);
    assertThat(requests).hasValue(1);
  }

  @Test
  void leavesNothingOfAWrongFile() {
    assertThatThrownBy(() -> fetch("/file", "0676ba61"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sha256: ")
        .hasMessageContaining("expected 0676ba61");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void leavesNothingOfABrokenOffOrRefusedDownload() throws Exception {
    String sha256 = sha256();
    assertThatThrownBy(() -> fetch("/short", sha256))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("broke off");
    assertThatThrownBy(() -> fetch("/nothing", sha256)).hasMessageContaining("status: 404");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void waitsForNoServerForEver() throws Exception {
    String sha256 = sha256();
    // Long enough for the head of the answer to be there, however busy the machine is.
    assertThatThrownBy(() -> fetch("/stalls", sha256, Duration.ofSeconds(5)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("broke off");
    assertThatThrownBy(() -> fetch("/silent", sha256, Duration.ofMillis(300)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no network, or nobody answers there");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesAWrongFileThatIsThereAlready() throws Exception {
    Files.writeString(folder.resolve("a.pth"), "else");
    String sha256 = sha256();
    assertThatThrownBy(() -> fetch("/file", sha256))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("delete the file");
    assertThat(folder.resolve("a.pth")).hasContent("else");
  }

  @Test
  void saysPlainlyThatThereIsNoNetwork() {
    URI nobody = uri("/file");
    server.stop(0);
    assertThatThrownBy(
            () -> Download.fetch(KnownCheckpoint.RESNET50, nobody, folder, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no network, or nobody answers there")
        .hasMessageContaining("https://download.pytorch.org/models/resnet50-0676ba61.pth")
        .hasMessageNotContaining("\n");
    URI unknown = URI.create("http://host.invalid/file");
    assertThatThrownBy(
            () -> Download.fetch(KnownCheckpoint.DCASE2024, unknown, folder, Progress.SILENT))
        .hasMessageContaining("no network, or nobody answers there");
    assertThatThrownBy(
            () ->
                Download.fetch(
                    KnownCheckpoint.DCASE2024,
                    URI.create("ftp://host/file"),
                    folder,
                    Progress.SILENT))
        .hasMessageContaining("is not an http or https address");
  }

  @Test
  void knownCheckpointsHaveNamesAndFiles() {
    assertThat(KnownCheckpoint.of("resnet50").fileName()).isEqualTo("resnet50-0676ba61.pth");
    assertThat(KnownCheckpoint.of("resnet50-v2").fileName()).isEqualTo("resnet50-11ad3fa6.pth");
    assertThat(KnownCheckpoint.of("dcase2024").sha256()).hasSize(64);
    assertThatThrownBy(() -> KnownCheckpoint.of("vgg"))
        .hasMessageContaining("resnet50, resnet50-v2, dcase2024");
  }

  @Test
  void findsWhatPyTorchDownloaded() throws IOException {
    Path home = Path.of("/home/a");
    assertThat(TorchCache.folder(Map.of(), home))
        .isEqualTo(home.resolve(".cache/torch/hub/checkpoints"));
    assertThat(TorchCache.folder(Map.of("XDG_CACHE_HOME", "/c"), home))
        .isEqualTo(Path.of("/c/torch/hub/checkpoints"));
    assertThat(TorchCache.folder(Map.of("XDG_CACHE_HOME", "/c", "TORCH_HOME", "/t"), home))
        .isEqualTo(Path.of("/t/hub/checkpoints"));

    Files.write(folder.resolve("resnet50-zz.pth"), "b".getBytes(UTF_8));
    Files.write(folder.resolve("resnet18-aa.pth"), "b".getBytes(UTF_8));
    assertThat(TorchCache.resnet50(folder)).isEqualTo(folder.resolve("resnet50-zz.pth"));
    Files.write(folder.resolve("resnet50-11ad3fa6.pth"), "b".getBytes(UTF_8));
    assertThat(TorchCache.resnet50(folder)).isEqualTo(folder.resolve("resnet50-11ad3fa6.pth"));
    Files.write(folder.resolve("resnet50-0676ba61.pth"), "b".getBytes(UTF_8));
    assertThat(TorchCache.resnet50(folder)).isEqualTo(folder.resolve("resnet50-0676ba61.pth"));
    assertThatThrownBy(() -> TorchCache.resnet50(folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("import --download resnet50");
  }
}
