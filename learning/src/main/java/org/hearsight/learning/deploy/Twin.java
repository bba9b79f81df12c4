package org.hearsight.learning.deploy;

import java.util.Map;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.export.OnnxGraph;

/** One network twice: as an ONNX graph, and on libtorch to hold the graph against. */
public interface Twin {
  /** The network as a graph, with its metadata. */
  OnnxGraph graph();

  /**
   * Something for both, and what libtorch says to it.
   *
   * @param batch clips or pictures
   * @param seed of what is drawn; the same seed gives the same sample
   */
  Sample sample(int batch, long seed);

  /** The largest difference, as {@link GraphCheck} takes it, of a graph that may be used. */
  default double allowed() {
    return GraphCheck.ALLOWED;
  }

  /**
   * A batch.
   *
   * @param inputs by the graph's names
   * @param expected by the graph's names, every output of it
   */
  record Sample(Map<String, Tensor> inputs, Map<String, Tensor> expected) {}
}
