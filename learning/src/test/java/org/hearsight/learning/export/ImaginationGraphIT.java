package org.hearsight.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.learning.export.Goldens.assertClose;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.checkpoint.TorchCheckpoint;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.OnnxNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImaginationGraphIT {
  @ParameterizedTest
  @CsvSource({"SEED, 1", "SEED, 3", "SPATIAL, 1", "SPATIAL, 3"})
  void bothFusionsMatchPyTorch(Fusion fusion, int batch) {
    String file = "imagination_" + fusion.name().toLowerCase(Locale.ROOT);
    Map<String, Tensor> golden = Goldens.committed(file + ".safetensors");
    byte[] model =
        ImaginationGraph.build(Goldens.under("weights.", golden), fusion, 2, Map.of()).bytes();
    try (OnnxNetwork network = OnnxNetwork.open(model, file, 1)) {
      check(network, Goldens.under("batch" + batch + ".", golden), 1e-5);
    }
  }

  @Test
  void seedsOwnSizesMatchPyTorch() {
    Map<String, Tensor> golden =
        Safetensors.read(Goldens.shared("golden/imagination/forward.safetensors")).tensors();
    Map<String, Tensor> weights =
        TorchCheckpoint.read(Goldens.shared("golden/imagination/weights.pth")).tensors();
    byte[] model = ImaginationGraph.build(weights, Fusion.SEED, 8, Map.of()).bytes();
    try (OnnxNetwork network = OnnxNetwork.open(model, "imagination", 2)) {
      check(network, golden, 1e-4);
    }
  }

  private static void check(OnnxNetwork network, Map<String, Tensor> golden, double tolerance) {
    Map<String, Tensor> inputs = new HashMap<>(golden);
    inputs.keySet().retainAll(network.inputs().keySet());
    Map<String, Tensor> actual = network.run(inputs);
    assertThat(actual)
        .containsOnlyKeys("reliability", "fused", "class_logits", "location", "confidence");
    actual.forEach((name, value) -> assertClose(name, value, golden.get(name), tolerance));
  }
}
