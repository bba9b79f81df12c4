package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.DeviceOption;
import org.hearsight.app.console.EncoderChoice;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
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
  @Reads
  private Path data;

  @Option(
      names = "--seld",
      paramLabel = "DIR",
      description =
          "Folder that import seld, import avcrnn or pretrain wrote; none for an untrained encoder"
              + " (default: the one that ships).")
  @Reads
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
      paramLabel = "DIR",
      description =
          "Folder that import resnet50 or pretrain-vision wrote; none for an untrained encoder"
              + " (default: the one that ships).")
  @Reads
  private Path resnet50;

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder of the model.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder of the encoded data set (default: DATA/encoded).")
  @Writes(Writes.Kind.CACHE)
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
      names = "--train-scenes",
      defaultValue = "0",
      paramLabel = "N",
      description = "Only the first N scenarios of the training split (default: all).")
  private int trainScenes;

  @Option(
      names = "--from-scratch",
      description =
          "Draw the SELD encoder from the seed and train all of it from the first epoch: what a"
              + " pretrained one is compared with.")
  private boolean fromScratch;

  @Option(
      names = "--int8",
      description =
          "Encode pictures in 8 bits, here and in the model: about three times as fast on a"
              + " processor with VNNI.")
  private boolean int8;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "The same seed gives the same model (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    if (trainScenes < 0) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "--train-scenes must not be negative");
    }
    if (fromScratch && seld != null) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "--from-scratch takes no --seld");
    }
    if (batch < 1 || stage1 < 0 || stage2 < 0 || stage1 + stage2 < 1) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "--batch and the epochs of a stage must be positive");
    }
    TrainConfig config =
        TrainConfig.defaults()
            .withSeed(seed)
            .withForms(fusion, cues == null ? fusion == Fusion.SPATIAL : cues, location, confidence)
            .withSchedule(batch, stage1, stage2)
            .withData(trainScenes, fromScratch)
            .withInt8(int8);
    ConsoleProgress progress = ConsoleProgress.standard();
    Path encoded = cache == null ? data.resolve("encoded") : cache;
    TrainingRun run =
        new TrainingRun(
            config,
            data,
            audioEncoder(progress),
            resnet50Folder(progress),
            to,
            encoded,
            device.name(),
            threads.count());
    TrainingRun.Result result =
        StopNotice.during(
            "run the same command with --resume to go on", () -> run.run(resume, progress));
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

  private Path audioEncoder(ConsoleProgress progress) {
    AudioBackbone wanted = encoder == null ? AudioBackbone.SELDNET : encoder;
    Path folder =
        EncoderChoice.standard()
            .choose(wanted.kind(), fromScratch ? Path.of(EncoderChoice.NONE) : seld, progress)
            .orElseGet(
                () ->
                    EncoderImport.untrainedAudio(
                            wanted, TorchEngine.start(threads.count()), seed, drawn(wanted.kind()))
                        .folder());
    if (encoder != null) {
      EncoderFolder.open(folder, encoder.kind());
    }
    return folder;
  }

  private Path resnet50Folder(ConsoleProgress progress) {
    return EncoderChoice.standard()
        .choose(EncoderCard.RESNET50, resnet50, progress)
        .orElseGet(
            () ->
                EncoderImport.untrainedResnet50(
                        TorchEngine.start(threads.count()), seed, drawn(EncoderCard.RESNET50))
                    .folder());
  }

  /** Where an encoder drawn from the seed is kept. Bad data are refused before one is written. */
  private Path drawn(String kind) {
    TrainingRun.trainable(data);
    return to.resolve("encoders").resolve(kind + "-seed" + seed);
  }
}
