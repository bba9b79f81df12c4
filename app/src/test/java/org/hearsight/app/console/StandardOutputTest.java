package org.hearsight.app.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  private final StringWriter err = new StringWriter();

  private int print(OutputStream target, int code) {
    return print(target, false, code);
  }

  private int print(OutputStream target, boolean isPipe, int code) {
    StandardOutput out = new StandardOutput(target, isPipe);
    out.writer().println("17 °");
    return out.end(code, new PrintWriter(err, true));
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }

  @Test
  void allArrives() {
    ByteArrayOutputStream target = new ByteArrayOutputStream();

    assertThat(print(target, 0)).isZero();
    assertThat(target.toString(UTF_8)).isEqualTo("17 °" + System.lineSeparator());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aFullDiskIsOneLineAndNoSuccess() {
    assertThat(print(failing("No space left on device"), 0)).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "hearsight: standard output: cannot be written: No space left on device; make room"
                + " there, or send it elsewhere");
  }

  @Test
  void aReaderThatHasGoneIsSilent() {
    assertThat(print(failing("Broken pipe"), 0)).isEqualTo(141);
    assertThat(print(failing("Relais brisé"), true, 0)).isEqualTo(141);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theWorksOwnFailureCounts() {
    assertThat(print(failing("No space left on device"), 2)).isEqualTo(2);
    assertThat(print(failing("Broken pipe"), 1)).isEqualTo(1);
  }
}
