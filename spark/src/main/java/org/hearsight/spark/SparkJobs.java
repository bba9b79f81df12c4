package org.hearsight.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.hearsight.app.console.ErrorLines;
import org.hearsight.app.console.StandardOutput;
import org.hearsight.app.console.StopSignals;
import org.hearsight.spark.command.SparkCommand;
import picocli.CommandLine;

/** The jobs' command line: what {@code spark-submit} and {@code ./hearsight spark} start. */
public final class SparkJobs {
  private SparkJobs() {}

  /** A parser that prints to the given writers. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    ErrorLines errors = new ErrorLines();
    return new CommandLine(new SparkCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(errors)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }

  public static void main(String[] args) {
    StopSignals signals = StopSignals.install(code -> Runtime.getRuntime().halt(code));
    System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
    StandardOutput out = StandardOutput.standard();
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    int code = commandLine(out.writer(), err).execute(args);
    code = signals.end(out.end(code, err));
    if (code != 0) { // a driver in a cluster that ends well just returns
      System.exit(code);
    }
  }
}
