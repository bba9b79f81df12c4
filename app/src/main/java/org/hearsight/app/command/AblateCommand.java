package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.hearsight.app.evidence.Origins;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.learning.ablate.Ablation;
import org.hearsight.learning.ablate.AblationResult;
import org.hearsight.learning.ablate.AblationRow;
import org.hearsight.learning.train.JudgedTraining;
import org.hearsight.learning.train.TrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hearsight ablate}. */
@Command(
    name = "ablate",
    mixinStandardHelpOptions = true,
    description = {
      "Trains the same model again and again, each time with a part left out or otherwise, and",
      "scores each: what does a part bring? Finished rows are kept; the same command goes on."
    })
// Options marked with @Sets are read by ConfigOptions.
@SuppressWarnings("UnusedVariable")
public final class AblateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;
  @Mixin private DeviceOption device;
  @Mixin private ConfigOptions configuration;
  @Mixin private TrainingData data;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder for ablation.json and the finished rows.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "NAME",
      description = "Only these (default: all). An unknown name lists what there is.")
  private List<String> rows = List.of();

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      paramLabel = "N",
      description =
          "Of weights, order and masks: each row once a seed (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds;

  @Option(
      names = "--seld",
      paramLabel = "DIR",
      description = "Folder of the SELD encoder (default: the one that ships).")
  @Reads
  private Path seld;

  @Option(
      names = "--resnet50",
      paramLabel = "DIR",
      description = "Folder of the picture encoder (default: the one that ships).")
  @Reads
  private Path resnet50;

  @Option(
      names = "--stage1-epochs",
      paramLabel = "N",
      description = "Epochs with the encoders frozen (default: 6).")
  @Sets("stage1.epochs")
  private Integer stage1;

  @Option(
      names = "--stage2-epochs",
      paramLabel = "N",
      description = "Epochs with the upper half of the SELD encoder freed (default: 2).")
  @Sets("stage2.epochs")
  private Integer stage2;

  @Override
  public Integer call() {
    List<AblationRow> wanted = rows();
    if (seeds.stream().distinct().count() < seeds.size()) {
      throw new ParameterException(spec.commandLine(), "--seeds: one stands twice");
    }
    TrainConfig whole = config();
    if (configuration.isSet("seed")) {
      throw new ParameterException(spec.commandLine(), "--set seed: rows have those of --seeds");
    }
    configuration.requireUse(seld, whole);
    AblationResult result =
        StopNotice.during(
            "run the same command to go on",
            () -> FolderLock.holding(to, "ablate", () -> run(whole, wanted)));
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOutput.print(out, result);
    } else {
      out.print(result.table());
      out.println("* differs from the whole model: the 95 % interval over seeds leaves 0 out");
      out.flush();
    }
    return 0;
  }

  TrainConfig config() {
    return configuration.training(Ablation::defaults);
  }

  private AblationResult run(TrainConfig whole, List<AblationRow> wanted) {
    ConsoleProgress progress = ConsoleProgress.standard();
    EncoderChoice choice = EncoderChoice.standard();
    Path audio = choice.require(AudioBackbone.SELDNET.kind(), seld);
    Path visual = choice.require(EncoderCard.RESNET50, resnet50);
    AblationResult result;
    try (JudgedTraining training =
        new JudgedTraining(
            data.folder(),
            Split.TEST,
            audio,
            visual,
            data.encoded(),
            device.name(),
            threads.count(),
            progress)) {
      List<Provenance.Model> encoders = new ArrayList<>();
      if (!whole.encoder().fromScratch()) {
        encoders.add(encoder(EncoderFolder.openAudio(audio)));
      }
      encoders.add(encoder(EncoderFolder.open(visual, EncoderCard.RESNET50)));
      Provenance provenance = Origins.of(spec, encoders, training.store(), Split.TEST);
      result = new Ablation(to, whole, wanted, seeds).run(training, provenance, progress);
    }
    AtomicFile.writeText(to.resolve("ablation.json"), Json.rows(result));
    return result;
  }

  private static Provenance.Model encoder(EncoderFolder folder) {
    return new Provenance.Model(folder.card().kind(), Sha256.of(folder.weights()));
  }

  private List<AblationRow> rows() {
    if (rows.isEmpty()) {
      return List.of(AblationRow.values());
    }
    try {
      return rows.stream().map(AblationRow::of).distinct().toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--rows: " + e.getMessage(), e);
    }
  }
}
