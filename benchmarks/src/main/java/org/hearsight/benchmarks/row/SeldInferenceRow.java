package org.hearsight.benchmarks.row;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearsight.benchmarks.measure.Goal;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.measure.Work;
import org.hearsight.inference.encoder.SeldEncoder;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.export.NetworkGraph;

/**
 * The SELD encoder on ONNX Runtime, as training and answering use it.
 *
 * @param threads of the engine
 */
public record SeldInferenceRow(int threads) implements Row {
  private static final int FRAMES_PER_TOKEN = 5;

  @Override
  public String name() {
    return "seld-inference";
  }

  @Override
  public String what() {
    return "SELD encoder inference, 16 × 5 s, ONNX Runtime";
  }

  @Override
  public String how() {
    return "The encoder of the DCASE 2024 audio baseline, features to tokens, drawn weights. Ours"
        + " includes carrying features and tokens between Java and the engine; the peer, eager"
        + " PyTorch under no_grad, has its tensors ready.";
  }

  @Override
  public Goal goal() {
    return Goal.timesFaster(6);
  }

  @Override
  public Work open() {
    byte[] graph;
    try (NDManager manager = TorchEngine.start(threads).newManager(Device.cpu())) {
      graph = NetworkGraph.audio(SeldBatch.network(manager), Set.of(), Map.of()).bytes();
    }
    SeldEncoder encoder =
        new SeldEncoder(OnnxNetwork.open(graph, "seld encoder", threads), FRAMES_PER_TOKEN);
    float[][] features = SeldBatch.features();
    return new Work() {
      @Override
      public void once() {
        encoder.encode(features);
      }

      @Override
      public Optional<String> peer() {
        return Optional.of(SeldInferenceRow.this.name());
      }

      @Override
      public void close() {
        encoder.close();
      }
    };
  }
}
