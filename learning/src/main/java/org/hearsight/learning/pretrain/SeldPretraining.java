package org.hearsight.learning.pretrain;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.bundle.Checksums;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.SeldCard;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.encode.CacheFile;
import org.hearsight.learning.encode.Fingerprint;
import org.hearsight.learning.encode.OrderedTasks;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.loop.RunFolder;
import org.hearsight.learning.loop.SavedRun;
import org.hearsight.learning.loop.TrainingLoop;
import org.hearsight.learning.loss.AdpitLoss;
import org.hearsight.learning.model.SeldNet;
import org.hearsight.learning.weights.DetectorGraph;

/**
 * From labelled recordings to an {@link EncoderFolder}: fit the scaler, compute the features once,
 * train with ADPIT, keep the best epoch.
 *
 * @param data folder in the STARSS23 layout, see {@link SeldDataset}
 * @param format of its recordings; null to believe what they say of themselves
 * @param to folder of the encoder
 * @param cache folder of the features, which later runs on the same data share
 * @param from an encoder's folder to start from; null to start from drawn weights. A head for other
 *     classes is drawn anew
 * @param device to train on
 * @param threads of the engine and of the features
 */
public record SeldPretraining(
    SeldPretrainConfig config,
    Path data,
    FoaFormat format,
    Path to,
    Path cache,
    Path from,
    String device,
    int threads) {
  /** Raised when the same sound gives other features than before. */
  private static final int FEATURES_VERSION = 3;

  /** Recordings the scaler is fitted on: means over some thousand do not move any more. */
  private static final int SCALER_RECORDINGS = 2000;

  /**
   * A finished run.
   *
   * @param bestEpoch whose weights are in the folder
   */
  public record Result(EncoderFolder folder, List<SeldEpoch> history, int bestEpoch) {}

  /**
   * Runs to the end.
   *
   * @param resume go on where an earlier run into the same folder stopped
   * @throws InputException if the data are unusable or the folder holds another run
   */
  public Result run(boolean resume, Progress progress) {
    EncoderOutput.require(to, folder().state());
    SeldDataset dataset = SeldDataset.open(data, format);
    List<SeldDataset.Recording> train = dataset.required(Split.TRAIN);
    List<SeldDataset.Recording> validation = dataset.required(Split.VALIDATION);
    if (dataset.validationNote() != null) {
      progress.note(dataset.validationNote());
    }
    return FolderLock.holding(
        to, "pretrain", () -> run(dataset, train, validation, resume, progress));
  }

  private Result run(
      SeldDataset dataset,
      List<SeldDataset.Recording> train,
      List<SeldDataset.Recording> validation,
      boolean resume,
      Progress progress) {
    EncoderFolder start = from == null ? null : EncoderFolder.open(from, EncoderCard.SELDNET);
    StateDict weights = start == null ? null : StateDict.ours(start.weights(), Checksums.REMEDY);
    FeatureScaler given =
        start == null || start.card().seld() == null ? null : start.card().seld().scaler();
    String features =
        new Fingerprint("seld windows", FEATURES_VERSION)
            .and("classes", dataset.classes())
            .and("label frames", config.labelFrames())
            .and("scaler", given == null ? "fitted" : given)
            .and("recordings", names(dataset) + (format == null ? "" : " in " + format))
            .andContents(files(dataset), "check the data set", threads, progress)
            .hex();
    String fingerprint =
        new Fingerprint("seld training", FEATURES_VERSION)
            .and("features", features)
            .and("from", weights == null ? "drawn" : weights.sha256())
            .hex();
    TorchEngine engine = TorchEngine.start(threads);
    Device on = engine.device(device);
    // Before anything is computed: another run's folder stays as it is.
    SavedRun<SeldEpoch> state =
        SavedRun.begun(folder(), resume, config, fingerprint, SeldEpoch.class);
    FeatureScaler scaler = given == null ? scaler(train, progress) : given;
    progress.note(train.size() + " recordings to train on, " + validation.size() + " to judge by");
    int classes = dataset.classes().size();
    try (NDManager manager = engine.newManager(on);
        SeldWindows trainWindows = windows(dataset, train, "train", scaler, features, progress);
        SeldWindows judgeWindows =
            windows(dataset, validation, "validation", scaler, features, progress)) {
      ParameterFactory factory = new ParameterFactory(manager, new SplittableRandom(config.seed()));
      SeldNet net =
          new SeldNet(
              SeldNet.Config.dcase2024()
                  .withOutputs(AdpitLoss.TRACKS * AdpitLoss.AXES * classes)
                  .withDropout(config.network().dropout()),
              factory);
      Linear tags = config.loss().tags() == 0 ? null : new Linear(factory, net.width(), classes);
      if (weights != null) {
        begin(net, weights, progress);
      }
      AdpitTargets targets = new AdpitTargets(classes, config.network().distance());
      SeldTraining task =
          new SeldTraining(
              config,
              net,
              tags,
              trainWindows,
              new SeldValidation(judgeWindows, targets),
              targets,
              scaler);
      TrainingLoop.Trained<SeldEpoch> trained =
          new TrainingLoop<>(engine, on, task, state, progress).run();
      EncoderOutput.report(to, config, fingerprint, engine, threads, results(trained));
      SeldCard seld = new SeldCard(dataset.classes(), config.network().distance(), scaler);
      return new Result(write(net, seld, fingerprint), trained.history(), trained.bestEpoch());
    }
  }

  private static Map<String, Object> results(TrainingLoop.Trained<SeldEpoch> trained) {
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("best_epoch", trained.bestEpoch());
    results.put("epochs", trained.history());
    return results;
  }

  private RunFolder folder() {
    return new RunFolder(to, "pretraining");
  }

  /** Takes the weights of another network; a head of another size stays as it was drawn. */
  private static void begin(SeldNet net, StateDict weights, Progress progress) {
    Map<String, Tensor> own = net.save();
    boolean sameHead =
        own.entrySet().stream()
            .filter(e -> e.getKey().startsWith(net.headPrefix()))
            .allMatch(
                e ->
                    weights.tensors().containsKey(e.getKey())
                        && Arrays.equals(
                            weights.tensors().get(e.getKey()).shape(), e.getValue().shape()));
    Map<String, Tensor> taken = new LinkedHashMap<>(weights.tensors());
    if (!sameHead) {
      progress.note(weights.path() + ": its head is for other classes and is drawn anew");
      own.keySet().removeIf(n -> !n.startsWith(net.headPrefix()));
      taken.keySet().removeIf(n -> n.startsWith(net.headPrefix()));
      taken.putAll(own);
    }
    net.load(taken, weights.path().toString());
  }

  private SeldWindows windows(
      SeldDataset dataset,
      List<SeldDataset.Recording> recordings,
      String name,
      FeatureScaler scaler,
      String fingerprint,
      Progress progress) {
    Path file = CacheFile.place(cache, CacheFile.FEATURES, fingerprint, name);
    return SeldWindows.open(
        dataset, recordings, config.labelFrames(), scaler, file, fingerprint, threads, progress);
  }

  /** Fitted on training recordings only, evenly spread, in all channel swaps. */
  private FeatureScaler scaler(List<SeldDataset.Recording> train, Progress progress) {
    FeatureScaler.Fitter fitter = new FeatureScaler.Fitter();
    int n = Math.min(train.size(), SCALER_RECORDINGS);
    List<Callable<float[]>> tasks = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      SeldDataset.Recording r = train.get((int) ((long) i * train.size() / n));
      tasks.add(() -> new FoaFeatures().compute(r.sound().channels()));
    }
    try (Progress.Task task = progress.begin("scale features", n);
        OrderedTasks ordered = new OrderedTasks(threads)) {
      ordered.run(
          tasks,
          features -> {
            fitter.add(features);
            task.advance(1);
          });
    }
    return fitter.fit().symmetric();
  }

  private static List<String> names(SeldDataset dataset) {
    return dataset.recordings().stream().map(r -> r.name() + " " + r.split()).toList();
  }

  /** Sounds and labels. */
  private static List<Path> files(SeldDataset dataset) {
    return dataset.recordings().stream().flatMap(r -> Stream.of(r.audio(), r.labels())).toList();
  }

  private EncoderFolder write(SeldNet net, SeldCard seld, String fingerprint) {
    Safetensors.write(
        to.resolve("weights.safetensors"),
        net.save(),
        Map.of("kind", EncoderCard.SELDNET, "data", fingerprint));
    EncoderCard card =
        new EncoderCard(
            EncoderCard.FORMAT_VERSION,
            EncoderCard.SELDNET,
            net.width(),
            net.config().inChannels(),
            true,
            true,
            source(fingerprint),
            "",
            seld,
            null);
    return EncoderFolder.finish(to, card, DetectorGraph.of(net));
  }

  private String source(String fingerprint) {
    String begun = from == null ? "" : ", from " + from.getFileName();
    return "pretrained on data " + fingerprint.substring(0, 16) + ", seed " + config.seed() + begun;
  }
}
