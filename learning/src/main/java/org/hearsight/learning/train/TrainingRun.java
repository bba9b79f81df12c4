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
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.FolderKind;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.bundle.OutputFolder;
import org.hearsight.core.checkpoint.Safetensors;
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
import org.hearsight.inference.evaluate.ModelCalibration;
import org.hearsight.learning.encode.EncodedScenes;
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.encode.Fingerprint;
import org.hearsight.learning.encode.PlaceSet;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.export.GraphMetadata;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.loop.RunFolder;
import org.hearsight.learning.loop.SavedRun;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.loop.TrainingLoop;
import org.hearsight.learning.model.ImaginationModel;

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
    FrozenEncoders.Source all = new FrozenEncoders.Source(store, audio, visual, engine);
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

  private Result train(FrozenEncoders.Source source, Device on, boolean resume, Progress progress) {
    ScenarioStore store = source.store();
    TorchEngine engine = source.engine();
    try (NDManager manager = engine.newManager(on)) {
      FrozenEncoders frozen = FrozenEncoders.load(config, source, manager, threads, progress);
      List<Scenario> scenes = EncodedScenes.order(store);
      Fingerprint.Scenes contents = Fingerprint.Scenes.of(store, scenes, true, threads, progress);
      String fingerprint = frozen.fingerprint(contents);
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
      frozen.writePictures(visualGraph);
      long started = System.nanoTime();
      FeatureScaler scaler = frozen.scaler(progress);
      try (EncodedSet encoded = frozen.open(cache, fingerprint);
          PlaceSet places = frozen.places(cache, scenes, contents, progress)) {
        boolean mirrored = FrozenEncoders.mirrors(config);
        frozen.encode(encoded, scenes, mirrored, scaler, visualGraph, progress);
        double encodeSeconds = (System.nanoTime() - started) / 1e9;
        started = System.nanoTime();
        ImaginationModel model = frozen.draw(manager);
        ImaginationTraining task =
            new ImaginationTraining(
                config, store, encoded, places, frozen.audio(), frozen.features().bands(), model);
        TrainingLoop.Trained<EpochRecord> ended =
            new TrainingLoop<>(engine, on, task, state, progress).run();
        UnknownDetector unknown = task.unknown(manager);
        double trainSeconds = (System.nanoTime() - started) / 1e9;
        ModelCard said = card(source, frozen, model, ended, unknown, scaler, fingerprint);
        write(said, frozen, model);
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
    Split split = calibrationSplit(store, progress);
    return ModelCalibration.run(ModelBundle.unfinished(to, card), store, split, threads, progress)
        .card();
  }

  /** The split that probabilities are fitted on; says so where it is that which chose the epoch. */
  static Split calibrationSplit(ScenarioStore store, Progress progress) {
    if (!store.scenarios(Split.CALIBRATION).isEmpty()) {
      return Split.CALIBRATION;
    }
    progress.note(
        "the data set has no calibration split: probabilities are fitted on validation, which"
            + " chose the epoch; 'simulate --calibration 300' makes one");
    return Split.VALIDATION;
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

  /** Not calibrated yet. */
  private ModelCard card(
      FrozenEncoders.Source source,
      FrozenEncoders frozen,
      ImaginationModel model,
      TrainingLoop.Trained<EpochRecord> trained,
      UnknownDetector unknown,
      FeatureScaler scaler,
      String fingerprint) {
    ScenarioStore store = source.store();
    ObjectNode provenance = Json.object();
    provenance.put("data_and_encoders_sha256", fingerprint);
    provenance.put("data_seed", store.header().seed());
    provenance.set("config", Settings.document(config));
    provenance.put("best_epoch", trained.bestEpoch());
    provenance.set("best", Json.MAPPER.valueToTree(trained.history().get(trained.bestEpoch() - 1)));
    provenance.put("threads", threads);
    provenance.put("engine", "PyTorch " + source.engine().version());
    provenance.put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
    provenance.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    double seconds = (double) FrozenEncoders.samples(store) / Foa.SAMPLE_RATE;
    return new ModelCard(
        ModelCard.FORMAT_VERSION,
        store.taxonomy(),
        seconds,
        source.audio().card().alone(),
        frozen.visualCard(),
        frozen.adapterCard(model),
        1,
        null,
        unknown,
        null,
        scaler,
        provenance);
  }

  /** The picture encoder's graph is there already; the card comes last, when it is calibrated. */
  private void write(ModelCard card, FrozenEncoders frozen, ImaginationModel model) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    frozen.audio().saveEncoder().forEach((name, t) -> all.put("seld_encoder." + name, t));
    frozen.pictures().forEach((name, t) -> all.put("visual_encoder." + name, t));
    all.putAll(model.save());
    Safetensors.write(ModelBundle.weights(to), all, Map.of("format", "hearsight"));
    Map<String, String> about = GraphMetadata.part(card);
    NetworkGraph.audio(frozen.audio(), Set.of(), about).write(ModelBundle.seldEncoder(to));
    NetworkGraph.imagination(model, about).write(ModelBundle.imagination(to));
  }
}
