package org.hearsight.app.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hearsight.app.console.EncoderChoice;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.OutputFolder;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.learning.deploy.ServingModel;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.train.TrainConfig;
import org.hearsight.learning.train.TrainingRun;
import org.hearsight.learning.weights.EncoderImport;
import org.hearsight.report.page.DemoReport;

/**
 * The whole of Hearsight in one run: simulate, take or draw encoders, train in two stages, evaluate
 * beside the baselines and the model that ships, write the report.
 *
 * @param to folder of everything the demo makes
 * @param backbone the audio encoder
 * @param seldCheckpoint a pretrained SELD network's file or folder; {@code none} for an untrained
 *     encoder, null for the one that ships
 * @param resnet50Checkpoint torchvision's file or an encoder's folder; the same
 * @param data sizes, seed and sounds of the simulated data set
 * @param config of the training
 */
public record Demo(
    Path to,
    AudioBackbone backbone,
    Path seldCheckpoint,
    Path resnet50Checkpoint,
    SimulatorConfig data,
    TrainConfig config,
    int threads) {

  /**
   * What the demo came to.
   *
   * @param report its page
   */
  public record Outcome(Evaluation evaluation, TrainingRun.Result training, Path report) {}

  /** Runs it; finished parts of an earlier run with the same options are used again. */
  public Outcome run(Progress progress) {
    return FolderLock.holding(to, "demo", () -> make(progress));
  }

  private Outcome make(Progress progress) {
    // Before encoders are drawn, which takes long and leaves large files.
    if (data.sounds() != null && !Files.isDirectory(data.sounds())) {
      throw new InputException(
          data.sounds(), "is not a folder", "give a folder with one folder per class");
    }
    Path model = to.resolve("model");
    requireReplaceable(model);
    TorchEngine engine = TorchEngine.start(threads);
    Timings timings = new Timings();
    EncoderFolder seld = seld(engine, progress);
    EncoderFolder resnet50 = resnet50(engine, progress);
    timings.lap("encoders");
    ScenarioStore store = Simulator.generate(data, dataFolder(), progress);
    timings.lap("simulation");
    Path trained = to.resolve("trained");
    // A demo trains each time, so that its curves and times are of this run.
    ModelBundle.delete(trained);
    TrainingRun.Result training =
        new TrainingRun(
                config,
                store.folder(),
                seld.folder(),
                resnet50.folder(),
                trained,
                store.folder().resolve("encoded"),
                "cpu",
                threads)
            .run(false, progress);
    timings.add("encoding", training.encodeSeconds());
    timings.add("training", training.trainSeconds());
    timings.skip();
    keep(trained, model);
    Evaluation evaluation;
    try (Hearsight hearsight = Hearsight.load(model, threads)) {
      evaluation = Evaluation.run(hearsight, store, Split.TEST, progress);
    }
    if (Hearsight.ships()) {
      try (Hearsight shipped = Hearsight.load(threads)) {
        evaluation = evaluation.beside(Evaluation.DEFAULT, shipped, store, Split.TEST, progress);
      }
    }
    evaluation.write(to.resolve("scores.json"));
    timings.lap("evaluation");
    Path report = to.resolve("report.html");
    DemoReport.write(
        report, new DemoPage(this, engine, store, training, evaluation, timings).data());
    return new Outcome(evaluation, training, report);
  }

  private EncoderFolder seld(TorchEngine engine, Progress progress) {
    Path folder = to.resolve("encoders").resolve(backbone.kind());
    Optional<Path> chosen =
        EncoderChoice.standard().choose(backbone.kind(), seldCheckpoint, progress);
    if (chosen.isPresent()) {
      return Files.isDirectory(chosen.get())
          ? EncoderFolder.open(chosen.get(), backbone.kind())
          : EncoderImport.audio(backbone, engine, chosen.get(), folder).folder();
    }
    return EncoderImport.untrainedAudio(backbone, engine, config.seed(), folder);
  }

  private EncoderFolder resnet50(TorchEngine engine, Progress progress) {
    Path folder = to.resolve("encoders").resolve(EncoderCard.RESNET50);
    Optional<Path> chosen =
        EncoderChoice.standard().choose(EncoderCard.RESNET50, resnet50Checkpoint, progress);
    if (chosen.isPresent()) {
      return Files.isDirectory(chosen.get())
          ? EncoderFolder.open(chosen.get(), EncoderCard.RESNET50)
          : EncoderImport.resnet50(engine, chosen.get(), folder).folder();
    }
    return EncoderImport.untrainedResnet50(engine, config.seed(), folder);
  }

  /** One folder a configuration, so that another seed does not meet old data. */
  private Path dataFolder() {
    return to.resolve(
        "data-%d-%d-%d-%d-seed%d%s"
            .formatted(
                data.run().train(),
                data.run().validation(),
                data.run().test(),
                data.run().calibration(),
                data.run().seed(),
                data.sounds() == null ? "" : "-recordings"));
  }

  /** What {@link #keep} would find only after the training. */
  private static void requireReplaceable(Path model) {
    OutputFolder.forModel(model);
    if (ModelBundle.keepsTraining(model)) {
      throw new InputException(
          model,
          "holds files in its folder training that are not of a demo",
          "give another folder with --to, or move them away");
    }
  }

  /** Only the model that answers and the history are kept; the scores are that model's. */
  private void keep(Path trained, Path model) {
    ModelBundle.delete(model);
    ServingModel.write(trained, model, threads);
    Path table = TrainingRun.folder(trained).table();
    AtomicFile.writeText(to.resolve(table.getFileName()), InputFile.text(table, InputFile.SMALL));
    ModelBundle.delete(trained);
  }
}
