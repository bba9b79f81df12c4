package org.hearsight.learning.export;

import java.util.Map;
import java.util.Set;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.AvCrnn;
import org.hearsight.learning.model.SeldNet;
import org.tribuo.util.onnx.ONNXRef;

/** Whichever audio encoder it is as an ONNX graph. */
public final class AudioEncoderGraph {
  private AudioEncoderGraph() {}

  /**
   * Writes the graph without the original head: {@code input} [B, planes, T, bands] to {@code
   * encoder} [B, T', width].
   *
   * @param stages stage boundaries that become outputs under their names
   * @param metadata goes into the file as it is
   */
  public static OnnxGraph build(
      AudioEncoder encoder, Set<String> stages, Map<String, String> metadata) {
    return build(encoder, false, stages, metadata);
  }

  /** The same with the original head's numbers, {@code output} [B, T', numbers]. */
  public static OnnxGraph withHead(AudioEncoder encoder, Map<String, String> metadata) {
    return build(encoder, true, Set.of(), metadata);
  }

  private static OnnxGraph build(
      AudioEncoder encoder, boolean head, Set<String> stages, Map<String, String> metadata) {
    Map<String, Tensor> weights = head ? encoder.save() : encoder.saveEncoder();
    if (encoder instanceof SeldNet net) {
      var options = new SeldNetGraph.Options(net.config(), head, stages);
      return SeldNetGraph.build(weights, options, metadata);
    }
    if (encoder instanceof AvCrnn net) {
      var options = new AvCrnnGraph.Options(net.config(), head, stages);
      return AvCrnnGraph.build(weights, options, metadata);
    }
    throw none(encoder);
  }

  /**
   * Writes the encoder into a graph that others share: features [B, planes, T, bands] → tokens [B,
   * T', width].
   *
   * @param prefix of the names of its constants
   */
  static ONNXRef<?> append(
      GraphBuilder graph, String prefix, AudioEncoder encoder, ONNXRef<?> features) {
    Map<String, Tensor> weights = encoder.saveEncoder();
    if (encoder instanceof SeldNet net) {
      return SeldNetGraph.append(graph, prefix, weights, net.config(), features);
    }
    if (encoder instanceof AvCrnn net) {
      return AvCrnnGraph.append(graph, prefix, weights, net.config(), features);
    }
    throw none(encoder);
  }

  private static IllegalArgumentException none(AudioEncoder encoder) {
    return new IllegalArgumentException("no graph for " + encoder.getClass().getName());
  }
}
