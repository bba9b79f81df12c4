package org.hearsight.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.learning.Close.assertClose;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.model.Adapter;
import org.hearsight.learning.model.ImaginationHead;
import org.hearsight.learning.model.ImaginationModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImaginationGraphIT extends NativeTest {
  @ParameterizedTest
  @CsvSource({"SEED, 1", "SEED, 3", "SPATIAL, 1", "SPATIAL, 3"})
  void bothFusionsMatchPyTorch(Fusion fusion, int batch) {
    String file = "onnx/imagination_" + fusion.name().toLowerCase(Locale.ROOT);
    Map<String, Tensor> golden = Goldens.committed(file);
    ImaginationModel.Config config =
        new ImaginationModel.Config(
            new Adapter.Config(fusion, 6, 10, 8, 2, 5, 4),
            new ImaginationHead.Config(16, 12, 7, 3, 4, LocationForm.SPHERICAL, 0.3, false));
    check(
        config,
        Goldens.under("weights.", golden),
        Goldens.under("batch" + batch + ".", golden),
        1e-5);
  }

  @Test
  void seedsOwnSizesMatchPyTorch() {
    check(
        ImaginationModel.Config.of(Fusion.SEED, 128, 10, LocationForm.SEED),
        Goldens.shared("golden/imagination/weights.pth"),
        Goldens.shared("golden/imagination/forward.safetensors"),
        1e-4);
  }

  private void check(
      ImaginationModel.Config config,
      Map<String, Tensor> weights,
      Map<String, Tensor> golden,
      double tolerance) {
    ImaginationModel model = new ImaginationModel(config, factory(1));
    model.load(weights, "golden");
    byte[] graph = NetworkGraph.imagination(model, Map.of()).bytes();
    try (OnnxNetwork network = OnnxNetwork.open(graph, "imagination", 2)) {
      Map<String, Tensor> inputs = new HashMap<>(golden);
      inputs.keySet().retainAll(network.inputs().keySet());
      Map<String, Tensor> actual = network.run(inputs);
      assertThat(actual)
          .containsOnlyKeys("reliability", "fused", "class_logits", "location", "confidence");
      actual.forEach((name, value) -> assertClose(name, value, golden.get(name), tolerance));
    }
  }
}
