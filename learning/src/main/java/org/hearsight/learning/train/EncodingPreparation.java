package org.hearsight.learning.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.progress.Progress;
import org.hearsight.learning.encode.EncodedScenes;
import org.hearsight.learning.encode.EncodingRecipe;
import org.hearsight.learning.encode.Fingerprint;
import org.hearsight.learning.encode.PlaceSet;
import org.hearsight.learning.engine.TorchEngine;

/**
 * What {@link TrainingRun} would have encoded before its first epoch, made ready for others to
 * encode: libtorch is needed here, where graphs are written, and not where they run.
 */
public final class EncodingPreparation {
  private EncodingPreparation() {}

  /**
   * Writes the recipe of a training's encodings.
   *
   * <p>All files of the data set are read once, for its fingerprint. If the audio encoder brings no
   * scaler, one is fitted to the training split.
   *
   * @param data folder of the data set
   * @param seld folder of the audio encoder
   * @param resnet50 folder of the picture encoder
   * @param folder that the recipe is written into
   * @param threads that read and compute
   * @throws org.hearsight.core.error.InputException if data or encoders are unusable, or nothing of
   *     the audio encoder is frozen
   */
  public static EncodingRecipe write(
      TrainConfig config,
      Path data,
      Path seld,
      Path resnet50,
      Path folder,
      int threads,
      Progress progress) {
    ScenarioStore store = TrainingRun.trainable(data);
    EncoderFolder audio = EncoderFolder.openAudio(seld);
    EncoderFolder visual = EncoderFolder.open(resnet50, EncoderCard.RESNET50);
    TorchEngine engine = TorchEngine.start(threads);
    FrozenEncoders.Source source = new FrozenEncoders.Source(store, audio, visual, engine);
    try (NDManager manager = engine.newManager(Device.cpu())) {
      FrozenEncoders frozen = FrozenEncoders.load(config, source, manager, threads, progress);
      Fingerprint.Scenes contents =
          Fingerprint.Scenes.of(store, EncodedScenes.order(store), true, threads, progress);
      return frozen.writeRecipe(
          folder,
          frozen.scaler(progress),
          frozen.fingerprint(contents),
          frozen.hasMap() ? PlaceSet.fingerprint(contents) : null);
    }
  }
}
