package org.hearsight.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.learning.export.Goldens.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.checkpoint.TorchCheckpoint;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.model.SeldNet;
import org.junit.jupiter.api.Test;

class SeldNetGraphIT extends NativeTest {
  private static final Set<String> ALL = new HashSet<>(SeldNet.Config.dcase2024().stageNames());

  @Test
  void everyStageOfAShrunkenNetworkMatchesPyTorch() {
    Map<String, Tensor> golden = Goldens.committed("seldnet.safetensors");
    Map<String, Tensor> expected = Goldens.under("batch3.", golden);
    try (OnnxNetwork network =
        open(golden, new SeldNetGraph.Options(Goldens.seldnet(2), true, ALL))) {
      Map<String, Tensor> actual = network.run(Map.of("input", expected.remove("input")));
      assertThat(actual.keySet()).isEqualTo(expected.keySet());
      expected.forEach((stage, value) -> assertClose(stage, actual.get(stage), value, 1e-5));
    }
  }

  @Test
  void batchAndLengthAreFree() {
    Map<String, Tensor> golden = Goldens.committed("seldnet.safetensors");
    Tensor tenTimes = repeatFirstClip(golden.get("batch3.input"), 10);
    try (OnnxNetwork network =
        open(golden, new SeldNetGraph.Options(Goldens.seldnet(2), false, Set.of()))) {
      Map<String, Tensor> actual = network.run(Map.of("input", tenTimes));
      assertThat(actual).containsOnlyKeys("encoder");
      assertClose("encoder", actual.get("encoder"), golden.get("batch1.encoder"), 1e-5);
      assertThat(network.inputs().get("input").shapeText()).isEqualTo("[batch, 2, frames, 64]");
      assertThat(network.outputs().get("encoder").shapeText()).isEqualTo("[batch, tokens, 8]");
    }
  }

  @Test
  void metadataIsKept() {
    Map<String, Tensor> weights =
        Goldens.under("weights.", Goldens.committed("seldnet.safetensors"));
    Map<String, String> metadata = Map.of("architecture", "seldnet", "née", "ü");
    byte[] model =
        SeldNetGraph.build(
                weights, new SeldNetGraph.Options(Goldens.seldnet(2), false, Set.of()), metadata)
            .bytes();
    try (OnnxNetwork network = OnnxNetwork.open(model, "seldnet", 1)) {
      assertThat(network.metadata()).isEqualTo(metadata);
    }
  }

  @Test
  void publishedCheckpointMatchesPyTorchAtEveryStage() {
    Map<String, Tensor> expected =
        Safetensors.read(Goldens.shared("golden/seldnet/seldnet.safetensors")).tensors();
    Map<String, Tensor> weights =
        TorchCheckpoint.read(Goldens.shared("checkpoints/dcase2024_foa_multiaccddoa.h5")).tensors();
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
    SeldNetGraph.Options options = new SeldNetGraph.Options(Goldens.seldnet(8), true, ALL);
    byte[] model = SeldNetGraph.build(weights, options, Map.of()).bytes();
    try (OnnxNetwork network = OnnxNetwork.open(model, "seldnet", 2)) {
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
    SeldNet net = new SeldNet(config, factory(5));
    Set<String> stages = new HashSet<>(net.stageNames());
    byte[] model =
        SeldNetGraph.build(net.save(), new SeldNetGraph.Options(config, true, stages), Map.of())
            .bytes();
    try (OnnxNetwork network = OnnxNetwork.open(model, "seldnet", 1)) {
      assertThat(network.inputs().get("input").shapeText()).isEqualTo("[batch, 7, frames, 48]");
      NDArray x = ramp(2, 7, 36, 48);
      Map<String, Tensor> actual = network.run(Map.of("input", TensorBridge.toTensor(x)));
      assertThat(net.stageNames())
          .containsExactly("conv0", "conv1", "gru0", "gru1", "gru2", "attention0");
      for (int i = 0; i < net.stageNames().size(); i++) {
        x = net.encode(x, i, i + 1);
        String stage = net.stageNames().get(i);
        assertClose(stage, actual.get(stage), TensorBridge.toTensor(x), 1e-5);
      }
      assertThat(actual.get("encoder").shape()).containsExactly(2, 6, 12);
      assertClose("output", actual.get("output"), TensorBridge.toTensor(net.head(x)), 1e-5);
    }
  }

  private static OnnxNetwork open(Map<String, Tensor> golden, SeldNetGraph.Options options) {
    Map<String, Tensor> weights = Goldens.under("weights.", golden);
    return OnnxNetwork.open(SeldNetGraph.build(weights, options, Map.of()).bytes(), "seldnet", 1);
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
