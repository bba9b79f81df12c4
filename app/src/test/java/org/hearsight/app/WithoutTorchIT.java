package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only listens and answers, in a Java that has neither libtorch nor DJL: there is nothing it
 * could load. {@code DemoIT} does the same with a model.
 */
class WithoutTorchIT {
  private static final Path SHIPPED = Path.of("..", "weights", "seld").toAbsolutePath();

  @TempDir private Path folder;
  private Processes processes;
  private Path clips;

  @BeforeEach
  void simulate() throws IOException {
    processes = Processes.withoutTorch(folder);
    clips = folder.resolve("clips");
    Cli.Result made =
        Cli.run(
            "simulate-seld",
            "--to",
            clips,
            "--train",
            0,
            "--validation",
            0,
            "--test",
            1,
            "--clip-seconds",
            2);
    assertThat(made.exit()).as(made.err()).isZero();
  }

  @Test
  void recordingsAreListenedToAndScored() throws IOException, InterruptedException {
    Path heard = folder.resolve("heard");
    ok(processes.run("detect", "--seld", SHIPPED, "--data", clips, "--to", heard));
    assertThat(heard.resolve("dev-test-sim")).isNotEmptyDirectory();

    Cli.Result scores =
        processes.run(
            "evaluate",
            "seld",
            "--reference",
            clips.resolve("metadata_dev/dev-test-sim"),
            "--prediction",
            heard.resolve("dev-test-sim"),
            "--classes",
            14);
    ok(scores);
    assertThat(scores.out()).contains("F20");

    Cli.Result direction =
        processes.run("evaluate", "direction", "--data", clips, "--seld", "a=" + SHIPPED);
    assertThat(direction.err()).doesNotContain("unexpected", "NoClassDefFound");
  }

  @Test
  void doctorSaysWhatIsNotThere() throws IOException, InterruptedException {
    Cli.Result doctor = processes.run("doctor");
    ok(doctor);
    assertThat(doctor.out())
        .containsPattern("PyTorch +not installed")
        .containsPattern("ONNX Runtime +\\d");
  }

  /** An encoder folder of an earlier version has no graph, so its network is built to make one. */
  @Test
  void onlyAnEncoderWithoutItsGraphNeedsTheEngine() throws IOException, InterruptedException {
    Path older = Files.createDirectories(folder.resolve("older"));
    Files.copy(SHIPPED.resolve("weights.safetensors"), older.resolve("weights.safetensors"));
    Files.writeString(
        older.resolve("encoder.json"),
        Files.readString(SHIPPED.resolve("encoder.json"))
            .replaceFirst(",\\s*\"detector.onnx\" : \"[0-9a-f]+\"", ""));
    Path there = folder.resolve("there");
    Path here = folder.resolve("here");
    ok(Cli.run("detect", "--seld", older, "--data", clips, "--to", here));
    ok(Cli.run("detect", "--seld", SHIPPED, "--data", clips, "--to", there));
    try (var files = Files.list(here.resolve("dev-test-sim"))) {
      for (Path file : files.toList()) {
        assertThat(file)
            .hasSameTextualContentAs(there.resolve("dev-test-sim").resolve(file.getFileName()));
      }
    }
    Cli.Result result =
        processes.run("detect", "--seld", older, "--data", clips, "--to", folder.resolve("x"));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err().strip())
        .isEqualTo(
            "hearsight: "
                + older
                + ": detector.onnx: missing, and making it takes libtorch; import or pretrain the"
                + " encoder again with this version");
  }

  private static void ok(Cli.Result result) {
    assertThat(result.exit()).as(result.err()).isZero();
  }
}
