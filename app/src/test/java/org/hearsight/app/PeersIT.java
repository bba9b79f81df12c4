package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.hearsight.core.file.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SELD networks in the table of {@code evaluate}, and how {@code ablate} is called. */
class PeersIT {
  private static final Path SHIPPED = Path.of("..", "weights", "seld");

  @TempDir private static Path data;
  @TempDir private Path folder;

  @BeforeAll
  static void simulate() {
    System.setProperty("hearsight.home", Path.of("..").toAbsolutePath().normalize().toString());
    Cli.Result made =
        Cli.run(
            "simulate",
            "--train",
            0,
            "--validation",
            0,
            "--test",
            3,
            "--calibration",
            0,
            "--to",
            data);
    assertThat(made.exit()).as(made.err()).isZero();
  }

  private JsonNode evaluate(Path seld) {
    Path scores = folder.resolve("scores.json");
    Cli.Result r = Cli.run("evaluate", "--data", data, "--seld", "peer=" + seld, "--to", scores);
    assertThat(r.exit()).as(r.err()).isZero();
    assertThat(r.out()).contains("peer, last 1 s");
    return Json.read(scores, JsonNode.class, "");
  }

  @Test
  void aNetworkStandsInTheTable() {
    JsonNode scores = evaluate(SHIPPED);
    for (String system : new String[] {"peer", "peer, last 1 s"}) {
      assertThat(scores.path(system).path("scenarios").asInt()).as(system).isEqualTo(3);
    }
    assertThat(scores.path("peer").path("reliability").isEmpty()).isTrue();
  }

  @Test
  void theOfficialCheckpointStandsInTheTable() {
    Path checkpoint = Cli.shared("checkpoints/dcase2024_foa_multiaccddoa.h5");
    Path official = folder.resolve("official");
    Cli.Result imported = Cli.run("import", "seld", checkpoint, "--to", official);
    assertThat(imported.exit()).as(imported.err()).isZero();
    assertThat(evaluate(official).path("peer").path("scenarios").asInt()).isEqualTo(3);
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    Cli.Result r = Cli.run("evaluate", "--data", data, "--seld", "majority=" + SHIPPED);
    assertThat(r.exit()).isEqualTo(1);
    assertThat(r.err()).contains("majority: is what another system of the evaluation is called");
  }

  @Test
  void anUnknownRowIsWrongUsage() {
    Cli.Result r = Cli.run("ablate", "--data", data, "--to", folder, "--rows", "whole,no-ears");
    assertThat(r.exit()).isEqualTo(2);
    assertThat(r.err()).contains("--rows: 'no-ears' is none of whole, sound-only, ");
    assertThat(Cli.run("ablate", "--data", data, "--to", folder, "--seeds", "1,1").exit())
        .isEqualTo(2);
  }
}
