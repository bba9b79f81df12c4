package org.hearsight.learning.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.audio.WavReader;
import org.hearsight.core.bundle.ActivationRanges;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.bundle.OutputFolder;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.encode.EncodedScenes;
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.encode.FrozenEncoding;
import org.hearsight.learning.encode.PictureCalibration;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.export.AudioEncoderGraph;
import org.hearsight.learning.export.GraphMetadata;
import org.hearsight.learning.export.ImaginationGraph;
import org.hearsight.learning.export.ResNet50Graph;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.weights.EncoderImport;

/**
 * From a data set and two encoders to a {@link ModelBundle}: fit the scaler, run the frozen
 * encoders once, train in two stages, export.
 *
 * @param data folder of the data set
 * @param seld folder of the imported or drawn audio encoder, whichever it is
 * @param resnet50 folder of the imported picture encoder
 * @param to folder of the bundle
 * @param cache folder of the encoded data set, which later runs on the same data and encoders share
 * @param device to train on
 * @param threads of both engines
 */
public record TrainingRun(
    TrainConfig config,
    Path data,
    Path seld,
    Path resnet50,
    Path to,
    Path cache,
    String device,
    int threads) {
  private static final int ENCODING_VERSION = 7;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A finished run.
   *
   * @param encodeSeconds that the frozen encoders took, features included
   * @param trainSeconds of both stages
   */
  public record Result(
      ModelBundle bundle, Trainer.Trained trained, double encodeSeconds, double trainSeconds) {}

  /**
   * Runs to the end.
   *
   * @param resume go on where an earlier run into the same folder stopped
   * @throws InputException if data, encoders or folders are unusable
   */
  public Result run(boolean resume, Progress progress) {
    boolean there = Files.exists(to);
    try {
      return train(resume, progress);
    } catch (RuntimeException e) {
      if (!there && Files.isDirectory(to)) {
        discardBegun(to);
      }
      throw e;
    }
  }

  /** A run that ended before its first epoch leaves no folder; later it has its state in it. */
  private static void discardBegun(Path folder) {
    try {
      if (!Files.exists(Trainer.stateFile(folder))) {
        Files.deleteIfExists(ModelBundle.visualEncoder(folder));
      }
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // To be gone on with.
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
  }

  private Result train(boolean resume, Progress progress) {
    OutputFolder.forModel(to);
    ScenarioStore store = trainable(data);
    EncoderFolder audio = EncoderFolder.openAudio(seld);
    EncoderFolder visual = EncoderFolder.open(resnet50, EncoderCard.RESNET50);
    TorchEngine engine = TorchEngine.start(threads);
    Device on = engine.device(device);
    StateDict visualWeights = StateDict.read(visual.weights());
    try (NDManager manager = engine.newManager(on)) {
      AudioEncoder encoder = EncoderImport.loadAudio(audio, manager);
      AudioFeatures features = audio.card().backbone().features();
      String boundary = FrozenEncoding.FEATURES;
      if (!config.fromScratch()) {
        encoder.unfreezeTop(config.frozenShare());
        boundary = boundary(encoder);
      }
      // A folder that cannot be is refused before all data are read.
      AtomicFile.createFolder(to);
      ActivationRanges int8 =
          config.int8()
              ? PictureCalibration.of(store, visualWeights.tensors(), threads, progress)
              : null;
      String fingerprint =
          fingerprint(
              store,
              config.fromScratch()
                  ? audio.card().kind()
                  : StateDict.read(audio.weights()).sha256() + (hearsRaw(audio) ? "raw" : ""),
              visualWeights.sha256() + (int8 == null ? "" : int8),
              boundary,
              progress);
      // Before anything is written: another run's folder stays as it is.
      RunState.begun(Trainer.stateFile(to), resume, config, fingerprint);
      ModelBundle.begin(to);
      Path visualGraph = ModelBundle.visualEncoder(to);
      Map<String, String> about =
          Map.of("kind", visual.card().kind(), "source", visual.card().source());
      ResNet50Graph.build(visualWeights.tensors(), int8, about).write(visualGraph);
      long started = System.nanoTime();
      FeatureScaler scaler = scaler(audio, store, features, progress);
      try (EncodedSet encoded = open(store, encoder, features, fingerprint)) {
        byte[] audioGraph =
            config.fromScratch()
                ? null
                : AudioEncoderGraph.build(encoder, Set.of(boundary), Map.of()).bytes();
        // One thread hears the next clips while the engine has all of them for the pictures.
        Hearing hearing = new Hearing(features, scaler, 1);
        new FrozenEncoding(store, audioGraph, visualGraph, boundary, hearing, threads)
            .encode(encoded, config.mirrorShare() > 0, progress);
        double encodeSeconds = (System.nanoTime() - started) / 1e9;
        started = System.nanoTime();
        ImaginationModel model =
            new ImaginationModel(
                ImaginationModel.Config.of(
                    config.fusion(),
                    encoder.width() + (config.cues() ? SpatialCues.WIDTH : 0),
                    store.taxonomy().size(),
                    config.location()),
                new ParameterFactory(manager, new SplittableRandom(config.seed())));
        Trainer.Trained trained =
            new Trainer(
                    engine,
                    on,
                    config,
                    store,
                    encoded,
                    fingerprint,
                    encoder,
                    features.bands(),
                    model,
                    to,
                    progress)
                .run(resume);
        double trainSeconds = (System.nanoTime() - started) / 1e9;
        EncoderCard sees = visual.card().in8Bits(int8);
        ModelCard card = card(store, audio, sees, model, trained, scaler, engine, fingerprint);
        return new Result(
            write(card, encoder, visualWeights, model), trained, encodeSeconds, trainSeconds);
      }
    }
  }

  /**
   * Opens a data set to train on.
   *
   * @throws InputException if it is unusable, or nothing is there to train or to validate with
   */
  public static ScenarioStore trainable(Path data) {
    ScenarioStore store = ScenarioStore.open(data);
    TrainingSet.requireSome(store, Split.TRAIN);
    TrainingSet.requireSome(store, Split.VALIDATION);
    return store;
  }

  /** The encoder's own scaler where it brings one along, else one fitted to the training split. */
  private static FeatureScaler scaler(
      EncoderFolder audio, ScenarioStore store, AudioFeatures features, Progress progress) {
    if (hearsRaw(audio)) {
      return FeatureScaler.none(features);
    }
    return audio.card().seld() == null
        ? FrozenEncoding.fitScaler(store, features, progress)
        : audio.card().seld().scaler();
  }

  /**
   * A network trained on raw features goes on hearing them so; one that was drawn has no statistics
   * of its own to bring them to one size.
   */
  private static boolean hearsRaw(EncoderFolder audio) {
    return audio.card().pretrained() && audio.card().backbone().features().publishedRaw();
  }

  /** The last stage below the freeze boundary: what it gives never changes in training. */
  private static String boundary(AudioEncoder encoder) {
    int first = encoder.firstTrainableStage();
    if (first == 0 || encoder.widthAfter(first - 1) == 0) {
      throw new InputException(
          "frozen_share",
          "frees the encoder below its tokens",
          "leave at least the convolutions and, of several recurrent layers, the first frozen");
    }
    return encoder.stageNames().get(first - 1);
  }

  private EncodedSet open(
      ScenarioStore store, AudioEncoder encoder, AudioFeatures features, String fingerprint) {
    int tokens = features.tokens(samples(store));
    int below = encoder.firstTrainableStage() - 1;
    EncodedSet.Layout layout =
        new EncodedSet.Layout(
            tokens,
            config.fromScratch() ? 0 : encoder.width(),
            config.fromScratch()
                ? featuresPerToken(features, samples(store), tokens)
                : encoder.widthAfter(below),
            SpatialCues.WIDTH,
            VisualPlanes.TOKENS,
            2048);
    Path file = cache.resolve("encoded-" + fingerprint.substring(0, 16) + ".bin");
    return EncodedSet.open(file, layout, fingerprint);
  }

  private static int featuresPerToken(AudioFeatures features, int samples, int tokens) {
    int all = AudioFeatures.PLANES * features.frameCount(samples) * features.bands();
    if (all % tokens != 0) {
      throw new InputException(
          "from scratch",
          all + " features do not divide into " + tokens + " tokens",
          "train seldnet on clips of whole tenths of seconds");
    }
    return all / tokens;
  }

  /** Samples of a clip at 24 kHz. */
  private static int samples(ScenarioStore store) {
    Scenario first = store.scenarios().get(0);
    try (WavReader wav = WavReader.open(store.resolve(first.files().audio()))) {
      // Rounded up, as the resampler does.
      return (int) -Math.floorDiv(-wav.frames() * Foa.SAMPLE_RATE, (long) wav.sampleRate());
    }
  }

  /**
   * Of everything the encoded numbers depend on, sounds and pictures included: one that was mended
   * under its old name makes a cache stale. The scaler follows from the data.
   */
  private static String fingerprint(
      ScenarioStore store, String audioSha, String visualSha, String boundary, Progress progress) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(store.folder().resolve("dataset.json")));
      digest.update(Files.readAllBytes(store.folder().resolve("scenarios.jsonl")));
      List<Scenario> encoded = EncodedScenes.order(store);
      try (Progress.Task task = progress.begin("check data", encoded.size())) {
        for (Scenario s : encoded) {
          digest.update(checksum(store, s.files()));
          task.advance(1);
        }
      }
      String rest = audioSha + visualSha + boundary + ENCODING_VERSION;
      digest.update(rest.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw new InputException(store.folder(), "cannot be read", "check the data set", e);
    }
  }

  /** CRC-32C of a scenario's files, which is many times faster than a secure hash. */
  private static byte[] checksum(ScenarioStore store, Scenario.Files files) {
    Stop.check();
    CRC32C crc = new CRC32C();
    for (String file :
        Arrays.asList(files.audio(), files.rgb(), files.depth(), files.occlusion())) {
      if (file != null) {
        Path path = store.resolve(file);
        try {
          crc.update(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
          throw new InputException(path, "no such file", "simulate the data set again", e);
        } catch (IOException e) {
          throw new InputException(path, "cannot be read", "check the data set", e);
        }
      }
    }
    return ByteBuffer.allocate(Long.BYTES).putLong(crc.getValue()).array();
  }

  private ModelCard card(
      ScenarioStore store,
      EncoderFolder audio,
      EncoderCard visual,
      ImaginationModel model,
      Trainer.Trained trained,
      FeatureScaler scaler,
      TorchEngine engine,
      String fingerprint) {
    ObjectNode provenance = JSON.createObjectNode();
    provenance.put("data_and_encoders_sha256", fingerprint);
    provenance.put("data_seed", store.header().seed());
    provenance.set("config", JSON.valueToTree(config));
    provenance.put("best_epoch", trained.bestEpoch());
    provenance.set("best", JSON.valueToTree(trained.history().get(trained.bestEpoch() - 1)));
    provenance.put("threads", threads);
    provenance.put("engine", "PyTorch " + engine.version());
    provenance.put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
    provenance.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    double seconds = (double) samples(store) / Foa.SAMPLE_RATE;
    return new ModelCard(
        ModelCard.FORMAT_VERSION,
        store.taxonomy(),
        seconds,
        audio.card().alone(),
        visual,
        new ModelCard.AdapterCard(
            config.fusion(),
            config.cues(),
            config.location(),
            config.confidence(),
            model.config().adapter().width(),
            model.config().adapter().heads()),
        trained.temperature(),
        scaler,
        provenance);
  }

  /** The picture encoder's graph is there already; the card comes last. */
  private ModelBundle write(
      ModelCard card, AudioEncoder encoder, StateDict visualWeights, ImaginationModel model) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    encoder.saveEncoder().forEach((name, t) -> all.put("seld_encoder." + name, t));
    visualWeights.tensors().forEach((name, t) -> all.put("visual_encoder." + name, t));
    all.putAll(model.save());
    Safetensors.write(ModelBundle.weights(to), all, Map.of("format", "hearsight"));
    Map<String, String> about = GraphMetadata.part(card);
    AudioEncoderGraph.build(encoder, Set.of(), about).write(ModelBundle.seldEncoder(to));
    ImaginationGraph.build(model.save(), config.fusion(), card.adapter().heads(), about)
        .write(ModelBundle.imagination(to));
    return ModelBundle.finish(to, card);
  }
}
