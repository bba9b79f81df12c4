package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConfigOptions;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.DeviceOption;
import org.hearsight.app.console.EncoderChoice;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Sets;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.TrainingData;
import org.hearsight.app.console.Writes;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelBundle;
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
// Options marked with @Sets are read by ConfigOptions.
@SuppressWarnings("UnusedVariable")
public final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;
  @Mixin private DeviceOption device;
  @Mixin private ConfigOptions configuration;
  @Mixin private TrainingData data;

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
      names = "--resume",
      description = "Go on where an earlier run into the same folder stopped.")
  private boolean resume;

  @Option(names = "--fusion", description = "One of ${COMPLETION-CANDIDATES} (default: spatial).")
  @Sets("model.fusion")
  private Fusion fusion;

  @Option(
      names = "--cues",
      negatable = true,
      description =
          "Whether intensity vector, level and time go past the encoder to the adapter"
              + " (default: with spatial fusion, whether an option or a file names it).")
  @Sets("model.cues")
  private Boolean cues;

  @Option(names = "--location", description = "One of ${COMPLETION-CANDIDATES} (default: map).")
  @Sets("model.location")
  private LocationForm location;

  @Option(
      names = "--confidence",
      description = "One of ${COMPLETION-CANDIDATES} (default: correctness).")
  @Sets("model.confidence")
  private ConfidenceTarget confidence;

  @Option(
      names = "--stage1-epochs",
      paramLabel = "N",
      description = "Epochs with the encoders frozen (default: 10).")
  @Sets("stage1.epochs")
  private Integer stage1;

  @Option(
      names = "--stage2-epochs",
      paramLabel = "N",
      description = "Epochs with the upper half of the SELD encoder freed (default: 5).")
  @Sets("stage2.epochs")
  private Integer stage2;

  @Option(
      names = "--from-scratch",
      description =
          "Draw the SELD encoder from the seed and train all of it from the first epoch: what a"
              + " pretrained one is compared with.")
  @Sets("encoder.from_scratch")
  private Boolean fromScratch;

  @Option(
      names = "--int8",
      description =
          "Encode pictures in 8 bits, here and in the model: about three times as fast on a"
              + " processor with VNNI.")
  @Sets("data.int8")
  private Boolean int8;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same model (default: 1).")
  @Sets("seed")
  private Long seed;

  @Override
  public Integer call() {
    TrainConfig config = config();
    configuration.requireUse(seld, config);
    ConsoleProgress progress = ConsoleProgress.standard();
    TrainingRun run =
        new TrainingRun(
            config,
            data.folder(),
            audioEncoder(config, progress),
            resnet50Folder(config, progress),
            to,
            data.encoded(),
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

  TrainConfig config() {
    return configuration.training();
  }

  private Path audioEncoder(TrainConfig config, ConsoleProgress progress) {
    AudioBackbone wanted = encoder == null ? AudioBackbone.SELDNET : encoder;
    Path given = config.encoder().fromScratch() ? Path.of(EncoderChoice.NONE) : seld;
    long seed = config.seed();
    Path folder =
        EncoderChoice.standard()
            .choose(wanted.kind(), given, progress)
            .orElseGet(
                () ->
                    EncoderImport.untrainedAudio(
                            wanted,
                            TorchEngine.start(threads.count()),
                            seed,
                            drawn(wanted.kind(), seed))
                        .folder());
    if (encoder != null) {
      EncoderFolder.open(folder, encoder.kind());
    }
    return folder;
  }

  private Path resnet50Folder(TrainConfig config, ConsoleProgress progress) {
    long seed = config.seed();
    return EncoderChoice.standard()
        .choose(EncoderCard.RESNET50, resnet50, progress)
        .orElseGet(
            () ->
                EncoderImport.untrainedResnet50(
                        TorchEngine.start(threads.count()), seed, drawn(EncoderCard.RESNET50, seed))
                    .folder());
  }

  /**
   * Where an encoder drawn from the seed is kept. Bad data and folders that are not free are
   * refused before one is written.
   */
  private Path drawn(String kind, long seed) {
    TrainingRun.requireFree(to);
    TrainingRun.trainable(data.folder());
    return ModelBundle.training(to).resolve("encoders").resolve(kind + "-seed" + seed);
  }
}
