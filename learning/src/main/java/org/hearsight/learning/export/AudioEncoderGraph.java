package org.hearsight.learning.export;

import java.util.Map;
import java.util.Set;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.AvCrnn;
import org.hearsight.learning.model.SeldNet;

/** Whichever audio encoder it is as an ONNX graph, without its original head. */
public final class AudioEncoderGraph {
  private AudioEncoderGraph() {}

  /**
   * Writes the graph: {@code input} [B, planes, T, bands] to {@code encoder} [B, T', width].
   *
   * @param stages stage boundaries that become outputs under their names
   * @param metadata goes into the file as it is
   */
  public static OnnxGraph build(
      AudioEncoder encoder, Set<String> stages, Map<String, String> metadata) {
    if (encoder instanceof SeldNet net) {
      var options = new SeldNetGraph.Options(net.config().heads(), false, stages);
      return SeldNetGraph.build(net.saveEncoder(), options, metadata);
    }
    if (encoder instanceof AvCrnn net) {
      var options = new AvCrnnGraph.Options(net.bands(), false, stages);
      return AvCrnnGraph.build(net.saveEncoder(), options, metadata);
    }
    throw new IllegalArgumentException("no graph for " + encoder.getClass().getName());
  }
}
