package org.hearsight.learning.weights;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.error.InputException;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.model.AudioEncoder;

/** The whole SELD network as the ONNX graph that listens: {@code detector.onnx}. */
public final class DetectorGraph {
  private DetectorGraph() {}

  /** Of a network with its head. */
  public static byte[] of(AudioEncoder net) {
    return NetworkGraph.audioWithHead(net, Map.of()).bytes();
  }

  /**
   * Of a folder that an earlier version wrote, without one.
   *
   * @throws InputException if the network has no head
   */
  public static byte[] of(EncoderFolder folder, int threads) {
    if (!folder.card().hasHead()) {
      throw new InputException(
          folder.folder(), "has_head: false", "give a network with its multi-ACCDDOA head");
    }
    try (NDManager manager = TorchEngine.start(threads).newManager(Device.cpu())) {
      return of(EncoderImport.load(folder, manager));
    }
  }
}
