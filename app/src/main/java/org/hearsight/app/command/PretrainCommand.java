package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConfigOptions;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.DeviceOption;
import org.hearsight.app.console.FoaFormatOption;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Sets;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.core.seld.DistanceForm;
import org.hearsight.learning.pretrain.SeldEpoch;
import org.hearsight.learning.pretrain.SeldPretrainConfig;
import org.hearsight.learning.pretrain.SeldPretraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight pretrain}. */
@Command(
    name = "pretrain",
    mixinStandardHelpOptions = true,
    description =
        "Trains a SELD network (multi-ACCDDOA, ADPIT) on STARSS23, simulated SELD clips or a"
            + " scenario store. The defaults are the DCASE 2024 baseline's, but for channel swaps"
            + " and for stopping early, neither of which it does.")
// Options marked with @Sets are read by ConfigOptions.
@SuppressWarnings("UnusedVariable")
public final class PretrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;
  @Mixin private DeviceOption device;
  @Mixin private ConfigOptions configuration;
  @Mixin private FoaFormatOption foaFormat;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with foa_dev and metadata_dev.")
  @Reads
  private Path data;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the encoder, as import writes one.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder of the features (default: DATA/features).")
  @Writes(Writes.Kind.CACHE)
  private Path cache;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "Start from an encoder that import seld or pretrain wrote (default: drawn weights).")
  @Reads
  private Path from;

  @Option(
      names = "--resume",
      description = "Go on where an earlier run into the same folder stopped.")
  private boolean resume;

  @Option(names = "--epochs", paramLabel = "N", description = "At the most (default: 250).")
  @Sets("schedule.epochs")
  private Integer epochs;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Epochs without a lower SELD error before it stops (default: 50).")
  @Sets("schedule.patience")
  private Integer patience;

  @Option(names = "--batch", paramLabel = "N", description = "Windows a step (default: 128).")
  @Sets("optimizer.batch")
  private Integer batch;

  @Option(names = "--learning-rate", paramLabel = "RATE", description = "Of Adam (default: 0.001).")
  @Sets("schedule.rate")
  private Double learningRate;

  @Option(
      names = "--cosine",
      description = "Let the learning rate fall to zero along a cosine over all epochs.")
  @Sets("schedule.cosine")
  private Boolean cosine;

  @Option(
      names = "--swaps",
      negatable = true,
      description = "Whether windows are heard in sixteen channel swaps (default: yes).")
  @Sets("augmentation.swaps")
  private Boolean swaps;

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      description = "Length of a window (default: 5).")
  @Sets("data.window_seconds")
  private Double window;

  @Option(names = "--distance", description = "One of ${COMPLETION-CANDIDATES} (default: metres).")
  @Sets("network.distance")
  private DistanceForm distance;

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "Of all dropouts (default: 0.05).")
  @Sets("network.dropout")
  private Double dropout;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same weights (default: 1).")
  @Sets("seed")
  private Long seed;

  @Override
  public Integer call() {
    SeldPretraining run =
        new SeldPretraining(
            configuration.over(SeldPretrainConfig.baseline()),
            data,
            foaFormat.format(),
            to,
            cache == null ? data.resolve("features") : cache,
            from,
            device.name(),
            threads.count());
    SeldPretraining.Result result =
        StopNotice.during(
            "run the same command with --resume to go on",
            () -> run.run(resume, ConsoleProgress.standard()));
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOutput.print(out, result.history());
    } else {
      SeldEpoch best = result.history().get(result.bestEpoch() - 1);
      out.printf(
          Locale.ROOT,
          "best epoch %d of %d: F20 %.1f %%, direction %s, distance %s, SELD error %.3f;"
              + " encoder in %s%n",
          result.bestEpoch(),
          result.history().size(),
          100 * best.f20(),
          best.directionText(),
          best.distanceText(),
          best.seldError(),
          to);
      out.flush();
    }
    return 0;
  }
}
