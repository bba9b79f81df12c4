package org.hearsight.learning.pretrain;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.SeldCard;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.loss.AdpitLoss;
import org.hearsight.learning.model.SeldNet;

/**
 * From labelled recordings to an {@link EncoderFolder}: fit the scaler, compute the features once,
 * train with ADPIT, keep the best epoch.
 *
 * @param data folder in the STARSS23 layout, see {@link SeldDataset}
 * @param to folder of the encoder
 * @param cache folder of the features, which later runs on the same data share
 * @param device to train on
 * @param threads of the engine and of the features
 */
public record SeldPretraining(
    SeldPretrainConfig config, Path data, Path to, Path cache, String device, int threads) {
  /** Raised when the same sound gives other features than before. */
  private static final int FEATURES_VERSION = 1;

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
    SeldDataset dataset = SeldDataset.open(data);
    List<SeldDataset.Recording> train = required(dataset, Split.TRAIN);
    List<SeldDataset.Recording> validation = required(dataset, Split.VALIDATION);
    String fingerprint = fingerprint(dataset);
    TorchEngine engine = TorchEngine.start(threads);
    Device on = engine.device(device);
    // Before anything is computed: another run's folder stays as it is.
    SeldRunState state = SeldRunState.begun(SeldTrainer.stateFile(to), resume, config, fingerprint);
    FeatureScaler scaler = scaler(train, progress);
    progress.note(train.size() + " recordings to train on, " + validation.size() + " to judge by");
    int classes = dataset.classes().size();
    try (NDManager manager = engine.newManager(on);
        SeldWindows trainWindows = windows(dataset, train, "train", scaler, fingerprint, progress);
        SeldWindows judgeWindows =
            windows(dataset, validation, "validation", scaler, fingerprint, progress)) {
      SeldNet net =
          new SeldNet(
              SeldNet.Config.dcase2024()
                  .withOutputs(AdpitLoss.TRACKS * AdpitLoss.AXES * classes)
                  .withDropout(config.dropout()),
              new ParameterFactory(manager, new SplittableRandom(config.seed())));
      AdpitTargets targets = new AdpitTargets(classes, config.distance());
      SeldTrainer.Trained trained =
          new SeldTrainer(
                  engine,
                  config,
                  net,
                  trainWindows,
                  new SeldValidation(judgeWindows, targets),
                  targets,
                  fingerprint,
                  to,
                  progress)
              .run(on, state);
      SeldCard seld = new SeldCard(dataset.classes(), config.distance(), scaler);
      return new Result(write(net, seld, fingerprint), trained.history(), trained.bestEpoch());
    }
  }

  private static List<SeldDataset.Recording> required(SeldDataset dataset, Split split) {
    List<SeldDataset.Recording> found = dataset.recordings(split);
    if (found.isEmpty()) {
      throw new InputException(
          dataset.folder(),
          "split " + split.label() + ": holds no recording",
          "give recordings in foa_dev/dev-" + split.label() + "-…");
    }
    return found;
  }

  private SeldWindows windows(
      SeldDataset dataset,
      List<SeldDataset.Recording> recordings,
      String name,
      FeatureScaler scaler,
      String fingerprint,
      Progress progress) {
    Path file = cache.resolve("features-" + fingerprint.substring(0, 16) + "-" + name + ".bin");
    return SeldWindows.open(
        dataset, recordings, config.labelFrames(), scaler, file, fingerprint, threads, progress);
  }

  /** Fitted on training recordings only, evenly spread, in all channel swaps. */
  private FeatureScaler scaler(List<SeldDataset.Recording> train, Progress progress) {
    FeatureScaler.Fitter fitter = new FeatureScaler.Fitter();
    int n = Math.min(train.size(), SCALER_RECORDINGS);
    List<Callable<float[]>> tasks = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Path audio = train.get((int) ((long) i * train.size() / n)).audio();
      tasks.add(() -> new FoaFeatures().compute(Foa.read(audio).channels()));
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

  /** Of names, sizes and labels of all recordings, and of how they are cut. */
  private String fingerprint(SeldDataset dataset) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (SeldDataset.Recording r : dataset.recordings()) {
        String line = r.name() + " " + r.split() + " " + Files.size(r.audio()) + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(r.labels()));
      }
      String rest = dataset.classes() + " " + config.labelFrames() + " " + FEATURES_VERSION;
      digest.update(rest.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw new InputException(dataset.folder(), "cannot be read", "check the data set", e);
    }
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
            "pretrained on data " + fingerprint.substring(0, 16) + ", seed " + config.seed(),
            "",
            seld);
    return EncoderFolder.finish(to, card);
  }
}
