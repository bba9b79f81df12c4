package org.hearsight.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.hearsight.app.Hearsight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateSeldCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void writesTheLayoutAndTellsWhereItIs() {
    Path to = folder.resolve("data");
    assertThat(run(to, "--train", "1", "--test", "1", "--clip-seconds", "2")).isZero();
    assertThat(out.toString()).contains("data set in " + to);
    assertThat(to.resolve("foa_dev/dev-train-sim/fold3_room1_mix00001.wav")).isNotEmptyFile();
    assertThat(to.resolve("metadata_dev/dev-test-sim/fold4_room1_mix00001.csv")).exists();
    assertThat(to.resolve("dataset.json")).isNotEmptyFile();
  }

  @Test
  void impossibleSizesAreRefusedInOneLine() {
    assertThat(run(folder.resolve("none"), "--train", "0", "--test", "0")).isEqualTo(2);
    assertThat(run(folder.resolve("none"), "--train", "1", "--test", "0", "--clip-seconds", "0.25"))
        .isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(2).allMatch(l -> l.startsWith("hearsight: "));
    assertThat(run(folder.resolve("none"), "--train", "1", "--sounds-use", "any")).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  private int run(Path to, String... options) {
    String[] all = new String[options.length + 7];
    System.arraycopy(
        new String[] {
          "simulate-seld", "--to", to.toString(), "--validation", "0", "--workers", "1"
        },
        0,
        all,
        0,
        7);
    System.arraycopy(options, 0, all, 7, options.length);
    return Hearsight.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all);
  }
}
