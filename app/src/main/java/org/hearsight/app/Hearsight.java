package org.hearsight.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.hearsight.app.command.AblateCommand;
import org.hearsight.app.command.AdaptCommand;
import org.hearsight.app.command.BenchmarkCommand;
import org.hearsight.app.command.CacheCommand;
import org.hearsight.app.command.CalibrateCommand;
import org.hearsight.app.command.DemoCommand;
import org.hearsight.app.command.DetectCommand;
import org.hearsight.app.command.DoctorCommand;
import org.hearsight.app.command.EncodeCommand;
import org.hearsight.app.command.EvaluateCommand;
import org.hearsight.app.command.ExportCommand;
import org.hearsight.app.command.FeaturesCommand;
import org.hearsight.app.command.ImagineCommand;
import org.hearsight.app.command.ImportCommand;
import org.hearsight.app.command.ListenCommand;
import org.hearsight.app.command.OccludeCommand;
import org.hearsight.app.command.PretrainCommand;
import org.hearsight.app.command.PretrainVisionCommand;
import org.hearsight.app.command.ServeCommand;
import org.hearsight.app.command.SimulateCommand;
import org.hearsight.app.command.SimulateMeasuredCommand;
import org.hearsight.app.command.SimulateSeldCommand;
import org.hearsight.app.command.SparkCommand;
import org.hearsight.app.command.SweepCommand;
import org.hearsight.app.command.TrainCommand;
import org.hearsight.app.command.ValidateSimulatorCommand;
import org.hearsight.app.console.ErrorLines;
import org.hearsight.app.console.StandardOutput;
import org.hearsight.app.console.StopSignals;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code hearsight COMMAND}. */
@Command(
    name = "hearsight",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Imagines the hazard that is heard but not seen.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      SimulateCommand.class,
      SimulateSeldCommand.class,
      SimulateMeasuredCommand.class,
      OccludeCommand.class,
      ImportCommand.class,
      PretrainCommand.class,
      PretrainVisionCommand.class,
      TrainCommand.class,
      CalibrateCommand.class,
      DetectCommand.class,
      EvaluateCommand.class,
      AblateCommand.class,
      SweepCommand.class,
      ImagineCommand.class,
      ListenCommand.class,
      ServeCommand.class,
      ExportCommand.class,
      FeaturesCommand.class,
      EncodeCommand.class,
      AdaptCommand.class,
      CacheCommand.class,
      SparkCommand.class,
      DoctorCommand.class,
      ValidateSimulatorCommand.class,
      BenchmarkCommand.class
    })
public final class Hearsight {
  private Hearsight() {}

  /** A parser that prints to the given writers; what {@link #main} and the tests use. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    ErrorLines errors = new ErrorLines();
    return new CommandLine(new Hearsight())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        // 'import --download resnet50': a value may be what a subcommand is called.
        .setAllowSubcommandsAsOptionParameters(true)
        .setExecutionStrategy(errors)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }

  public static void main(String[] args) {
    StopSignals signals = StopSignals.install(code -> Runtime.getRuntime().halt(code));
    // Degrees and dashes come out right whatever the locale.
    System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
    StandardOutput out = StandardOutput.standard();
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    int code = commandLine(out.writer(), err).execute(args);
    System.exit(signals.end(out.end(code, err)));
  }
}
