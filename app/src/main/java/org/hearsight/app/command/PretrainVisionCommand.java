package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConfigOptions;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.DeviceOption;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Sets;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.learning.pretrain.VisionConfig;
import org.hearsight.learning.pretrain.VisionPretraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight pretrain-vision}. */
@Command(
    name = "pretrain-vision",
    mixinStandardHelpOptions = true,
    description =
        "Trains a ResNet-50 on rendered scenes: the hazard in sight and its place, free space,"
            + " edges with hidden space behind them.")
// Options marked with @Sets are read by ConfigOptions.
@SuppressWarnings("UnusedVariable")
public final class PretrainVisionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;
  @Mixin private DeviceOption device;
  @Mixin private ConfigOptions configuration;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that simulate wrote, with or without --pictures-only.")
  @Reads
  private Path data;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the encoder, for train --resnet50.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--resume",
      description = "Go on where an earlier run into the same folder stopped.")
  private boolean resume;

  @Option(names = "--epochs", paramLabel = "N", description = "Epochs in all (default: 16).")
  @Sets("schedule.epochs")
  private Integer epochs;

  @Option(
      names = "--full-epochs",
      paramLabel = "N",
      description = "How many of them, the last, on whole pictures (default: 0).")
  @Sets("schedule.full_epochs")
  private Integer fullEpochs;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description =
          "Side of the pieces of pictures that the others show, a multiple of 32 (default: 128).")
  @Sets("schedule.size")
  private Integer size;

  @Option(names = "--batch", paramLabel = "N", description = "Pictures a step (default: 32).")
  @Sets("optimizer.batch")
  private Integer batch;

  @Option(
      names = "--rate",
      paramLabel = "X",
      description = "Greatest learning rate (default: 0.001).")
  @Sets("schedule.rate")
  private Double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same encoder (default: 1).")
  @Sets("seed")
  private Long seed;

  @Override
  public Integer call() {
    VisionConfig config = configuration.over(VisionConfig.defaults());
    VisionPretraining pretraining =
        new VisionPretraining(config, data, to, device.name(), threads.count());
    VisionPretraining.Result result =
        StopNotice.during(
            "run the same command with --resume to go on",
            () -> pretraining.run(resume, ConsoleProgress.standard()));
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOutput.print(out, result.scores());
    } else {
      out.println("as stored: " + result.scores().text());
      out.println("encoder in " + to);
      out.flush();
    }
    return 0;
  }
}
