package org.hearsight.app.console;

import java.nio.file.Path;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.scenario.Preset;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.sound.SoundUse;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is to be simulated, wherever that is done. */
public final class SimulateOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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

  /** Where scenes are set; both when neither is asked for. */
  private static final class Place {
    @Option(names = "--outdoor", description = "Street scenes only.")
    private boolean outdoor;

    @Option(names = "--indoor", description = "Indoor scenes only.")
    private boolean indoor;
  }

  /**
   * What the options come to.
   *
   * @throws picocli.CommandLine.ParameterException if a number is out of range
   */
  public SimulatorConfig config() {
    return OptionValues.of(spec, this::values);
  }

  private SimulatorConfig values() {
    Setting setting =
        place == null || place.outdoor == place.indoor
            ? Setting.BOTH
            : place.indoor ? Setting.INDOOR : Setting.OUTDOOR;
    SimulatorConfig config =
        SimulatorConfig.of(
                RunOptions.of(
                    train == null ? preset.train() : train,
                    validation == null ? preset.validation() : validation,
                    test == null ? preset.test() : test,
                    calibrationScenarios(),
                    seed))
            .withSetting(setting)
            .withSounds(sounds)
            .withSoundUse(soundUse);
    return picturesOnly ? config.withPicturesOnly() : config;
  }

  /** Whoever sized all else wants no more than that. */
  private int calibrationScenarios() {
    if (calibration != null) {
      return calibration;
    }
    boolean sized = train != null && validation != null && test != null;
    return sized ? 0 : preset.calibration();
  }
}
