package org.hearsight.app.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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

  @Command(name = "talker")
  private static final class Talker implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      spec.commandLine().getOut().println("an answer");
    }
  }

  @Test
  void anAnswerThatIsLostIsNoSuccess() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    StringWriter err = new StringWriter();
    ErrorLines errors = new ErrorLines();
    int exit =
        new CommandLine(new Talker())
            .setOut(new PrintWriter(new PrintStream(full), true, UTF_8))
            .setErr(new PrintWriter(err, true))
            .setExecutionStrategy(errors)
            .setExecutionExceptionHandler(errors)
            .execute();
    assertThat(exit).isEqualTo(ErrorLines.FAILED);
    assertThat(err.toString()).startsWith("hearsight: standard output: cannot be written: ");
  }
}
