package org.hearsight.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A shell script stands for the peer. */
@DisabledOnOs(OS.WINDOWS)
class PeerIT {
  @TempDir private Path folder;

  private Peer start(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("peer.sh"), script);
    return Peer.start(List.of("sh", file.toString()));
  }

  @Test
  void bothSidesTakeTurnsAndTheTableTellsThePeersNumbers() throws IOException {
    Path asked = folder.resolve("asked");
    String script =
        "echo 'ready Shell 1'; while read -r row; do echo \"$row\" >>'"
            + asked
            + "'; if [ \"$row\" = besides ]; then echo 7000; else echo 5000; fi; done";
    CountedRow row = new CountedRow(Goal.timesFaster(2), new Row.Pace(1, 2, 9));
    try (Peer peer = start(script)) {
      assertThat(peer.versions()).isEqualTo("Shell 1");

      Outcome outcome = new Measurement(peer, 3).of(row, Progress.SILENT);

      assertThat(outcome.rounds().peer()).containsExactly(5000, 5000, 5000);
      assertThat(outcome.besides()).containsEntry("another way", 7000.0);
      assertThat(outcome.met()).contains(true);
      assertThat(ResultTable.of(List.of(outcome)).markdown())
          .contains("| counted work | 5000 ms |", "| ≥ 2× | met |");
      assertThat(ResultTable.remarks(List.of(outcome)))
          .singleElement()
          .asString()
          .startsWith("counted: another way takes 7000 ms");
    }
    assertThat(row.events())
        .containsExactly(
            "ours", "agreement", "ours", "ours", "ours", "ours", "ours", "ours", "closed");
    assertThat(Files.readAllLines(asked).stream().filter("counted"::equals)).hasSize(7);
  }

  @Test
  void aPeerThatDiesIsOneLineWithItsLastWord() throws IOException {
    CountedRow row = new CountedRow(Goal.NONE, Row.Pace.ONCE);
    try (Peer peer = start("echo 'ready Shell'; read -r row; echo 'out of memory' >&2; exit 3")) {
      assertThatThrownBy(() -> new Measurement(peer, 1).of(row, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("ended when asked for counted (exit code 3: out of memory)")
          .hasMessageNotContaining("\n");
    }
    assertThat(row.events()).endsWith("closed");
  }

  @Test
  void aPeerThatFailsSaysWhy() throws IOException {
    try (Peer peer = start("echo 'ready Shell'; while read -r row; do echo 'error bad'; done")) {
      assertThatThrownBy(() -> peer.ask("work"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("work: bad");
    }
  }

  @Test
  void anAnswerThatIsNoTimeIsRefused() throws IOException {
    try (Peer peer = start("echo 'ready Shell'; while read -r row; do echo 0; done")) {
      assertThatThrownBy(() -> peer.ask("work"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("said '0' when asked for work");
    }
  }

  @Test
  void aPeerThatLacksSomethingSaysWhat() {
    assertThatThrownBy(() -> start("echo 'missing torch'; exit 1"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sh: has no torch");
  }

  @Test
  void aProgramThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Peer.start(List.of(folder.resolve("none").toString())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be started");
  }
}
