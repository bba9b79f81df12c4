package org.hearsight.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.learning.Close.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.model.SeldNet;
import org.junit.jupiter.api.Test;

class SeldNetGraphIT extends NativeTest {
  private static final Set<String> ALL = new HashSet<>(SeldNet.Config.dcase2024().stageNames());

  @Test
  void everyStageOfAShrunkenNetworkMatchesPyTorch() {
    Map<String, Tensor> golden = Goldens.committed("onnx/seldnet");
    Map<String, Tensor> expected = Goldens.under("batch3.", golden);
    try (OnnxNetwork network = open(NetworkGraph.audio(small(golden), true, ALL, Map.of()))) {
      Map<String, Tensor> actual = network.run(Map.of("input", expected.remove("input")));
      assertThat(actual.keySet()).isEqualTo(expected.keySet());
      // The golden's blocks have 4, 5 and 6 filters, the network's 6.
      expected.forEach(
          (stage, value) ->
              assertClose(stage, Goldens.corner(actual.get(stage), value.shape()), value, 1e-5));
    }
  }

  @Test
  void batchAndLengthAreFree() {
    Map<String, Tensor> golden = Goldens.committed("onnx/seldnet");
    Tensor tenTimes = repeatFirstClip(golden.get("batch3.input"), 10);
    try (OnnxNetwork network = open(NetworkGraph.audio(small(golden), Set.of(), Map.of()))) {
      Map<String, Tensor> actual = network.run(Map.of("input", tenTimes));
      assertThat(actual).containsOnlyKeys("encoder");
      assertClose("encoder", actual.get("encoder"), golden.get("batch1.encoder"), 1e-5);
      assertThat(network.inputs().get("input").shapeText()).isEqualTo("[batch, 2, frames, 64]");
      assertThat(network.outputs().get("encoder").shapeText()).isEqualTo("[batch, tokens, 8]");
    }
  }

  @Test
  void metadataIsKept() {
    SeldNet net = small(Goldens.committed("onnx/seldnet"));
    Map<String, String> metadata = Map.of("architecture", "seldnet", "née", "ü");
    try (OnnxNetwork network = open(NetworkGraph.audio(net, Set.of(), metadata))) {
      assertThat(network.metadata()).isEqualTo(metadata);
    }
  }

  @Test
  void publishedCheckpointMatchesPyTorchAtEveryStage() {
    Map<String, Tensor> expected = Goldens.shared("golden/seldnet/seldnet.safetensors");
    Map<String, Tensor> weights = Goldens.shared("checkpoints/dcase2024_foa_multiaccddoa.h5");
    SeldNet net = new SeldNet(SeldNet.Config.dcase2024(), factory(1));
    net.load(weights, "checkpoint");
    Map<String, String> stages =
        Map.of(
            "conv0",
            "pool1",
            "conv1",
            "pool2",
            "conv2",
            "pool3",
            "gru1",
            "gated",
            "attention0",
            "attention1",
            "attention1",
            "attention2",
            "encoder",
            "encoder",
            "output",
            "output");
    try (OnnxNetwork network = open(NetworkGraph.audio(net, true, ALL, Map.of()))) {
      Map<String, Tensor> actual = network.run(Map.of("input", expected.get("input")));
      stages.forEach(
          (ours, theirs) -> assertClose(ours, actual.get(ours), expected.get(theirs), 1e-4));
      assertThat(actual.get("gru0").shape()).containsExactly(2, 50, 256);
    }
  }

  /** Pools, heads and numbers of layers that are not the published network's. */
  @Test
  void anotherNetworkMatchesLibtorchAtEveryStage() {
    SeldNet.Config config =
        new SeldNet.Config(7, 48, 6, List.of(2, 3), List.of(3, 4), 12, 3, 1, 3, 8, 24, 0.05);
    assertThat(config.stageNames())
        .containsExactly("conv0", "conv1", "gru0", "gru1", "gru2", "attention0");
    assertMatchesLibtorch(config);
  }

  /** A recurrent layer's weights then have as many numbers as its biases. */
  @Test
  void aNetworkOfOneNumberMatchesLibtorchAtEveryStage() {
    assertMatchesLibtorch(
        new SeldNet.Config(7, 48, 1, List.of(2, 3), List.of(6, 8), 1, 2, 1, 1, 8, 24, 0.05));
  }

  private void assertMatchesLibtorch(SeldNet.Config config) {
    SeldNet net = new SeldNet(config, factory(5));
    Set<String> stages = new HashSet<>(net.stageNames());
    try (OnnxNetwork network = open(NetworkGraph.audio(net, true, stages, Map.of()))) {
      assertThat(network.inputs().get("input").shapeText()).isEqualTo("[batch, 7, frames, 48]");
      NDArray x = ramp(2, 7, 36, 48);
      Map<String, Tensor> actual = network.run(Map.of("input", TensorBridge.toTensor(x)));
      for (int i = 0; i < net.stageNames().size(); i++) {
        x = net.encode(x, i, i + 1);
        String stage = net.stageNames().get(i);
        assertClose(stage, actual.get(stage), TensorBridge.toTensor(x), 1e-5);
      }
      assertThat(actual.get("encoder").shape()).containsExactly(2, 6, config.hidden());
      assertClose("output", actual.get("output"), TensorBridge.toTensor(net.head(x)), 1e-5);
    }
  }

  private static OnnxNetwork open(OnnxGraph graph) {
    return OnnxNetwork.open(graph.bytes(), "seldnet", 1);
  }

  private SeldNet small(Map<String, Tensor> golden) {
    SeldNet.Config config =
        new SeldNet.Config(2, 64, 6, List.of(5, 1, 1), List.of(4, 4, 2), 8, 2, 2, 2, 8, 24, 0.05);
    return Goldens.load(new SeldNet(config, factory(1)), Goldens.under("weights.", golden));
  }

  /** [B, P, T, F] → [1, P, times · T, F]. */
  private static Tensor repeatFirstClip(Tensor clips, int times) {
    int[] shape = clips.shape();
    float[] all = clips.floats();
    int plane = shape[2] * shape[3];
    float[] out = new float[shape[1] * times * plane];
    for (int p = 0; p < shape[1]; p++) {
      for (int i = 0; i < times; i++) {
        System.arraycopy(all, p * plane, out, (p * times + i) * plane, plane);
      }
    }
    return Tensor.of(out, 1, shape[1], times * shape[2], shape[3]);
  }
}
