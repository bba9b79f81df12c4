package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.StopNotice;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.simulator.generate.SceneSummary;
import org.hearsight.simulator.generate.Simulator;
import org.hearsight.simulator.generate.SimulatorConfig;
import org.hearsight.simulator.scene.Setting;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the data set; an unfinished one is gone on with.")
  private Path to;

  @Option(
      names = "--train",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Training scenarios (default: ${DEFAULT-VALUE}).")
  private int train;

  @Option(
      names = "--validation",
      defaultValue = "200",
      paramLabel = "N",
      description = "Validation scenarios (default: ${DEFAULT-VALUE}).")
  private int validation;

  @Option(
      names = "--test",
      defaultValue = "300",
      paramLabel = "N",
      description = "Test scenarios (default: ${DEFAULT-VALUE}).")
  private int test;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "The same seed gives the same bytes (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--sounds",
      paramLabel = "DIR",
      description =
          "Recordings, one folder a class (DIR/siren/a.wav); ambience_* folders are background."
              + " Without it all sounds are procedural.")
  private Path sounds;

  @ArgGroup private Place place;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Scenarios made at once (default: one a processor).")
  private int workers;

  /** Where scenes are set; both when neither is asked for. */
  private static final class Place {
    @Option(names = "--outdoor", description = "Street scenes only.")
    private boolean outdoor;

    @Option(names = "--indoor", description = "Indoor scenes only.")
    private boolean indoor;
  }

  @Override
  public Integer call() {
    Setting setting =
        place == null || place.outdoor == place.indoor
            ? Setting.BOTH
            : place.indoor ? Setting.INDOOR : Setting.OUTDOOR;
    SimulatorConfig config =
        SimulatorConfig.of(train, validation, test, seed)
            .withSetting(setting)
            .withSounds(sounds)
            .withWorkers(workers > 0 ? workers : Runtime.getRuntime().availableProcessors());
    ScenarioStore store =
        StopNotice.during(
            "run the same command again to go on",
            () -> Simulator.generate(config, to, ConsoleProgress.standard()));
    if (json.wanted()) {
      JsonOutput.print(spec.commandLine().getOut(), store.header());
    } else {
      spec.commandLine().getOut().println(SceneSummary.of(store));
      spec.commandLine().getOut().println("data set in " + to);
    }
    return 0;
  }
}
