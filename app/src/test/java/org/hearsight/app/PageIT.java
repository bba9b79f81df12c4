package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.Json;
import org.hearsight.inference.Hearsight;
import org.hearsight.page.PageFiles;
import org.hearsight.server.HearsightServer;
import org.hearsight.server.ServerSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page: what {@code export --page} writes, that what is committed is what its sources make, and
 * its own tests in Node and Chromium ({@code page/test}), which are held against Java's numbers.
 *
 * <p>Those need Node, Debian's Chromium and {@code npm ci --prefix page}; without them they are
 * reported as skipped, unless {@code HEARSIGHT_PAGE_TESTS} is {@code required}, as in CI.
 */
class PageIT {
  private static final Path SOURCES = Path.of("../page").toAbsolutePath().normalize();
  private static final Path RESOURCES = SOURCES.resolve("src/main/resources/page");
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("HEARSIGHT_CHROMIUM", "/usr/bin/chromium"));

  @TempDir static Path temp;

  @BeforeAll
  static void atHome() {
    System.setProperty("hearsight.home", SOURCES.getParent().toString());
  }

  @AfterAll
  static void leave() {
    System.clearProperty("hearsight.home");
  }

  @Test
  void aStaticPageIsWholeAndItsModelAnswers() throws IOException {
    Path page = exported();
    for (String name : PageFiles.names()) {
      assertThat(page.resolve(name)).isNotEmptyFile();
    }
    assertThat(page.resolve(PageFiles.ENGINE)).content().contains("\"browser\"");
    try (Hearsight model = Hearsight.load(page.resolve("model"), 1)) {
      assertThat(model.card().hasMap()).isTrue();
    }
  }

  @Test
  void otherFilesAreNotWrittenOver() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("taken"));
    Files.writeString(folder.resolve("letter.txt"), "dear");
    Cli.Result run = Cli.run("export", "--page", folder.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("holds files that are not a page's");
    assertThat(folder).isDirectoryContaining("glob:**letter.txt");
    assertThat(folder.resolve("model")).doesNotExist();
  }

  @Test
  void whatIsCommittedIsWhatTheSourcesMake() throws Exception {
    requireTools();
    node(Map.of(), "node_modules/typescript/bin/tsc", "--noEmit");
    Path built = temp.resolve("built");
    node(Map.of(), "build.mjs", built.toString());
    for (Path script : FolderListing.entries(built)) {
      assertThat(script).hasSameBinaryContentAs(RESOURCES.resolve(script.getFileName()));
    }
    ByteArrayOutputStream runtime = new ByteArrayOutputStream();
    PageFiles.writeRuntime(runtime);
    assertThat(SOURCES.resolve("node_modules/onnxruntime-web/dist").resolve(PageFiles.RUNTIME))
        .hasBinaryContent(runtime.toByteArray());
  }

  @Test
  void thePagesOwnTestsPass() throws Exception {
    requireTools();
    Path page = exported();
    Path goldens = temp.resolve("goldens.json");
    List<Map<String, Object>> samples =
        Json.read(page.resolve("samples/samples.json"), new TypeReference<>() {}, "build the page");
    List<String> names = samples.stream().map(s -> (String) s.get("id")).toList();
    PageGoldens.write(page.resolve("samples"), names, goldens);
    ServerSettings anyPort = ServerSettings.DEFAULT.at("127.0.0.1", 0);
    try (Hearsight model = Hearsight.load(2);
        HearsightServer server = HearsightServer.start(model, anyPort)) {
      node(
          Map.of(
              "PAGE_FOLDER", page.toString(),
              "PAGE_GOLDENS", goldens.toString(),
              "PAGE_SERVER", "http://127.0.0.1:" + server.port() + "/",
              "PAGE_CHROMIUM", CHROMIUM.toString()),
          "test.mjs");
    }
  }

  /** Exports the page once for all tests. */
  private static synchronized Path exported() {
    Path page = temp.resolve("page");
    if (!Files.exists(page)) {
      Cli.Result run = Cli.run("export", "--page", page.toString());
      assertThat(run.exit()).as(run.err()).isZero();
    }
    return page;
  }

  private static void requireTools() {
    List<String> missing = new ArrayList<>();
    if (!Files.isExecutable(CHROMIUM)) {
      missing.add(CHROMIUM.toString());
    }
    if (!Files.isDirectory(SOURCES.resolve("node_modules"))) {
      missing.add("page/node_modules (npm ci --prefix page)");
    }
    if (Stream.of(System.getenv("PATH").split(":", -1))
        .noneMatch(folder -> Files.isExecutable(Path.of(folder, "node")))) {
      missing.add("node");
    }
    if (!missing.isEmpty()) {
      String reason = "the page's tests need " + String.join(", ", missing);
      if ("required".equals(System.getenv("HEARSIGHT_PAGE_TESTS"))) {
        fail(reason);
      }
      abort(reason);
    }
  }

  private static void node(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(SOURCES.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
