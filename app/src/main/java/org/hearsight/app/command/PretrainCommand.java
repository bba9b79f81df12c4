package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.DeviceOption;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
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
public final class PretrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;
  @Mixin private DeviceOption device;

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

  @Option(
      names = "--epochs",
      defaultValue = "250",
      paramLabel = "N",
      description = "At the most (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--patience",
      defaultValue = "50",
      paramLabel = "N",
      description =
          "Epochs without a lower SELD error before it stops (default: ${DEFAULT-VALUE}).")
  private int patience;

  @Option(
      names = "--batch",
      defaultValue = "128",
      paramLabel = "N",
      description = "Windows a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.001",
      paramLabel = "RATE",
      description = "Of Adam (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--cosine",
      description = "Let the learning rate fall to zero along a cosine over all epochs.")
  private boolean cosine;

  @Option(
      names = "--swaps",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether windows are heard in sixteen channel swaps (default: yes).")
  private boolean swaps;

  @Option(
      names = "--window",
      defaultValue = "5",
      paramLabel = "SECONDS",
      description = "Length of a window (default: ${DEFAULT-VALUE}).")
  private double window;

  @Option(
      names = "--distance",
      defaultValue = "metres",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private DistanceForm distance;

  @Option(
      names = "--dropout",
      defaultValue = "0.05",
      paramLabel = "RATE",
      description = "Of all dropouts (default: ${DEFAULT-VALUE}).")
  private double dropout;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "The same seed gives the same weights (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    SeldPretraining run =
        new SeldPretraining(
            config(),
            data,
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

  private SeldPretrainConfig config() {
    return OptionValues.of(
        spec,
        () ->
            new SeldPretrainConfig(
                seed,
                batch,
                epochs,
                patience,
                learningRate,
                cosine,
                swaps,
                (int) Math.round(10 * window),
                distance,
                dropout));
  }
}
