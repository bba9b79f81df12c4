package org.hearsight.app.console;

import java.util.concurrent.CancellationException;
import org.hearsight.core.error.InputException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The one place that turns exceptions into a line and an exit code: 1 for what we refuse or cannot
 * do, 2 for wrong usage.
 */
public final class ErrorLines implements IExecutionExceptionHandler, IParameterExceptionHandler {
  public static final int FAILED = 1;
  public static final int WRONG_USAGE = 2;

  @Override
  public int handleExecutionException(
      Exception e, CommandLine commandLine, ParseResult fullParseResult) {
    if (e instanceof ParameterException usage) {
      return handleParseException(usage, new String[0]);
    }
    if (e instanceof InputException) {
      commandLine.getErr().println("hearsight: " + e.getMessage());
    } else if (e instanceof CancellationException) {
      commandLine.getErr().println("hearsight: stopped");
    } else {
      commandLine
          .getErr()
          .println(
              "hearsight: unexpected "
                  + e.getClass().getSimpleName()
                  + (e.getMessage() == null ? "" : ": " + e.getMessage().replaceAll("\\s+", " "))
                  + "; set HEARSIGHT_TRACE=1 to see where, and report it");
    }
    if (System.getenv("HEARSIGHT_TRACE") != null) {
      e.printStackTrace(commandLine.getErr());
    }
    return FAILED;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            "hearsight: "
                + e.getMessage().replaceAll("\\s+", " ")
                + "; see "
                + command.getCommandSpec().qualifiedName(" ")
                + " --help");
    return WRONG_USAGE;
  }
}
