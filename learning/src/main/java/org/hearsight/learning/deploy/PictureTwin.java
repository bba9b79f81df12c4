package org.hearsight.learning.deploy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.bundle.ActivationRanges;
import org.hearsight.core.bundle.Checksums;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.View;
import org.hearsight.learning.encode.PictureCalibration;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.export.GraphMetadata;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.export.OnnxGraph;
import org.hearsight.learning.model.ResNet50;
import org.hearsight.learning.weights.EncoderImport;

/**
 * The picture encoder.
 *
 * @param manager of the encoder's arrays
 * @param metadata of the graph
 * @param int8 how far its numbers reach, to write it in 8 bits; null: as it is
 * @param pictures to hold it against libtorch on; none: drawn ones, which ranges do not fit
 */
public record PictureTwin(
    NDManager manager,
    ResNet50 encoder,
    Map<String, String> metadata,
    ActivationRanges int8,
    List<View> pictures)
    implements Twin {
  public PictureTwin {
    pictures = List.copyOf(pictures);
  }

  /** An encoder as it is. */
  public PictureTwin(NDManager manager, ResNet50 encoder, Map<String, String> metadata) {
    this(manager, encoder, metadata, null, List.of());
  }

  /**
   * An encoder folder's.
   *
   * @param version of the Hearsight that writes the file
   * @throws org.hearsight.core.error.InputException if its weights are unusable
   */
  public static PictureTwin of(EncoderFolder folder, NDManager manager, String version) {
    StateDict state = StateDict.ours(folder.weights(), Checksums.REMEDY);
    ResNet50 encoder =
        EncoderImport.loadResnet50(state.tensors(), folder.weights().toString(), manager);
    return new PictureTwin(manager, encoder, GraphMetadata.visual(folder.card(), version));
  }

  /**
   * An encoder folder's in 8 bits.
   *
   * @param store whose pictures tell how far its numbers reach
   */
  public static PictureTwin in8Bits(
      EncoderFolder folder,
      ScenarioStore store,
      NDManager manager,
      int threads,
      String version,
      Progress progress) {
    StateDict state = StateDict.ours(folder.weights(), Checksums.REMEDY);
    ResNet50 encoder =
        EncoderImport.loadResnet50(state.tensors(), folder.weights().toString(), manager);
    ActivationRanges ranges = PictureCalibration.of(store, encoder, threads, progress);
    return new PictureTwin(
        manager,
        encoder,
        GraphMetadata.visual(folder.card().in8Bits(ranges), version),
        ranges,
        PictureCalibration.pictures(store, PictureCalibration.PICTURES));
  }

  @Override
  public OnnxGraph graph() {
    return NetworkGraph.picture(encoder, int8, metadata);
  }

  @Override
  public double allowed() {
    return int8 == null ? GraphCheck.ALLOWED : GraphCheck.ALLOWED_IN_8_BITS;
  }

  @Override
  public Sample sample(int batch, long seed) {
    List<View> views =
        pictures.isEmpty()
            ? SampleInputs.views(new SplittableRandom(seed), batch)
            : pictures.subList(0, Math.min(batch, pictures.size()));
    Tensor input = SampleInputs.planes(views);
    try (NDManager own = manager.newSubManager()) {
      return Gradients.infer(
          () -> {
            NDArray features = encoder.features(TensorBridge.toArray(own, input));
            return new Sample(
                Map.of("input", input),
                Map.of(
                    "features",
                    TensorBridge.toTensor(features),
                    "pooled",
                    TensorBridge.toTensor(encoder.pooled(features))));
          });
    }
  }
}
