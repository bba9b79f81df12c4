package org.hearsight.learning.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.calibration.CalibrationCase;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.progress.Progress;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.inference.evaluate.Foreign;
import org.hearsight.inference.evaluate.ModelCalibration;
import org.hearsight.inference.scene.Answers;
import org.hearsight.learning.encode.EncodedScenes;
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.encode.Fingerprint;
import org.hearsight.learning.encode.PlaceSet;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.loop.SavedRun;
import org.hearsight.learning.loop.TrainingLoop;
import org.hearsight.learning.model.ImaginationModel;

/**
 * Trains one configuration after the other and lets each answer a split, all on encodings that are
 * made once: those of the scenes to calibrate and to judge on are kept like those of training.
 *
 * <p>Nothing is exported; the networks that were trained answer what the encoders said. The numbers
 * are those that the exported model gives ({@code JudgedTrainingIT}), without its encoders running
 * again for every configuration.
 *
 * <p>For one thread. Caches stay open until it is closed.
 */
public final class JudgedTraining implements AutoCloseable {
  private final ScenarioStore store;
  private final Split judged;
  private final Split calibration;
  private final FrozenEncoders.Source source;
  private final Path cache;
  private final Device device;
  private final int threads;
  private final Scenes learned;
  private final Scenes scored;
  private final Map<String, EncodedSet> encodings = new LinkedHashMap<>();

  /** Scenes in the order in which they are encoded, with what a map needs of them. */
  private static final class Scenes {
    private final List<Scenario> order;
    private final Fingerprint.Scenes contents;
    private PlaceSet places;

    Scenes(List<Scenario> order, Fingerprint.Scenes contents) {
      this.order = order;
      this.contents = contents;
    }
  }

  /**
   * What came of a configuration.
   *
   * @param bestEpoch whose weights answered
   * @param epochs that were trained
   * @param answers by the names of {@link Evaluation}, in the order of the split
   */
  public record Judged(int bestEpoch, int epochs, Map<String, List<Answer>> answers) {}

  /**
   * Opens data and encoders.
   *
   * @param judged the split that is answered; not that of training
   * @param seld folder of the audio encoder
   * @param resnet50 folder of the picture encoder
   * @param cache folder of what the encoders say, which {@code train} shares
   * @throws InputException if one of them is unusable, or the split is empty
   */
  public JudgedTraining(
      Path data,
      Split judged,
      Path seld,
      Path resnet50,
      Path cache,
      String device,
      int threads,
      Progress progress) {
    this.store = TrainingRun.trainable(data);
    this.judged = judged;
    TrainingSet.requireSome(store, judged);
    this.cache = cache;
    this.threads = threads;
    EncoderFolder audio = EncoderFolder.openAudio(seld);
    EncoderFolder visual = EncoderFolder.open(resnet50, EncoderCard.RESNET50);
    TorchEngine engine = TorchEngine.start(threads);
    this.device = engine.device(device);
    source = new FrozenEncoders.Source(store, audio, visual, engine);
    learned = scenes(EncodedScenes.order(store), progress);
    calibration = TrainingRun.calibrationSplit(store, progress);
    Set<Split> others = EnumSet.of(judged, calibration);
    others.remove(Split.VALIDATION);
    scored = scenes(EncodedScenes.order(store, others), progress);
  }

  private Scenes scenes(List<Scenario> order, Progress progress) {
    return new Scenes(order, Fingerprint.Scenes.of(store, order, true, threads, progress));
  }

  public ScenarioStore store() {
    return store;
  }

  /**
   * What all results depend on beside encoders and configuration: sounds and pictures of the scenes
   * learned from and judged on, and the versions of what is computed of them.
   */
  public String contents() {
    return new Fingerprint("judged contents", 1)
        .and("encoding", FrozenEncoders.ENCODING_VERSION)
        .and("places", PlaceFeatures.VERSION)
        .and(learned.contents)
        .and(scored.contents)
        .hex();
  }

  /**
   * Trains a configuration, or goes on with it, and lets it answer.
   *
   * @param to folder of its state, which is left there
   * @param foreign senses that are also taken from another scene, each for itself
   * @throws InputException if the state is of another configuration or other data
   */
  public Judged run(TrainConfig config, Path to, Set<Foreign> foreign, Progress progress) {
    TorchEngine engine = source.engine();
    try (NDManager manager = engine.newManager(device)) {
      FrozenEncoders frozen = FrozenEncoders.load(config, source, manager, threads, progress);
      String fingerprint = frozen.fingerprint(learned.contents);
      SavedRun<EpochRecord> state =
          SavedRun.begun(
              TrainingRun.folder(to),
              Files.exists(TrainingRun.folder(to).state()),
              config,
              TrainingRun.begunOn(fingerprint, config.model().location(), PlaceFeatures.VERSION),
              EpochRecord.class);
      boolean mirrored = FrozenEncoders.mirrors(config);
      EncodedSet encoded = encoded(frozen, fingerprint, learned.order, mirrored, to, progress);
      // A scaler may be fitted to the training scenes, so these count as well.
      String others =
          new Fingerprint("judged scenes", 1)
              .and("training", fingerprint)
              .and(scored.contents)
              .hex();
      EncodedSet judgedScenes = encoded(frozen, others, scored.order, false, to, progress);
      PlaceSet places = places(frozen, learned, progress);
      Sets sets = new Sets(encoded, judgedScenes, places, places(frozen, scored, progress));
      ImaginationModel model = frozen.draw(manager);
      ImaginationTraining task =
          new ImaginationTraining(
              config, store, encoded, places, frozen.audio(), frozen.features().bands(), model);
      TrainingLoop.Trained<EpochRecord> ended =
          new TrainingLoop<>(engine, device, task, state, progress).run();
      ModelCard card = calibrated(card(frozen, model), task, sets, manager);
      Map<String, List<Answer>> answers = new LinkedHashMap<>();
      TrainingSet own = sets.of(judged);
      answers.put(Evaluation.IMAGINATION, answers(own, card, task, manager));
      for (Foreign sense : foreign) {
        answers.put(sense.system(), answers(own.with(sense), card, task, manager));
      }
      return new Judged(ended.bestEpoch(), ended.history().size(), answers);
    }
  }

  /** Where the scenes of each split are encoded. */
  private final class Sets {
    private final EncodedSet encoded;
    private final EncodedSet others;
    private final PlaceSet places;
    private final PlaceSet otherPlaces;

    Sets(EncodedSet encoded, EncodedSet others, PlaceSet places, PlaceSet otherPlaces) {
      this.encoded = encoded;
      this.others = others;
      this.places = places;
      this.otherPlaces = otherPlaces;
    }

    TrainingSet of(Split split) {
      return split == Split.VALIDATION
          ? new TrainingSet(store, learned.order, split, encoded, places, 0)
          : new TrainingSet(store, scored.order, split, others, otherPlaces, 0);
    }
  }

  private EncodedSet encoded(
      FrozenEncoders frozen,
      String fingerprint,
      List<Scenario> scenes,
      boolean mirrored,
      Path to,
      Progress progress) {
    EncodedSet set = encodings.computeIfAbsent(fingerprint, f -> frozen.open(cache, fingerprint));
    int wanted = scenes.size() + (mirrored ? store.scenarios(Split.TRAIN).size() : 0);
    if (set.size() >= wanted) {
      set.finish();
    } else {
      Path graph = to.resolve("pictures.onnx");
      frozen.writePictures(graph);
      frozen.encode(set, scenes, mirrored, frozen.scaler(progress), graph, progress);
    }
    return set;
  }

  private PlaceSet places(FrozenEncoders frozen, Scenes scenes, Progress progress) {
    if (!frozen.hasMap()) {
      return null;
    }
    if (scenes.places == null) {
      scenes.places = frozen.places(cache, scenes.order, scenes.contents, progress);
    }
    return scenes.places;
  }

  /** As much of a card as answers are read by. */
  private ModelCard card(FrozenEncoders frozen, ImaginationModel model) {
    return new ModelCard(
        ModelCard.FORMAT_VERSION,
        store.taxonomy(),
        (double) FrozenEncoders.samples(store) / Foa.SAMPLE_RATE,
        source.audio().card().alone(),
        frozen.visualCard(),
        frozen.adapterCard(model),
        1,
        null,
        null,
        null,
        FeatureScaler.none(frozen.features()), // nothing is heard by this card
        Json.object());
  }

  private ModelCard calibrated(
      ModelCard card, ImaginationTraining task, Sets sets, NDManager manager) {
    TrainingSet set = sets.of(calibration);
    List<Imagination> said = imaginations(set, card, task, manager);
    List<CalibrationCase> cases = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      cases.add(new CalibrationCase(set.scenario(i), said.get(i)));
    }
    return ModelCalibration.of(card, store, calibration, cases).card();
  }

  private static List<Answer> answers(
      TrainingSet set, ModelCard card, ImaginationTraining task, NDManager manager) {
    List<Imagination> said = imaginations(set, card, task, manager);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      answers.add(Evaluation.answer(set.scenario(i), said.get(i)));
    }
    return answers;
  }

  private static List<Imagination> imaginations(
      TrainingSet set, ModelCard card, ImaginationTraining task, NDManager manager) {
    Answers reader = new Answers(card);
    List<Map<String, float[]>> numbers = task.answers(set, manager);
    List<Imagination> said = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      said.add(reader.read(numbers.get(i)::get, null, set.occlusion(i), List.of()));
    }
    return said;
  }

  @Override
  public void close() {
    encodings.values().forEach(EncodedSet::close);
    for (Scenes scenes : List.of(learned, scored)) {
      if (scenes.places != null) {
        scenes.places.close();
      }
    }
  }
}
