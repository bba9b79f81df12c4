package org.hearsight.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Previews;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Writes;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.scenario.Preset;
import org.hearsight.datasets.scenario.SceneSummary;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.sound.SoundUse;
import picocli.CommandLine.ArgGroup;
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

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the data set; an unfinished one is gone on with.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--preset",
      defaultValue = "standard",
      paramLabel = "NAME",
      description =
          "Sizes: demo (500/100/150/100 train/validation/test/calibration), standard"
              + " (1000/400/400/300) or large (10000/1000/1000/1000) (default: ${DEFAULT-VALUE}).")
  private Preset preset;

  @Option(
      names = "--train",
      paramLabel = "N",
      description = "Training scenarios, instead of the preset's.")
  private Integer train;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description = "Validation scenarios, instead of the preset's.")
  private Integer validation;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = "Test scenarios, instead of the preset's.")
  private Integer test;

  @Option(
      names = "--calibration",
      paramLabel = "N",
      description =
          "Scenarios that a trained model's probabilities are fitted on, instead of the preset's;"
              + " none where the three other sizes are all given. The other splits do not depend on"
              + " it.")
  private Integer calibration;

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
          "Recordings: ESC-50 or UrbanSound8K as published, or one folder a class"
              + " (DIR/siren/a.wav; ambience_*, harmless_*, alarm, bell, music, bird and knock are"
              + " background)."
              + " Without it all sounds are procedural.")
  @Reads
  private Path sounds;

  @Option(
      names = "--pictures-only",
      description =
          "Leave the sound out: the same scenes and pictures in a fraction of the time, for"
              + " pretrain-vision.")
  private boolean picturesOnly;

  @Option(
      names = "--sounds-use",
      defaultValue = "all",
      paramLabel = "USE",
      description =
          "Take only recordings that may train what is given away (permissive), only those that may"
              + " not (evaluation; they go to the test split), or all (default: ${DEFAULT-VALUE}).")
  private SoundUse soundUse;

  @ArgGroup private Place place;

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

  /** Where scenes are set; both when neither is asked for. */
  private static final class Place {
    @Option(names = "--outdoor", description = "Street scenes only.")
    private boolean outdoor;

    @Option(names = "--indoor", description = "Indoor scenes only.")
    private boolean indoor;
  }

  @Override
  public Integer call() {
    if (preview < 0) {
      throw new ParameterException(
          spec.commandLine(), "--preview: " + preview + " is negative; choose 0 or more");
    }
    Setting setting =
        place == null || place.outdoor == place.indoor
            ? Setting.BOTH
            : place.indoor ? Setting.INDOOR : Setting.OUTDOOR;
    SimulatorConfig config =
        OptionValues.of(
            spec,
            () ->
                SimulatorConfig.of(
                        RunOptions.of(
                            train == null ? preset.train() : train,
                            validation == null ? preset.validation() : validation,
                            test == null ? preset.test() : test,
                            calibrationScenarios(),
                            seed))
                    .withSetting(setting)
                    .withSounds(sounds)
                    .withSoundUse(soundUse)
                    .withWorkers(
                        workers == null ? Runtime.getRuntime().availableProcessors() : workers));
    if (picturesOnly) {
      config = config.withPicturesOnly();
    }
    return generate(config);
  }

  /** Whoever sized all else wants no more than that. */
  private int calibrationScenarios() {
    if (calibration != null) {
      return calibration;
    }
    boolean sized = train != null && validation != null && test != null;
    return sized ? 0 : preset.calibration();
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
