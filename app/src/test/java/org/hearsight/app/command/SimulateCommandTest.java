package org.hearsight.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.app.Hearsight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void countsReplaceThePresetsAndResumeTakesAFinishedOrAbsentFolder() throws Exception {
    Path to = folder.resolve("data");
    List<String> options = new ArrayList<>(List.of("--preset", "demo", "--train", "2"));
    options.addAll(List.of("--validation", "0", "--test", "1", "--indoor", "--workers", "1"));
    options.addAll(List.of("--preview", "2", "--resume"));
    assertThat(simulate(to, options)).as(err.toString()).isZero();
    assertThat(Files.readAllLines(to.resolve("scenarios.jsonl"))).hasSize(3);
    assertThat(to.resolve("preview.png")).isNotEmptyFile();
    assertThat(to.resolve("distribution.png")).isNotEmptyFile();
    assertThat(out.toString()).contains("layout", "standing", "data set in");
    byte[] before = Files.readAllBytes(to.resolve("scenarios.jsonl"));
    assertThat(simulate(to, options)).as(err.toString()).isZero();
    assertThat(to.resolve("scenarios.jsonl")).hasBinaryContent(before);
  }

  @Test
  void presetsAreThoseSizes() {
    Path to = folder.resolve("taken");
    assertThat(simulate(to, List.of("--train", "1", "--validation", "0", "--test", "0"))).isZero();
    for (String[] preset :
        new String[][] {{"demo", "500"}, {"standard", "1000"}, {"large", "10000"}}) {
      err.getBuffer().setLength(0);
      assertThat(simulate(to, List.of("--preset", preset[0]))).isEqualTo(1);
      assertThat(err.toString()).contains("train: was 1, now " + preset[1]);
    }
  }

  @Test
  void calibrationAloneIsADataSet() throws Exception {
    Path to = folder.resolve("alone");
    List<String> none = List.of("--train", "0", "--validation", "0", "--test", "0");
    List<String> options = new ArrayList<>(none);
    options.addAll(List.of("--calibration", "1"));
    assertThat(simulate(to, options)).as(err.toString()).isZero();
    assertThat(Files.readAllLines(to.resolve("scenarios.jsonl"))).hasSize(1);
    assertThat(simulate(folder.resolve("nothing"), none)).isEqualTo(2);
    assertThat(err.toString()).contains("0 is less than 1");
  }

  @Test
  void calibrationIsThePresetsUnlessAllElseIsSized() {
    Path to = folder.resolve("data");
    assertThat(simulate(to, List.of("--train", "1", "--validation", "0", "--test", "0"))).isZero();
    for (String[] more :
        new String[][] {{"--train", "1"}, {"--train", "1", "--validation", "0", "--test", "0"}}) {
      List<String> options = new ArrayList<>(List.of("--preset", "demo"));
      options.addAll(List.of(more));
      err.getBuffer().setLength(0);
      boolean sized = more.length > 2;
      assertThat(simulate(to, options)).isEqualTo(sized ? 0 : 1);
      assertThat(err.toString()).contains(sized ? "" : "validation: was 0, now 100");
      options.addAll(List.of("--validation", "0", "--test", "0", "--calibration", "2"));
      if (!sized) {
        assertThat(simulate(to, options)).isEqualTo(1);
        assertThat(err.toString()).contains("calibration: was none, now 2");
        assertThat(simulate(folder.resolve("more"), options)).isZero();
        assertThat(folder.resolve("more/rgb")).isDirectoryContaining("glob:**fold6_*2.png");
      }
    }
  }

  @Test
  void unknownPresetsAndNegativePreviewsAreRefused() {
    assertThat(simulate(folder.resolve("a"), List.of("--preset", "huge"))).isEqualTo(2);
    assertThat(simulate(folder.resolve("b"), List.of("--preview", "-1"))).isNotZero();
    assertThat(folder).isEmptyDirectory();
  }

  private int simulate(Path to, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("simulate", "--to", to.toString()));
    arguments.addAll(options);
    return Hearsight.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }
}
