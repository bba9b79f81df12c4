package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Writes;
import org.hearsight.app.validation.ValidationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight validate-simulator}: for those who work on the simulator. */
@Command(
    name = "validate-simulator",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Holds the simulator's physics to theory; writes plots and numbers.")
public final class ValidateSimulatorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      defaultValue = "docs/simulator",
      paramLabel = "DIR",
      description = "Folder of the plots and numbers (default: ${DEFAULT-VALUE}).")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--sounds",
      paramLabel = "DIR",
      description = "Recordings to try as ambience, too (default: generated ones only).")
  @Reads
  private Path sounds;

  @Override
  public Integer call() {
    boolean good = ValidationReport.write(to, sounds, ConsoleProgress.standard());
    spec.commandLine().getOut().println("plots and numbers in " + to);
    if (!good) {
      spec.commandLine().getErr().println("hearsight: a claim does not hold, see numbers.md");
    }
    return good ? 0 : 1;
  }
}
