package org.hearsight.learning.deploy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.seld.SeldDetector;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.export.GraphMetadata;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.export.OnnxGraph;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.weights.EncoderImport;

/**
 * An audio encoder, and its original head if it has one.
 *
 * @param manager of the encoder's arrays
 * @param head whether the head goes along
 * @param metadata of the graph
 */
public record AudioTwin(
    NDManager manager, AudioEncoder encoder, boolean head, Map<String, String> metadata)
    implements Twin {
  private static final int TOKENS = 12;

  /**
   * An encoder folder's.
   *
   * @param version of the Hearsight that writes the file
   * @throws org.hearsight.core.error.InputException if its weights are unusable
   */
  public static AudioTwin of(EncoderFolder folder, NDManager manager, String version) {
    EncoderCard card = folder.card();
    AudioEncoder encoder = EncoderImport.loadAudio(folder, manager);
    Map<String, String> metadata =
        GraphMetadata.audio(card, classes(folder, encoder, manager), version);
    return new AudioTwin(manager, encoder, card.hasHead(), metadata);
  }

  /** Names of the head's classes. */
  private static List<String> classes(
      EncoderFolder folder, AudioEncoder encoder, NDManager manager) {
    if (!folder.card().hasHead()) {
      return List.of();
    }
    if (folder.card().seld() != null) {
      return folder.card().seld().classes();
    }
    try (NDManager own = manager.newSubManager()) {
      NDArray token = TensorBridge.toArray(own, new float[encoder.width()], 1, 1, encoder.width());
      long numbers = Gradients.infer(() -> encoder.head(token).getShape().get(2));
      int axes = GraphMetadata.axes(folder.card().backbone()).size();
      return SeldDetector.names(SeldDetector.classes(folder, (int) numbers, axes));
    }
  }

  @Override
  public OnnxGraph graph() {
    return head
        ? NetworkGraph.audioWithHead(encoder, metadata)
        : NetworkGraph.audio(encoder, Set.of(), metadata);
  }

  /** A frame more than whole tokens, which is left out. */
  @Override
  public Sample sample(int batch, long seed) {
    int frames = TOKENS * encoder.framesPerToken() + 1;
    Tensor input =
        SampleInputs.features(
            new SplittableRandom(seed), batch, encoder.inChannels(), frames, encoder.bands());
    Map<String, Tensor> expected = new LinkedHashMap<>();
    try (NDManager own = manager.newSubManager()) {
      Gradients.pause(
          () -> {
            NDArray tokens = encoder.encode(TensorBridge.toArray(own, input));
            expected.put("encoder", TensorBridge.toTensor(tokens));
            if (head) {
              expected.put("output", TensorBridge.toTensor(encoder.head(tokens)));
            }
          });
    }
    return new Sample(Map.of("input", input), expected);
  }
}
