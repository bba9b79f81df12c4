package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.Version;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Writes;
import org.hearsight.benchmarks.cost.SimulatorBenchmark;
import org.hearsight.benchmarks.cost.StandardCost;
import org.hearsight.core.file.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hearsight benchmark simulator}. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description =
        "Says where the simulator's time goes, and how it grows with the order of reflections and"
            + " the number of occluders, for sound and for the picture.")
public final class BenchmarkSimulatorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "Rounds after the one that warms up (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--scenarios",
      defaultValue = "200",
      paramLabel = "N",
      description = "Scenarios made in each round (default: ${DEFAULT-VALUE}).")
  private int scenarios;

  @Option(
      names = "--standard",
      description =
          "Also make the whole standard data set (about 2 GB of temporary files) by the command"
              + " line: its time, peak memory and statistics.")
  private boolean standard;

  @Option(names = "--to", paramLabel = "FILE", description = "A Markdown page to write.")
  @Writes(Writes.Kind.FILE)
  private Path to;

  @Override
  public Integer call() {
    if (rounds < 1 || scenarios < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds, --scenarios: each must be at least 1");
    }
    Path home = BenchmarkCommand.home();
    String page = StopNotice.during("nothing was kept", () -> page(home));
    PrintWriter out = spec.commandLine().getOut();
    out.print(page);
    out.flush();
    if (to != null) {
      AtomicFile.writeText(to, page);
    }
    return 0;
  }

  private String page(Path home) {
    StringBuilder page = new StringBuilder("# The simulator's speed\n\nWritten by `");
    page.append(BenchmarkCommand.commandLine(spec)).append("`, Hearsight ");
    page.append(Version.text()).append(".\n\n");
    page.append(SimulatorBenchmark.markdown(rounds, scenarios, ConsoleProgress.standard()));
    if (standard) {
      page.append('\n').append(StandardCost.markdown(home.resolve("hearsight")));
    }
    return page.toString();
  }
}
