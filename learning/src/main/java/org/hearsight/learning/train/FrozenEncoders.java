package org.hearsight.learning.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.Checksums;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.encode.CacheFile;
import org.hearsight.learning.encode.EncodedScenes;
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.encode.EncodingRecipe;
import org.hearsight.learning.encode.Fingerprint;
import org.hearsight.learning.encode.FrozenEncoding;
import org.hearsight.learning.encode.FrozenGraphs;
import org.hearsight.learning.encode.PictureCalibration;
import org.hearsight.learning.encode.PlaceSet;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.ImaginationHead;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.ResNet50;
import org.hearsight.learning.weights.EncoderImport;

/**
 * Both encoders of a training, loaded and cut at the freeze boundary: what they say about scenes is
 * computed once and kept in files, and what is trained on that follows from their sizes.
 */
final class FrozenEncoders {
  static final int ENCODING_VERSION = 8;
  private static final int VISUAL_WIDTH = 2048;

  private final TrainConfig config;
  private final Source source;
  private final int threads;
  private final AudioEncoder audio;
  private final AudioFeatures features;
  private final String boundary;
  private final StateDict stored;
  private final Map<String, Tensor> pictures;
  private final ActivationRanges int8;
  private final FeatureScaler given;

  /** A data set and the folders of two encoders, opened. */
  record Source(
      ScenarioStore store, EncoderFolder audio, EncoderFolder visual, TorchEngine engine) {}

  private FrozenEncoders(
      TrainConfig config, Source source, NDManager manager, int threads, Progress progress) {
    this.config = config;
    this.source = source;
    this.threads = threads;
    stored = StateDict.ours(source.visual().weights(), Checksums.REMEDY);
    List<Integer> hidden = hiddenPlanes();
    pictures =
        hidden.isEmpty() ? stored.tensors() : ResNet50.withoutPlanes(stored.tensors(), hidden);
    AudioBackbone kind = source.audio().card().backbone();
    // Drawn here, too: what is trained from scratch must not begin with what an encoder learned.
    audio =
        config.encoder().fromScratch()
            ? EncoderImport.drawnAudio(kind, config.seed(), manager)
            : EncoderImport.loadAudio(source.audio(), manager);
    features = kind.features();
    if (config.encoder().trainsWhole()) {
      boundary = FrozenEncoding.FEATURES;
    } else {
      audio.unfreezeTop(config.encoder().frozenShare());
      boundary = boundary(audio);
    }
    int8 = config.data().int8() ? calibrated(progress) : null;
    given = givenScaler();
  }

  /**
   * Loads both.
   *
   * @param manager owns the audio encoder
   * @throws InputException if one is damaged, or the boundary lies below its tokens
   */
  static FrozenEncoders load(
      TrainConfig config, Source source, NDManager manager, int threads, Progress progress) {
    return new FrozenEncoders(config, source, manager, threads, progress);
  }

  /** The planes that the picture encoder does not see, where something is withheld. */
  private List<Integer> hiddenPlanes() {
    List<Integer> planes = new ArrayList<>();
    if (config.model().withheld().contains(ModelInput.DEPTH)) {
      planes.add(VisualPlanes.INVERSE_DEPTH);
    }
    if (config.model().withheld().contains(ModelInput.OCCLUSION)) {
      planes.add(VisualPlanes.OCCLUSION);
    }
    return planes;
  }

  AudioEncoder audio() {
    return audio;
  }

  AudioFeatures features() {
    return features;
  }

  /** Weights of the picture encoder, as it sees. */
  Map<String, Tensor> pictures() {
    return pictures;
  }

  /** What the picture encoder is, in a model's card. */
  EncoderCard visualCard() {
    return source.visual().card().in8Bits(int8);
  }

  /** All that what they say about scenes depends on. */
  String fingerprint(Fingerprint.Scenes scenes) {
    Fingerprint all =
        new Fingerprint("encoded scenes", ENCODING_VERSION)
            .and("audio", source.audio().card().kind())
            .and(
                "audio weights",
                config.encoder().fromScratch()
                    ? "drawn"
                    : StateDict.ours(source.audio().weights(), Checksums.REMEDY).sha256())
            .and("scaler", given == null ? "fitted" : given)
            .and("visual weights", stored.sha256())
            .and("int8", int8 == null ? "" : int8)
            .and("boundary", boundary);
    if (!hiddenPlanes().isEmpty()) {
      all = all.and("hidden planes", hiddenPlanes());
    }
    return all.and(scenes).hex();
  }

  /** The scaler of the audio features: the encoder's own, or one fitted to the training split. */
  FeatureScaler scaler(Progress progress) {
    return given == null ? FrozenEncoding.fitScaler(source.store(), features, progress) : given;
  }

  /** Sizes of what they say about a scene. */
  EncodedSet.Layout layout() {
    int samples = samples(source.store());
    int tokens = features.tokens(samples);
    int below = audio.firstTrainableStage() - 1;
    boolean whole = config.encoder().trainsWhole();
    return new EncodedSet.Layout(
        tokens,
        whole ? 0 : audio.width(),
        whole ? featuresPerToken(features, samples, tokens) : audio.widthAfter(below),
        SpatialCues.WIDTH,
        VisualPlanes.TOKENS,
        VISUAL_WIDTH);
  }

  /** Opens what they have said about scenes so far. */
  EncodedSet open(Path cache, String fingerprint) {
    Path file = CacheFile.place(cache, CacheFile.ENCODED, fingerprint, "");
    return EncodedSet.open(file, layout(), fingerprint);
  }

  /**
   * Lets them say the rest.
   *
   * @param scenes in the order of the set
   * @param mirrored whether the training scenes seen in a mirror follow
   * @param visualGraph that {@link #writePictures} wrote
   */
  void encode(
      EncodedSet set,
      List<Scenario> scenes,
      boolean mirrored,
      FeatureScaler scaler,
      Path visualGraph,
      Progress progress) {
    Hearing hearing = new Hearing(features, scaler);
    new FrozenEncoding(
            source.store(), new FrozenGraphs(audioGraph(), visualGraph, boundary, hearing), threads)
        .encode(set, scenes, mirrored, progress);
  }

  /** The audio encoder up to its tokens; null where all of it trains. */
  private byte[] audioGraph() {
    return config.encoder().trainsWhole()
        ? null
        : NetworkGraph.audio(audio, Set.of(boundary), Map.of()).bytes();
  }

  /** Does training show its scenes in a mirror, too? */
  static boolean mirrors(TrainConfig config) {
    return config.augmentation().mirrorShare() > 0;
  }

  /**
   * What others need to let them say it about the scenes of training, wherever they are.
   *
   * @param folder of the recipe's files
   * @param places fingerprint of the place features; null where no map is trained
   * @throws InputException if nothing of the audio encoder is frozen
   */
  EncodingRecipe writeRecipe(Path folder, FeatureScaler scaler, String fingerprint, String places) {
    if (config.encoder().trainsWhole()) {
      throw new InputException(
          config.encoder().fromScratch() ? "encoder.from_scratch" : "encoder.frozen_share",
          "leaves no frozen encoder of sound to run",
          "train at once: what is computed before the first epoch is its features alone");
    }
    writePictures(EncodingRecipe.pictures(folder));
    EncodingRecipe recipe =
        new EncodingRecipe(
            fingerprint,
            places,
            EncodedScenes.SPLITS,
            mirrors(config),
            layout(),
            source.audio().card().backbone(),
            boundary,
            scaler);
    recipe.write(folder, audioGraph());
    return recipe;
  }

  /** Is what is trained to answer with a map of places? */
  boolean hasMap() {
    return config.model().location() == LocationForm.MAP;
  }

  /** What a map needs beside, computed once; null of other locations. */
  PlaceSet places(
      Path cache, List<Scenario> scenes, Fingerprint.Scenes contents, Progress progress) {
    if (!hasMap()) {
      return null;
    }
    String fingerprint = PlaceSet.fingerprint(contents);
    Path file = CacheFile.place(cache, CacheFile.PLACES, fingerprint, "");
    PlaceSet places = PlaceSet.open(file, fingerprint);
    try {
      places.fill(source.store(), scenes, threads, progress);
      return places;
    } catch (RuntimeException e) {
      places.close();
      throw e;
    }
  }

  /** Writes the picture encoder, which training itself only needs as this graph. */
  void writePictures(Path file) {
    EncoderCard card = source.visual().card();
    Map<String, String> about = Map.of("kind", card.kind(), "source", card.source());
    try (NDManager once = source.engine().newManager(Device.cpu())) {
      NetworkGraph.picture(pictures(once), int8, about).write(file);
    }
  }

  /**
   * Adapter and head for them, freshly drawn: the seed's sizes, with what the configuration says.
   */
  ImaginationModel draw(NDManager manager) {
    return new ImaginationModel(
        sizes(), new ParameterFactory(manager, new SplittableRandom(config.seed())));
  }

  private ImaginationModel.Config sizes() {
    TrainConfig.Model m = config.model();
    int classes = source.store().taxonomy().size();
    int audioWidth = audio.width() + (m.cues() ? SpatialCues.WIDTH : 0);
    ImaginationModel.Config seeds =
        ImaginationModel.Config.of(m.fusion(), audioWidth, classes, m.location())
            .without(m.withheld(), m.cues());
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
        seeds.places(),
        seeds.cues(),
        seeds.withheld());
  }

  /** How a model that was trained on them joins what is heard and seen. */
  ModelCard.AdapterCard adapterCard(ImaginationModel model) {
    TrainConfig.Model m = config.model();
    return new ModelCard.AdapterCard(
            m.fusion(),
            m.cues(),
            m.location(),
            m.confidence(),
            model.config().adapter().width(),
            model.config().adapter().heads())
        .without(m.withheld());
  }

  /** Samples of a clip at 24 kHz. */
  static int samples(ScenarioStore store) {
    Scenario first = store.scenarios().get(0);
    try (SoundReader sound = SoundFile.open(store.resolve(first.files().audio()))) {
      // Rounded up, as the resampler does.
      return (int) -Math.floorDiv(-sound.frames() * Foa.SAMPLE_RATE, (long) sound.sampleRate());
    }
  }

  /** How far the picture encoder's numbers reach on this data set. */
  private ActivationRanges calibrated(Progress progress) {
    try (NDManager once = source.engine().newManager(Device.cpu())) {
      return PictureCalibration.of(source.store(), pictures(once), threads, progress);
    }
  }

  private ResNet50 pictures(NDManager manager) {
    return EncoderImport.loadResnet50(pictures, stored.path().toString(), manager);
  }

  /**
   * The scaler that the encoder was trained with; null where there is none, and one is fitted to
   * the training split.
   */
  private FeatureScaler givenScaler() {
    if (config.encoder().fromScratch()) {
      return null;
    }
    EncoderCard card = source.audio().card();
    // A network trained on raw features goes on hearing them so; one that was drawn has no
    // statistics of its own to bring them to one size.
    if (card.pretrained() && card.backbone().features().publishedRaw()) {
      return FeatureScaler.none(features);
    }
    return card.seld() == null ? null : card.seld().scaler();
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
}
