package org.hearsight.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Previews;
import org.hearsight.app.console.SimulateOptions;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Writes;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.datasets.scenario.SceneSummary;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hearsight simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Makes a data set of occlusion scenarios: FOA audio, RGB-D, occlusion and labels.")
public final class SimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private SimulateOptions options;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the data set; an unfinished one is gone on with.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Scenarios made at once (default: one a processor).")
  private Integer workers;

  @Option(
      names = "--resume",
      description =
          "Go on with an unfinished data set. That happens anyway when the folder holds one of the"
              + " same options; an absent folder is begun.")
  private boolean resume;

  @Option(
      names = "--preview",
      paramLabel = "N",
      description =
          "Also write preview.png (picture, depth, occlusion and map of N scenarios) and"
              + " distribution.png into the folder.")
  private int preview;

  @Override
  public Integer call() {
    if (preview < 0) {
      throw new ParameterException(
          spec.commandLine(), "--preview: " + preview + " is negative; choose 0 or more");
    }
    SimulatorConfig config = options.config();
    int threads = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    return generate(OptionValues.of(spec, () -> config.withWorkers(threads)));
  }

  private int generate(SimulatorConfig config) {
    ConsoleProgress progress = ConsoleProgress.standard();
    if (resume && !Files.exists(to)) {
      progress.note("nothing to resume in " + to + ": beginning");
    }
    ScenarioStore store =
        StopNotice.during(
            "run the same command again to go on", () -> Simulator.generate(config, to, progress));
    if (preview > 0) {
      Previews.scenarios(store, preview, to);
      Previews.distribution(store, to);
    }
    if (json.wanted()) {
      JsonOutput.print(spec.commandLine().getOut(), store.header());
    } else {
      spec.commandLine().getOut().println(SceneSummary.of(store));
      spec.commandLine().getOut().println("data set in " + to);
    }
    return 0;
  }
}
