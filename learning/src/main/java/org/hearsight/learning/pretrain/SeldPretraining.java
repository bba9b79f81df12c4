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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.zip.CRC32C;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.OutputFolder;
import org.hearsight.core.bundle.SeldCard;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.encode.OrderedTasks;
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
 * @param from an encoder's folder to start from; null to start from drawn weights. A head for other
 *     classes is drawn anew
 * @param device to train on
 * @param threads of the engine and of the features
 */
public record SeldPretraining(
    SeldPretrainConfig config,
    Path data,
    Path to,
    Path cache,
    Path from,
    String device,
    int threads) {
  private static final String HEAD = "fnn_list.";

  /** Raised when the same sound gives other features than before. */
  private static final int FEATURES_VERSION = 2;

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
    OutputFolder.forEncoder(to);
    SeldDataset dataset = SeldDataset.open(data);
    List<SeldDataset.Recording> train = dataset.required(Split.TRAIN);
    List<SeldDataset.Recording> validation = dataset.required(Split.VALIDATION);
    EncoderFolder start = from == null ? null : EncoderFolder.open(from, EncoderCard.SELDNET);
    StateDict weights = start == null ? null : StateDict.read(start.weights());
    String ofData = fingerprint(dataset, progress);
    String fingerprint = weights == null ? ofData : hash(ofData + weights.sha256());
    TorchEngine engine = TorchEngine.start(threads);
    Device on = engine.device(device);
    // Before anything is computed: another run's folder stays as it is.
    SeldRunState state = SeldRunState.begun(SeldTrainer.stateFile(to), resume, config, fingerprint);
    boolean scaled = start != null && start.card().seld() != null;
    FeatureScaler scaler = scaled ? start.card().seld().scaler() : scaler(train, progress);
    // A scaler fitted to the data follows from them.
    String features = scaled ? hash(ofData + scaler) : ofData;
    progress.note(train.size() + " recordings to train on, " + validation.size() + " to judge by");
    int classes = dataset.classes().size();
    try (NDManager manager = engine.newManager(on);
        SeldWindows trainWindows = windows(dataset, train, "train", scaler, features, progress);
        SeldWindows judgeWindows =
            windows(dataset, validation, "validation", scaler, features, progress)) {
      SeldNet net =
          new SeldNet(
              SeldNet.Config.dcase2024()
                  .withOutputs(AdpitLoss.TRACKS * AdpitLoss.AXES * classes)
                  .withDropout(config.dropout()),
              new ParameterFactory(manager, new SplittableRandom(config.seed())));
      if (weights != null) {
        begin(net, weights, progress);
      }
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

  /** Takes the weights of another network; a head of another size stays as it was drawn. */
  private static void begin(SeldNet net, StateDict weights, Progress progress) {
    Map<String, Tensor> own = net.save();
    boolean sameHead =
        own.entrySet().stream()
            .filter(e -> e.getKey().startsWith(HEAD))
            .allMatch(
                e ->
                    weights.tensors().containsKey(e.getKey())
                        && Arrays.equals(
                            weights.tensors().get(e.getKey()).shape(), e.getValue().shape()));
    Map<String, Tensor> taken = new LinkedHashMap<>(weights.tensors());
    if (!sameHead) {
      progress.note(weights.path() + ": its head is for other classes and is drawn anew");
      taken.keySet().removeIf(n -> n.startsWith(HEAD));
      own.forEach((n, t) -> putIfHead(taken, n, t));
    }
    net.load(taken, weights.path().toString());
  }

  private static void putIfHead(Map<String, Tensor> taken, String name, Tensor tensor) {
    if (name.startsWith(HEAD)) {
      taken.put(name, tensor);
    }
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

  /** Of sounds, names and labels of all recordings, and of how they are cut. */
  private String fingerprint(SeldDataset dataset, Progress progress) {
    MessageDigest digest = sha256();
    List<Callable<byte[]>> tasks = new ArrayList<>();
    for (SeldDataset.Recording r : dataset.recordings()) {
      tasks.add(() -> checksum(r));
    }
    try (Progress.Task task = progress.begin("check data", tasks.size());
        OrderedTasks ordered = new OrderedTasks(threads)) {
      ordered.run(
          tasks,
          one -> {
            digest.update(one);
            task.advance(1);
          });
    }
    String rest = dataset.classes() + " " + config.labelFrames() + " " + FEATURES_VERSION;
    digest.update(rest.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** CRC-32C of a recording's sound, which is many times faster than a secure hash. */
  private static byte[] checksum(SeldDataset.Recording r) {
    MessageDigest digest = sha256();
    CRC32C crc = new CRC32C();
    Path file = r.audio();
    try {
      crc.update(Files.readAllBytes(file));
      file = r.labels();
      digest.update(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException(file, "cannot be read", "check the data set", e);
    }
    String line = r.name() + " " + r.split() + " " + crc.getValue();
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    return digest.digest();
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
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
            source(fingerprint),
            "",
            seld,
            null);
    return EncoderFolder.finish(to, card);
  }

  private String source(String fingerprint) {
    String begun = from == null ? "" : ", from " + from.getFileName();
    return "pretrained on data " + fingerprint.substring(0, 16) + ", seed " + config.seed() + begun;
  }
}
