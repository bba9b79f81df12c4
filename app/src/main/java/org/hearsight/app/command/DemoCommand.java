package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.app.demo.Demo;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.learning.train.TrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Simulates, trains, evaluates and writes a report: all of Hearsight in a few minutes.")
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;

  @Option(
      names = "--to",
      defaultValue = "out/demo",
      paramLabel = "DIR",
      description = "Folder of data, model and report (default: ${DEFAULT-VALUE}).")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--seld",
      paramLabel = "PATH",
      description =
          "A SELD checkpoint, or the folder of one that was imported or pretrained; none for an"
              + " untrained encoder (default: the one that ships).")
  @Reads
  private Path seld;

  @Option(
      names = "--encoder",
      defaultValue = "seldnet",
      paramLabel = "NAME",
      description =
          "The audio encoder, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private AudioBackbone encoder;

  @Option(
      names = "--resnet50",
      paramLabel = "PATH",
      description =
          "torchvision's ResNet-50, or the folder of one that was imported or pretrained; none for"
              + " an untrained encoder (default: the one that ships).")
  @Reads
  private Path resnet50;

  @Option(
      names = "--sounds",
      paramLabel = "DIR",
      description = "Recordings, one folder a class; without it all sounds are procedural.")
  @Reads
  private Path sounds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Of data and training (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--train",
      defaultValue = "500",
      paramLabel = "N",
      description = "Training scenarios (default: ${DEFAULT-VALUE}).")
  private int train;

  @Option(
      names = "--validation",
      defaultValue = "100",
      paramLabel = "N",
      description = "Validation scenarios (default: ${DEFAULT-VALUE}).")
  private int validation;

  @Option(
      names = "--test",
      defaultValue = "150",
      paramLabel = "N",
      description = "Test scenarios (default: ${DEFAULT-VALUE}).")
  private int test;

  @Option(
      names = "--calibration",
      defaultValue = "100",
      paramLabel = "N",
      description =
          "Scenarios that the model's probabilities are fitted on (default: ${DEFAULT-VALUE}).")
  private int calibration;

  @Option(
      names = "--epochs",
      arity = "2",
      paramLabel = "N",
      description = "Epochs of stage 1 and stage 2 (default: those of train).")
  private int[] epochs;

  @Override
  public Integer call() {
    Demo demo =
        OptionValues.of(
            spec,
            () ->
                new Demo(
                    to,
                    encoder,
                    seld,
                    resnet50,
                    SimulatorConfig.of(train, validation, test, seed)
                        .withCalibration(calibration)
                        .withSounds(sounds)
                        .withWorkers(threads.count()),
                    config(),
                    threads.count()));
    Demo.Outcome outcome =
        StopNotice.during(
            "run the same command again; finished data are kept",
            () -> demo.run(ConsoleProgress.standard()));
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOutput.print(out, outcome.evaluation().scores());
    } else {
      out.println(outcome.evaluation().table());
      out.println("report in " + outcome.report());
      out.flush();
    }
    return 0;
  }

  private TrainConfig config() {
    TrainConfig defaults = TrainConfig.defaults().withSeed(seed);
    return epochs == null
        ? defaults
        : defaults.withSchedule(defaults.optimizer().batch(), epochs[0], epochs[1]);
  }
}
