package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} or a request to stop, the same command again, the same bytes as without. */
class KillResumeIT {
  /** 128 and the signal's number, as a shell has it: ended by SIGTERM, not by a crash. */
  private static final int TERMINATED = 143;

  @TempDir private static Path folder;
  private static Processes processes;
  private static Path data;

  @BeforeAll
  static void simulate() throws IOException, InterruptedException {
    processes = new Processes(folder);
    data = folder.resolve("data");
    assertThat(processes.run(simulateInto(data)).exit()).isZero();
  }

  private static Object[] simulateInto(Path to) {
    return new Object[] {
      "simulate",
      "--train",
      5,
      "--validation",
      2,
      "--test",
      1,
      "--seed",
      4,
      "--workers",
      2,
      "--to",
      to
    };
  }

  @Test
  void aKilledSimulationGoesOnToTheSameBytes() throws IOException, InterruptedException {
    Path killed = folder.resolve("killed-data");
    Path journal = killed.resolve(".unfinished");
    processes.killWhen(() -> files(journal).size() >= 3, simulateInto(killed));
    assertThat(killed.resolve("scenarios.jsonl")).doesNotExist();
    Set<Path> finished = files(journal);

    Cli.Result stopped =
        processes.stopWhen(said -> files(journal).size() > finished.size(), simulateInto(killed));
    assertStopped(stopped, "run the same command again to go on");
    assertThat(killed.resolve("scenarios.jsonl")).doesNotExist();
    assertThat(files(journal)).hasSizeGreaterThan(finished.size()).hasSizeLessThan(8);

    Cli.Result again = processes.run(simulateInto(killed));

    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(files(killed)).isEqualTo(files(data));
    for (Path file : files(data)) {
      assertThat(killed.resolve(file)).hasSameBinaryContentAs(data.resolve(file));
    }
  }

  @Test
  void aKilledTrainingGoesOnToTheSameBytes() throws IOException, InterruptedException {
    TorchEngine engine = TorchEngine.start(1);
    EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld"));
    EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50"));
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");

    processes.killWhen(
        () -> Files.exists(killed.resolve("training/training.safetensors")), trainInto(killed));
    assertThat(killed.resolve("model.json")).doesNotExist();
    Cli.Result refused = Cli.run(trainInto(killed));
    Cli.Result stopped =
        processes.stopWhen(
            said -> said.contains("going on after epoch "), trainInto(killed, "--resume"));
    assertThat(killed.resolve("model.json")).doesNotExist();
    assertNoPartialFile(killed);
    Cli.Result resumed = processes.run(trainInto(killed, "--resume"));
    Cli.Result uninterrupted = Cli.run(trainInto(whole));

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("holds a run already; give --resume");
    assertStopped(stopped, "run the same command with --resume to go on");
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("going on after epoch ");
    assertThat(uninterrupted.exit()).as(uninterrupted.err()).isZero();
    for (String name :
        List.of("model.json", "training/weights.safetensors", "training/epochs.csv")) {
      assertThat(killed.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
  }

  /** The notice is all that is said of it; no failure follows. */
  private static void assertStopped(Cli.Result stopped, String remedy) {
    assertThat(stopped.exit()).as(stopped.err()).isEqualTo(TERMINATED);
    assertThat(stopped.errLines())
        .filteredOn(line -> line.startsWith("hearsight:"))
        .containsExactly("hearsight: stopped; " + remedy);
    assertThat(stopped.out()).isEmpty();
  }

  private static void assertNoPartialFile(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      assertThat(all).noneMatch(f -> f.toString().endsWith(".partial"));
    }
  }

  private static Object[] trainInto(Path to, String... more) {
    Object[] command = {
      "train",
      "--data",
      data,
      "--seld",
      folder.resolve("seld"),
      "--resnet50",
      folder.resolve("resnet50"),
      "--cache",
      folder.resolve("encoded"),
      "--stage1-epochs",
      2,
      "--stage2-epochs",
      1,
      "--batch",
      3,
      "--threads",
      1,
      "--to",
      to
    };
    return Stream.concat(Stream.of(command), Stream.of(more)).toArray();
  }

  /** Files below a folder, relative to it; a killed process may leave a {@code .partial} one. */
  private static Set<Path> files(Path top) {
    if (!Files.isDirectory(top)) {
      return Set.of();
    }
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> !f.toString().endsWith(".partial"))
          .map(top::relativize)
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException | UncheckedIOException e) {
      return Set.of(); // it changes while we look
    }
  }
}
