package org.hearsight.learning.pretrain;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.encode.Fingerprint;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.loop.RunFolder;
import org.hearsight.learning.loop.SavedRun;
import org.hearsight.learning.loop.TrainingLoop;

/**
 * Trains a picture encoder from nothing on rendered scenes, to tell what {@link VisionTargets}
 * holds, and keeps it as an {@link EncoderFolder} in half precision.
 *
 * <p>After every epoch the whole state is written, so a run goes on after {@code kill -9} to the
 * same result: what an epoch shows, and how, is drawn from the seed and its number alone.
 *
 * @param data folder of a data set; it needs no sound
 * @param to folder of the encoder
 * @param device to train on
 * @param threads of the engine
 */
public record VisionPretraining(
    VisionConfig config, Path data, Path to, String device, int threads) {
  private static final String ENCODER = "encoder.";

  /** Raised when the same pictures are shown otherwise. */
  private static final int DATA_VERSION = 1;

  /**
   * A finished run.
   *
   * @param scores on the validation split, of the encoder as it is stored, at full size
   */
  public record Result(EncoderFolder folder, List<VisionEpoch> history, VisionScores scores) {}

  /**
   * Runs to the end.
   *
   * @param resume go on where an earlier run into the same folder stopped
   * @throws org.hearsight.core.error.InputException if data or folder are unusable
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Result run(boolean resume, Progress progress) {
    // One that was stopped between its card and the end has its state still, and ends again.
    EncoderOutput.require(to, folder().state());
    ScenarioStore store = ScenarioStore.openPictures(data);
    VisionPictures.requireSome(store, Split.TRAIN);
    VisionPictures.requireSome(store, Split.VALIDATION);
    return FolderLock.holding(to, "pretrain-vision", () -> run(store, resume, progress));
  }

  private Result run(ScenarioStore store, boolean resume, Progress progress) {
    String fingerprint =
        new Fingerprint("pictures", DATA_VERSION).andScenes(store, false, threads, progress).hex();
    SavedRun<VisionEpoch> state =
        SavedRun.begun(folder(), resume, config, fingerprint, VisionEpoch.class);
    TorchEngine engine = TorchEngine.start(threads);
    Device on = engine.device(device);
    try (NDManager manager = engine.newManager(on)) {
      VisionNetwork network =
          new VisionNetwork(
              config.network(),
              store.taxonomy().size(),
              new ParameterFactory(manager, new SplittableRandom(config.seed())));
      VisionTraining task =
          new VisionTraining(
              config,
              network,
              new VisionPictures(store, Split.TRAIN),
              new VisionPictures(store, Split.VALIDATION));
      List<VisionEpoch> history =
          new TrainingLoop<>(engine, on, task, state, progress).run().history();
      if (config.schedule().fullEpochs() == 0) {
        task.settle(manager);
      }
      // Rounds the encoder and judges what is left.
      Map<String, Tensor> rounded = new LinkedHashMap<>(network.save());
      rounded.replaceAll((name, t) -> name.startsWith(ENCODER) ? half(t) : t);
      network.load(rounded, "half precision");
      VisionScores scores = task.scores(manager, config.schedule().epochs());
      Map<String, Object> results = new LinkedHashMap<>();
      results.put("data_seed", store.header().seed());
      results.put("data_generator", store.header().generator());
      results.put("validation_as_stored", scores);
      results.put("epochs", history);
      EncoderOutput.report(to, config, fingerprint, engine, threads, results);
      return new Result(write(store, network.encoder().width(), rounded), history, scores);
    }
  }

  private RunFolder folder() {
    return new RunFolder(to, "training");
  }

  /** The card comes last; then the state, six times as large as the encoder, is of no more use. */
  private EncoderFolder write(ScenarioStore store, int width, Map<String, Tensor> rounded) {
    Map<String, Tensor> encoder = new LinkedHashMap<>();
    rounded.forEach(
        (name, t) -> {
          if (name.startsWith(ENCODER)) {
            encoder.put(name.substring(ENCODER.length()), t);
          }
        });
    String source =
        "pretrain-vision, seed %d, %d epochs on %d rendered scenes of seed %d"
            .formatted(
                config.seed(),
                config.schedule().epochs(),
                store.scenarios(Split.TRAIN).size(),
                store.header().seed());
    EncoderCard card =
        new EncoderCard(
            EncoderCard.FORMAT_VERSION,
            EncoderCard.RESNET50,
            width,
            VisualPlanes.COUNT,
            true,
            false,
            source,
            "");
    Safetensors.write(
        to.resolve("weights.safetensors"),
        encoder,
        Map.of("kind", card.kind(), "source", card.source()));
    EncoderFolder folder = EncoderFolder.finish(to, card);
    discardState();
    return folder;
  }

  /**
   * Weights in half precision. Vectors, which are batch norm's, keep single precision: they are few
   * and a variance may be beyond half precision's range.
   */
  private static Tensor half(Tensor t) {
    return t.dtype() == DType.F32 && t.shape().length > 1
        ? Tensor.halves(t.floats(), t.shape())
        : t;
  }

  private void discardState() {
    Path state = folder().state();
    try {
      Files.deleteIfExists(state);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(state, e);
    }
  }
}
