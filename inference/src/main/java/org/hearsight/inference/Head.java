package org.hearsight.inference;

import java.nio.file.Path;
import java.util.Set;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.inference.scene.Answers;
import org.hearsight.inference.session.GraphOutputs;
import org.hearsight.inference.session.OnnxNetwork;

/**
 * A model's adapter and head: whole, and without what only the weights of the senses need, made
 * when somebody first wants it. Its graph is kept until then, as its file may be gone.
 */
final class Head implements AutoCloseable {
  /** Of a graph, bytes. */
  private static final long LARGEST = 1L << 30;

  private final OnnxNetwork whole;
  private final int threads;
  private byte[] graph; // null once it is not needed any more; guarded by this
  private OnnxNetwork withoutWeights; // guarded by this

  private Head(byte[] graph, OnnxNetwork whole, int threads) {
    this.graph = graph;
    this.whole = whole;
    this.threads = threads;
  }

  /**
   * Loads one.
   *
   * @throws InputException if the file is missing or no ONNX graph
   */
  static Head open(Path file, int threads) {
    byte[] graph = InputFile.bytes(file, LARGEST);
    return new Head(graph, OnnxNetwork.open(graph, file.toString(), threads), threads);
  }

  /** All of it. */
  OnnxNetwork whole() {
    return whole;
  }

  /** It, with {@link Answers#WITHOUT_WEIGHTS} as its only outputs. */
  synchronized OnnxNetwork withoutWeights() {
    if (withoutWeights == null) {
      withoutWeights =
          OnnxNetwork.open(
              GraphOutputs.only(graph, Set.copyOf(Answers.WITHOUT_WEIGHTS)),
              whole.source(),
              threads);
      graph = null;
    }
    return withoutWeights;
  }

  @Override
  public synchronized void close() {
    whole.close();
    if (withoutWeights != null) {
      withoutWeights.close();
    }
  }
}
