package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.DeviceOption;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.train.TrainConfig;
import org.hearsight.learning.train.TrainingRun;
import org.hearsight.learning.weights.EncoderImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains adapter and head in two stages on pretrained encoders.")
public final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;
  @Mixin private DeviceOption device;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that simulate wrote.")
  private Path data;

  @Option(
      names = "--seld",
      paramLabel = "DIR",
      description =
          "Folder that import seld or import avcrnn wrote; without it the encoder is untrained.")
  private Path seld;

  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      description =
          "The audio encoder, one of ${COMPLETION-CANDIDATES}: the one to draw, or the one that"
              + " --seld must hold (default: whichever --seld holds).")
  private AudioBackbone encoder;

  @Option(
      names = "--resnet50",
      required = true,
      paramLabel = "DIR",
      description = "Folder that import resnet50 wrote.")
  private Path resnet50;

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder of the model.")
  private Path to;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder of the encoded data set (default: DATA/encoded).")
  private Path cache;

  @Option(
      names = "--resume",
      description = "Go on where an earlier run into the same folder stopped.")
  private boolean resume;

  @Option(
      names = "--fusion",
      defaultValue = "spatial",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Fusion fusion;

  @Option(
      names = "--cues",
      negatable = true,
      description =
          "Whether intensity vector, level and time go past the encoder to the adapter"
              + " (default: with spatial fusion).")
  private Boolean cues;

  @Option(
      names = "--location",
      defaultValue = "spherical",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private LocationForm location;

  @Option(
      names = "--confidence",
      defaultValue = "correctness",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ConfidenceTarget confidence;

  @Option(
      names = "--stage1-epochs",
      defaultValue = "30",
      paramLabel = "N",
      description = "Epochs with the encoders frozen (default: ${DEFAULT-VALUE}).")
  private int stage1;

  @Option(
      names = "--stage2-epochs",
      defaultValue = "20",
      paramLabel = "N",
      description =
          "Epochs with the upper half of the SELD encoder freed (default: ${DEFAULT-VALUE}).")
  private int stage2;

  @Option(
      names = "--batch",
      defaultValue = "32",
      paramLabel = "N",
      description = "Scenarios a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "The same seed gives the same model (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    if (batch < 1 || stage1 < 0 || stage2 < 0 || stage1 + stage2 < 1) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "--batch and the epochs of a stage must be positive");
    }
    if (seld == null && encoder == null) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(),
          "give --seld DIR for a pretrained audio encoder, or --encoder NAME for an untrained one");
    }
    TrainConfig config =
        TrainConfig.defaults()
            .withSeed(seed)
            .withForms(fusion, cues == null ? fusion == Fusion.SPATIAL : cues, location, confidence)
            .withSchedule(batch, stage1, stage2);
    Path encoded = cache == null ? data.resolve("encoded") : cache;
    TrainingRun run =
        new TrainingRun(
            config,
            data,
            audioEncoder(encoded),
            resnet50,
            to,
            encoded,
            device.name(),
            threads.count());
    TrainingRun.Result result =
        StopNotice.during(
            "run the same command with --resume to go on",
            () -> run.run(resume, ConsoleProgress.standard()));
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOutput.print(out, result.trained());
    } else {
      out.printf(
          Locale.ROOT,
          "best epoch %d of %d; encoding %.0f s, training %.0f s; model in %s%n",
          result.trained().bestEpoch(),
          result.trained().history().size(),
          result.encodeSeconds(),
          result.trainSeconds(),
          to);
      out.flush();
    }
    return 0;
  }

  /** The folder of the wanted encoder; an untrained one is drawn beside the encoded data. */
  private Path audioEncoder(Path encoded) {
    if (seld == null) {
      ScenarioStore.open(data);
      Path drawn = encoded.resolve("untrained-%s-seed%d".formatted(encoder.kind(), seed));
      TorchEngine engine = TorchEngine.start(threads.count());
      return EncoderImport.untrainedAudio(encoder, engine, seed, drawn).folder();
    }
    if (encoder != null) {
      EncoderFolder.open(seld, encoder.kind());
    }
    return seld;
  }
}
