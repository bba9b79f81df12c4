package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hearsight.benchmarks.row.Sample;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Commands that are asked to end while ONNX Runtime works, and what they leave; {@code
 * tools/faults/signals.py} does the same a hundred times with every command.
 */
class StopIT {
  @TempDir private static Path folder;
  private static Path temporary;
  private static Processes processes;
  private static Sample sample;

  @BeforeAll
  static void make() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    processes =
        new Processes(
            Files.createDirectory(folder.resolve("logs")), "-Djava.io.tmpdir=" + temporary);
    TorchEngine engine = TorchEngine.start(2);
    Path seld = EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld")).folder();
    Path resnet50 = EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50")).folder();
    sample = Sample.make(null, seld, resnet50, folder.resolve("sample"), 2, Progress.SILENT);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(names(temporary)).isEmpty();
    assertThat(names(folder.resolve("logs"))).noneMatch(name -> name.startsWith("hs_err"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(f -> f.getFileName().toString()).toList();
    }
  }

  private static Object[] imagine(Object... more) {
    Scenario.Files files = sample.scenario().files();
    Object[] command = {
      "imagine",
      "--model",
      sample.model(),
      "--audio",
      sample.store().resolve(files.audio()),
      "--rgb",
      sample.store().resolve(files.rgb())
    };
    return Stream.concat(Stream.of(command), Stream.of(more)).toArray();
  }

  @Test
  void anAnswerLeavesNothing() throws IOException, InterruptedException {
    Cli.Result answer = processes.run(imagine());

    assertThat(answer.exit()).as(answer.err()).isZero();
    assertThat(answer.err()).isEmpty();
  }

  private static Object[] listen(Object... more) {
    Object[] command = imagine(more);
    command[0] = "listen";
    return command;
  }

  @Test
  void aStreamIsAnsweredHopByHopToItsEnd() throws IOException, InterruptedException {
    Cli.Result heard = processes.run(listen("--json", "--timings"));

    assertThat(heard.exit()).as(heard.err()).isZero();
    List<JsonNode> hops = new ArrayList<>();
    for (String line : heard.out().lines().toList()) {
      hops.add(Json.MAPPER.readTree(line));
    }
    hops.removeIf(hop -> !hop.has("sequence")); // what ends with the stream has none
    assertThat(hops).hasSizeBetween(40, 50);
    for (int i = 0; i < hops.size(); i++) {
      int sequence = 50 - hops.size() + 1 + i;
      assertThat(hops.get(i).path("sequence").asInt()).isEqualTo(sequence);
      assertThat(hops.get(i).path("seconds").asDouble()).isEqualTo(sequence / 10.0);
      assertThat(hops.get(i).path("dropped").asInt()).isZero();
      assertThat(hops.get(i).has("captured")).isFalse();
    }
    JsonNode whole = Json.MAPPER.readTree(processes.run(imagine("--json")).out());
    assertThat(hops.get(hops.size() - 1).path("probabilities"))
        .isEqualTo(whole.path("probabilities"));
    assertThat(heard.err()).contains("listening", hops.size() + " answers; a hop took ");
  }

  @Test
  void listeningEndsAtCtrlC() throws IOException, InterruptedException {
    assumeFalse(isIgnored("INT"), "whoever runs the tests ignores SIGINT");
    Cli.Result stopped =
        processes.signalWhen(
            "INT", said -> said.contains("listening"), listen("--json", "--realtime"));

    assertThat(stopped.exit()).as(stopped.err()).isEqualTo(130);
    assertThat(stopped.errLines()).contains("hearsight: stopped");
  }

  @ParameterizedTest(name = "SIG{0}, {2} ms after the library was unpacked")
  @CsvSource({
    "TERM, 143, 0", "TERM, 143, 150", "TERM, 143, 300", "TERM, 143, 450",
    "INT, 130, 0", "INT, 130, 200", "INT, 130, 400", "HUP, 129, 100"
  })
  void workEndsBeforeTheProcess(String signal, int code, long millis)
      throws IOException, InterruptedException {
    assumeFalse(isIgnored(signal), "whoever runs the tests ignores SIG" + signal);
    long[] loaded = new long[1];

    Cli.Result stopped =
        processes.signalWhen(
            signal,
            said -> {
              loaded[0] = loaded[0] == 0 && anyIn(temporary) ? System.nanoTime() : loaded[0];
              return loaded[0] != 0 && System.nanoTime() - loaded[0] >= millis * 1_000_000;
            },
            "evaluate",
            "--model",
            sample.model(),
            "--data",
            sample.store().folder(),
            "--split",
            "train");

    assertThat(stopped.exit()).as(stopped.err()).isEqualTo(code);
    assertThat(stopped.out()).isEmpty();
    assertThat(stopped.errLines())
        .filteredOn(line -> line.startsWith("hearsight:"))
        .containsExactly("hearsight: stopped");
  }

  private static boolean anyIn(Path folder) {
    try {
      return !names(folder).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** What ignores a signal hands that on to the processes that it starts. */
  private static boolean isIgnored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status));
    int bit = List.of("HUP", "INT").indexOf(signal);
    return bit >= 0
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(
                line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> bit & 1) == 1);
  }

  @Test
  void anAnswerThatIsLostIsNoSuccess() throws IOException, InterruptedException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));

    for (Object[] command : new Object[][] {imagine("--json"), {"--version"}, {"--help"}}) {
      Cli.Result lost = processes.runInto(full, command);

      assertThat(lost.exit()).as(lost.err()).isEqualTo(1);
      assertThat(lost.errLines())
          .singleElement()
          .asString()
          .startsWith("hearsight: standard output: cannot be written: ");
    }
  }

  @Test
  void aReaderThatGoesIsNoFault() throws IOException, InterruptedException {
    Cli.Result unread = processes.runUnread("--help");

    assertThat(unread.exit()).isEqualTo(141);
    assertThat(unread.err()).isEmpty();
  }

  @Test
  void aTemporaryFolderThatCannotBeWrittenIsNamed() throws IOException, InterruptedException {
    Path none = folder.resolve("none");
    Processes without = new Processes(folder.resolve("logs"), "-Djava.io.tmpdir=" + none);

    Cli.Result refused = without.run(imagine());

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.errLines())
        .singleElement()
        .asString()
        .startsWith("hearsight: " + none + ": cannot be written: ")
        .contains("-Djava.io.tmpdir=FOLDER");
  }
}
