package org.hearsight.app.console;

import java.nio.file.InvalidPathException;
import java.util.concurrent.CancellationException;
import org.hearsight.core.error.InputException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * The one place that turns exceptions into a line and an exit code: 1 for what we refuse or cannot
 * do, 2 for wrong usage.
 */
public final class ErrorLines
    implements IExecutionStrategy, IExecutionExceptionHandler, IParameterExceptionHandler {
  public static final int FAILED = 1;
  public static final int WRONG_USAGE = 2;

  /** Runs the command; picocli hands on exceptions, but not what ends a Java process. */
  @Override
  public int execute(ParseResult parsed) {
    try {
      GivenPaths.check(parsed);
      return new RunLast().execute(parsed);
    } catch (InputException e) {
      return handleExecutionException(e, parsed.commandSpec().commandLine(), parsed);
    } catch (Error e) {
      CommandLine commandLine = parsed.commandSpec().commandLine();
      if (StopSignals.isCaught()) {
        trace(e, commandLine);
        return FAILED; // as below
      }
      if (e instanceof OutOfMemoryError) {
        commandLine
            .getErr()
            .println(
                "hearsight: out of memory ("
                    + e.getMessage()
                    + "); ask for less, or give more with HEARSIGHT_JAVA_OPTS=-Xmx8g");
      } else {
        unexpected(e, commandLine);
      }
      trace(e, commandLine);
      return FAILED;
    }
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine commandLine, ParseResult fullParseResult) {
    if (e instanceof ParameterException usage) {
      return handleParseException(usage, new String[0]);
    }
    if (StopSignals.isCaught()) {
      // The notice has said all: whatever failed did so because the work was to end.
      trace(e, commandLine);
      return FAILED;
    }
    int code = FAILED;
    if (e instanceof InputException refused) {
      commandLine.getErr().println("hearsight: " + e.getMessage());
      code = exitCode(refused.fault());
    } else if (e instanceof CancellationException) {
      commandLine.getErr().println("hearsight: stopped");
    } else if (e instanceof InvalidPathException name) {
      // Of a name that stands in a file; on the command line it is wrong usage.
      commandLine
          .getErr()
          .println(
              oneLine(
                  "hearsight: '"
                      + name.getInput()
                      + "': no file can be called so ("
                      + name.getReason()
                      + "); give it another name"));
    } else {
      unexpected(e, commandLine);
    }
    trace(e, commandLine);
    return code;
  }

  /** One for all: scripts ask whether it went well, people read the line. */
  static int exitCode(InputException.Fault fault) {
    return switch (fault) {
      case INPUT, ENVIRONMENT, MODEL -> FAILED;
    };
  }

  private static void unexpected(Throwable e, CommandLine commandLine) {
    commandLine
        .getErr()
        .println(
            "hearsight: unexpected "
                + e.getClass().getSimpleName()
                + (e.getMessage() == null ? "" : ": " + oneLine(e.getMessage()))
                + "; set HEARSIGHT_TRACE=1 to see where, and report it");
  }

  /** Without what would end the line, or do worse to a terminal. */
  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
  }

  private static void trace(Throwable e, CommandLine commandLine) {
    if (System.getenv("HEARSIGHT_TRACE") != null) {
      e.printStackTrace(commandLine.getErr());
    }
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            "hearsight: "
                + oneLine(e.getMessage())
                + "; see "
                + command.getCommandSpec().qualifiedName(" ")
                + " --help");
    return WRONG_USAGE;
  }
}
