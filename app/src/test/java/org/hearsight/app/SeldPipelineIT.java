package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.seld.SeldDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From simulated SELD clips to a network, its event files and its scores, through the commands. */
class SeldPipelineIT {
  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void simulatePretrainDetectEvaluate() throws IOException {
    ok(
        Cli.run(
            "simulate-seld",
            "--to",
            path("data"),
            "--train",
            "8",
            "--validation",
            "2",
            "--test",
            "3",
            "--clip-seconds",
            "2"));
    ok(
        Cli.run(
            "pretrain",
            "--data",
            path("data"),
            "--to",
            path("net"),
            "--epochs",
            "2",
            "--batch",
            "4",
            "--window",
            "2",
            "--cosine",
            "--distance",
            "log",
            "--threads",
            "1"));
    ok(
        Cli.run(
            "detect",
            "--seld",
            path("net"),
            "--data",
            path("data"),
            "--to",
            path("heard"),
            "--threads",
            "1"));

    SeldDataset data = SeldDataset.open(folder.resolve("data"));
    for (SeldDataset.Recording r : data.recordings(Split.TEST)) {
      assertThat(folder.resolve("heard").resolve(r.name() + ".csv")).exists();
    }
    Cli.Result scores =
        Cli.run(
            "evaluate",
            "seld",
            "--reference",
            path("data/metadata_dev/dev-test-sim"),
            "--prediction",
            path("heard/dev-test-sim"),
            "--classes",
            "14",
            "--json");
    ok(scores);
    JsonNode json = new ObjectMapper().readTree(scores.out());
    assertThat(json.path("clips").asInt()).isEqualTo(3);
    assertThat(json.path("without_prediction")).isEmpty();
    // Two epochs teach nothing: all that is heard are the losses of a beginner.
    assertThat(json.at("/scores/seld_error/value").asDouble()).isBetween(0.5, 1.0);
  }

  private static void ok(Cli.Result result) {
    assertThat(result.exit()).as(result.err()).isZero();
  }
}
