package org.hearsight.learning.deploy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.export.GraphMetadata;
import org.hearsight.learning.export.OnnxGraph;
import org.hearsight.learning.export.ResNet50Graph;
import org.hearsight.learning.model.ResNet50;
import org.hearsight.learning.weights.EncoderImport;

/**
 * The picture encoder.
 *
 * @param manager of the encoder's arrays
 * @param metadata of the graph
 */
public record PictureTwin(NDManager manager, ResNet50 encoder, Map<String, String> metadata)
    implements Twin {
  /**
   * An encoder folder's.
   *
   * @param version of the Hearsight that writes the file
   * @throws org.hearsight.core.error.InputException if its weights are unusable
   */
  public static PictureTwin of(EncoderFolder folder, NDManager manager, String version) {
    StateDict state = StateDict.read(folder.weights());
    ResNet50 encoder =
        EncoderImport.loadResnet50(state.tensors(), folder.weights().toString(), manager);
    return new PictureTwin(manager, encoder, GraphMetadata.visual(folder.card(), version));
  }

  @Override
  public OnnxGraph graph() {
    return ResNet50Graph.build(encoder.save(), metadata);
  }

  @Override
  public Sample sample(int batch, long seed) {
    Tensor input = Drawn.planes(Drawn.views(new SplittableRandom(seed), batch));
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
