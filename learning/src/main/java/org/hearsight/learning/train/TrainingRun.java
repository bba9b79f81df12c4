package org.hearsight.learning.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.audio.SoundFile;
import org.hearsight.core.audio.SoundReader;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.bundle.ActivationRanges;
import org.hearsight.core.bundle.Checksums;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.FolderKind;
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
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.imagination.UnknownDetector;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.evaluate.ModelCalibration;
import org.hearsight.learning.encode.CacheFile;
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.encode.Fingerprint;
import org.hearsight.learning.encode.FrozenEncoding;
import org.hearsight.learning.encode.PictureCalibration;
import org.hearsight.learning.encode.PlaceSet;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.export.GraphMetadata;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.loop.RunFolder;
import org.hearsight.learning.loop.SavedRun;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.loop.TrainingLoop;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.ImaginationHead;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.ResNet50;
import org.hearsight.learning.weights.EncoderImport;

/**
 * From a data set and two encoders to a {@link ModelBundle}: fit the scaler, run the frozen
 * encoders once, train in two stages, export, calibrate what was exported.
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
  private static final int ENCODING_VERSION = 8;
  private static final String RUN = "training";

  /** Where a run into a model's folder keeps its state. */
  public static RunFolder folder(Path model) {
    return new RunFolder(ModelBundle.training(model), RUN);
  }

  /**
   * What training came to.
   *
   * @param bestEpoch whose weights the model has
   * @param temperature for the classifier's logits, as the model's card has it
   * @param unknown what tells sounds of no class; null if the data hold too few
   */
  public record Trained(
      List<EpochRecord> history, int bestEpoch, double temperature, UnknownDetector unknown) {}

  /**
   * A finished run.
   *
   * @param encodeSeconds that the frozen encoders took, features included
   * @param trainSeconds of both stages
   */
  public record Result(
      ModelBundle bundle, Trained trained, double encodeSeconds, double trainSeconds) {}

  /**
   * Runs to the end.
   *
   * @param resume go on where an earlier run into the same folder stopped
   * @throws InputException if data, encoders or folders are unusable
   */
  public Result run(boolean resume, Progress progress) {
    requireFree(to);
    ScenarioStore store = trainable(data);
    EncoderFolder audio = EncoderFolder.openAudio(seld);
    EncoderFolder visual = EncoderFolder.open(resnet50, EncoderCard.RESNET50);
    TorchEngine engine = TorchEngine.start(threads);
    Device on = engine.device(device);
    Opened all = new Opened(store, audio, visual, engine);
    boolean begun = Files.exists(ModelBundle.visualEncoder(to));
    return FolderLock.holding(
        to,
        "train",
        () -> {
          try {
            return train(all, on, resume, progress);
          } catch (RuntimeException e) {
            // A run that ended before its first epoch leaves nothing; later it has its state there.
            if (!begun && !Files.exists(folder(to).state())) {
              discard(ModelBundle.visualEncoder(to));
            }
            throw e;
          }
        });
  }

  /**
   * Refuses a folder whose content a run would destroy. A model with the state of its run is left
   * to {@link #run}, which goes on from that state or refuses it.
   *
   * @param to folder to train into
   * @throws InputException if it holds an encoder, a data set, a run of an older version, or a
   *     model without the state of its run
   */
  public static void requireFree(Path to) {
    OutputFolder.forModel(to);
    // Older versions kept the state in the model's folder itself.
    Path older = new RunFolder(to, RUN).state();
    if (Files.exists(older)) {
      throw new InputException(
          older,
          "holds a run already, of an older version of Hearsight",
          "train into another folder, or delete it to train anew");
    }
    if (FolderKind.MODEL.isIn(to) && !Files.exists(folder(to).state())) {
      throw new InputException(to, "holds a trained model", "choose another folder, or delete it");
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  /** What all of a run needs, opened. */
  private record Opened(
      ScenarioStore store, EncoderFolder audio, EncoderFolder visual, TorchEngine engine) {}

  private Result train(Opened all, Device on, boolean resume, Progress progress) {
    ScenarioStore store = all.store();
    EncoderFolder audio = all.audio();
    TorchEngine engine = all.engine();
    StateDict visualWeights = StateDict.ours(all.visual().weights(), Checksums.REMEDY);
    try (NDManager manager = engine.newManager(on)) {
      AudioEncoder encoder = EncoderImport.loadAudio(audio, manager);
      AudioFeatures features = audio.card().backbone().features();
      String boundary = FrozenEncoding.FEATURES;
      if (!config.encoder().fromScratch()) {
        encoder.unfreezeTop(config.encoder().frozenShare());
        boundary = boundary(encoder);
      }
      ActivationRanges int8 =
          config.data().int8() ? calibrated(all, visualWeights, progress) : null;
      FeatureScaler given = givenScaler(audio, features);
      String fingerprint =
          new Fingerprint("encoded scenes", ENCODING_VERSION)
              .and("audio", audio.card().kind())
              .and(
                  "audio weights",
                  config.encoder().fromScratch()
                      ? "drawn"
                      : StateDict.ours(audio.weights(), Checksums.REMEDY).sha256())
              .and("scaler", given == null ? "fitted" : given)
              .and("visual weights", visualWeights.sha256())
              .and("int8", int8 == null ? "" : int8)
              .and("boundary", boundary)
              .andScenes(store, true, threads, progress)
              .hex();
      // Before anything is written: another run's folder stays as it is.
      SavedRun<EpochRecord> state =
          SavedRun.begun(
              folder(to),
              resume,
              config,
              begunOn(fingerprint, config.model().location(), PlaceFeatures.VERSION),
              EpochRecord.class);
      ModelBundle.begin(to);
      Path visualGraph = ModelBundle.visualEncoder(to);
      writePictures(visualGraph, all, visualWeights, int8);
      long started = System.nanoTime();
      FeatureScaler scaler =
          given == null ? FrozenEncoding.fitScaler(store, features, progress) : given;
      try (EncodedSet encoded = open(store, encoder, features, fingerprint);
          PlaceSet places = places(store, progress)) {
        byte[] audioGraph =
            config.encoder().fromScratch()
                ? null
                : NetworkGraph.audio(encoder, Set.of(boundary), Map.of()).bytes();
        // One thread hears the next clips while the engine has all of them for the pictures.
        Hearing hearing = new Hearing(features, scaler, 1);
        new FrozenEncoding(store, audioGraph, visualGraph, boundary, hearing, threads)
            .encode(encoded, config.augmentation().mirrorShare() > 0, progress);
        double encodeSeconds = (System.nanoTime() - started) / 1e9;
        started = System.nanoTime();
        ImaginationModel model =
            new ImaginationModel(
                sizes(encoder, store.taxonomy().size()),
                new ParameterFactory(manager, new SplittableRandom(config.seed())));
        ImaginationTraining task =
            new ImaginationTraining(
                config, store, encoded, places, encoder, features.bands(), model);
        TrainingLoop.Trained<EpochRecord> ended =
            new TrainingLoop<>(engine, on, task, state, progress).run();
        UnknownDetector unknown = task.unknown(manager);
        double trainSeconds = (System.nanoTime() - started) / 1e9;
        EncoderCard sees = all.visual().card().in8Bits(int8);
        ModelCard said =
            card(store, audio, sees, model, ended, unknown, scaler, engine, fingerprint);
        write(said, encoder, visualWeights, model);
        ModelCard card = calibrated(said, store, progress);
        Trained trained =
            new Trained(ended.history(), ended.bestEpoch(), card.temperature(), unknown);
        return new Result(ModelBundle.finish(to, card), trained, encodeSeconds, trainSeconds);
      }
    }
  }

  /**
   * What a run's state stands and falls with: a map's features beside data and encoders, named, so
   * that a refusal says what is of another version.
   *
   * @param fingerprint of data and encoders
   * @param placeFeatures version of what a map is trained on
   */
  static String begunOn(String fingerprint, LocationForm location, int placeFeatures) {
    return location == LocationForm.MAP
        ? fingerprint + ", place features " + placeFeatures
        : fingerprint;
  }

  /** The card of a model whose graphs are written, calibrated by what these answer. */
  private ModelCard calibrated(ModelCard card, ScenarioStore store, Progress progress) {
    Split split = Split.CALIBRATION;
    if (store.scenarios(split).isEmpty()) {
      split = Split.VALIDATION;
      progress.note(
          "the data set has no calibration split: probabilities are fitted on validation, which"
              + " chose the epoch; 'simulate --calibration 300' makes one");
    }
    return ModelCalibration.run(ModelBundle.unfinished(to, card), store, split, threads, progress)
        .card();
  }

  /** How far the picture encoder's numbers reach on this data set. */
  private ActivationRanges calibrated(Opened all, StateDict weights, Progress progress) {
    try (NDManager once = all.engine().newManager(Device.cpu())) {
      return PictureCalibration.of(all.store(), pictures(weights, once), threads, progress);
    }
  }

  /** Writes the picture encoder, which training itself only needs as this graph. */
  private static void writePictures(
      Path file, Opened all, StateDict weights, ActivationRanges int8) {
    EncoderCard card = all.visual().card();
    Map<String, String> about = Map.of("kind", card.kind(), "source", card.source());
    try (NDManager once = all.engine().newManager(Device.cpu())) {
      NetworkGraph.picture(pictures(weights, once), int8, about).write(file);
    }
  }

  private static ResNet50 pictures(StateDict weights, NDManager manager) {
    return EncoderImport.loadResnet50(weights.tensors(), weights.path().toString(), manager);
  }

  /** The seed's sizes, with what the configuration says of the head. */
  private ImaginationModel.Config sizes(AudioEncoder encoder, int classes) {
    TrainConfig.Model m = config.model();
    int audioWidth = encoder.width() + (m.cues() ? SpatialCues.WIDTH : 0);
    ImaginationModel.Config seeds =
        ImaginationModel.Config.of(m.fusion(), audioWidth, classes, m.location());
    ImaginationHead.Config h = seeds.head();
    return new ImaginationModel.Config(
        seeds.adapter(),
        new ImaginationHead.Config(
            h.inputWidth(),
            h.width(),
            h.branchWidth(),
            h.confidenceWidth(),
            classes,
            m.location(),
            m.dropout(),
            h.shortcut()),
        seeds.places());
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

  /**
   * The scaler that the encoder was trained with; null where there is none, and one is fitted to
   * the training split.
   */
  private static FeatureScaler givenScaler(EncoderFolder audio, AudioFeatures features) {
    if (hearsRaw(audio)) {
      return FeatureScaler.none(features);
    }
    return audio.card().seld() == null ? null : audio.card().seld().scaler();
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
          "encoder.frozen_share",
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
            config.encoder().fromScratch() ? 0 : encoder.width(),
            config.encoder().fromScratch()
                ? featuresPerToken(features, samples(store), tokens)
                : encoder.widthAfter(below),
            SpatialCues.WIDTH,
            VisualPlanes.TOKENS,
            2048);
    Path file = CacheFile.place(cache, CacheFile.ENCODED, fingerprint, "");
    return EncodedSet.open(file, layout, fingerprint);
  }

  /** What a map needs beside, computed once; null of other locations. */
  private PlaceSet places(ScenarioStore store, Progress progress) {
    if (config.model().location() != LocationForm.MAP) {
      return null;
    }
    String fingerprint = PlaceSet.fingerprint(store, threads, progress);
    Path file = CacheFile.place(cache, CacheFile.PLACES, fingerprint, "");
    PlaceSet places = PlaceSet.open(file, fingerprint);
    try {
      places.fill(store, threads, progress);
      return places;
    } catch (RuntimeException e) {
      places.close();
      throw e;
    }
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
    try (SoundReader sound = SoundFile.open(store.resolve(first.files().audio()))) {
      // Rounded up, as the resampler does.
      return (int) -Math.floorDiv(-sound.frames() * Foa.SAMPLE_RATE, (long) sound.sampleRate());
    }
  }

  /** Not calibrated yet. */
  private ModelCard card(
      ScenarioStore store,
      EncoderFolder audio,
      EncoderCard visual,
      ImaginationModel model,
      TrainingLoop.Trained<EpochRecord> trained,
      UnknownDetector unknown,
      FeatureScaler scaler,
      TorchEngine engine,
      String fingerprint) {
    ObjectNode provenance = Json.object();
    provenance.put("data_and_encoders_sha256", fingerprint);
    provenance.put("data_seed", store.header().seed());
    provenance.set("config", Settings.document(config));
    provenance.put("best_epoch", trained.bestEpoch());
    provenance.set("best", Json.MAPPER.valueToTree(trained.history().get(trained.bestEpoch() - 1)));
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
            config.model().fusion(),
            config.model().cues(),
            config.model().location(),
            config.model().confidence(),
            model.config().adapter().width(),
            model.config().adapter().heads()),
        1,
        null,
        unknown,
        scaler,
        provenance);
  }

  /** The picture encoder's graph is there already; the card comes last, when it is calibrated. */
  private void write(
      ModelCard card, AudioEncoder encoder, StateDict visualWeights, ImaginationModel model) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    encoder.saveEncoder().forEach((name, t) -> all.put("seld_encoder." + name, t));
    visualWeights.tensors().forEach((name, t) -> all.put("visual_encoder." + name, t));
    all.putAll(model.save());
    Safetensors.write(ModelBundle.weights(to), all, Map.of("format", "hearsight"));
    Map<String, String> about = GraphMetadata.part(card);
    NetworkGraph.audio(encoder, Set.of(), about).write(ModelBundle.seldEncoder(to));
    NetworkGraph.imagination(model, about).write(ModelBundle.imagination(to));
  }
}
