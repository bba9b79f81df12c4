package org.hearsight.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorLinesTest {
  @Command(name = "doomed")
  private record Doomed(Error end) implements Runnable {
    @Override
    public void run() {
      throw end;
    }
  }

  private static String line(Error end) {
    StringWriter err = new StringWriter();
    ErrorLines errors = new ErrorLines();
    int exit =
        new CommandLine(new Doomed(end))
            .setErr(new PrintWriter(err, true))
            .setExecutionStrategy(errors)
            .setExecutionExceptionHandler(errors)
            .execute();
    assertThat(exit).isEqualTo(ErrorLines.FAILED);
    return err.toString().strip();
  }

  @Test
  void tooLittleMemoryIsOneLineWithARemedy() {
    assertThat(line(new OutOfMemoryError("Java heap space")))
        .isEqualTo(
            "hearsight: out of memory (Java heap space); ask for less, or give more with"
                + " HEARSIGHT_JAVA_OPTS=-Xmx8g");
  }

  @Test
  void anyOtherErrorIsOneLineToo() {
    assertThat(line(new StackOverflowError()))
        .isEqualTo(
            "hearsight: unexpected StackOverflowError; set HEARSIGHT_TRACE=1 to see where, and"
                + " report it");
  }
}
