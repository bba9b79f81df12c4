package org.hearsight.learning.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.learning.Close.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.layer.TorchValue;
import org.junit.jupiter.api.Test;

class ResNet50IT extends NativeTest {
  private static final ResNet50.Config TINY = new ResNet50.Config(3, 4, List.of(1, 2, 1, 1), 0);

  @Test
  void agreesWithTorchvision() {
    Map<String, Tensor> golden = Goldens.shared("golden/resnet50/resnet50.safetensors");
    ResNet50 net = new ResNet50(ResNet50.Config.imageNet(), factory(1));
    assertThat(net.parameters()).hasSize(161);
    assertThat(net.state()).hasSize(320);
    Map<String, Tensor> weights = formulaWeights(net.save());
    assertClose("conv1", weights.get("conv1.weight"), golden.get("first_conv_weight"), 1e-6);
    net.load(weights, "formula");

    NDArray stem = TorchValue.run(net::stem, array(golden.get("input")));
    assertClose("stem", Torch.slice(stem, 1, 0, 8), golden.get("stem"), 1e-4);
    NDArray layer1 = TorchValue.run(x -> net.groups(x, 1), stem);
    assertClose("layer1", Torch.slice(layer1, 1, 0, 8), golden.get("layer1"), 1e-4);
    NDArray layer4 = TorchValue.run(x -> net.groups(x, 4), stem);
    assertClose("layer4", layer4, golden.get("layer4"), 1e-3);
    NDArray pooled = net.pooled(layer4);
    assertClose("features", pooled, golden.get("features"), 1e-3);
    assertClose("fc", net.head(pooled), golden.get("fc"), 1e-3);
  }

  @Test
  void furtherPlanesChangeNothingAtFirst() {
    ResNet50 rgb = new ResNet50(TINY, factory(1));
    ResNet50 five = new ResNet50(new ResNet50.Config(5, 4, TINY.depths(), 0), factory(2));

    var report = five.load(rgb.save(), "rgb");

    assertThat(report.taken()).contains("conv1.weight").hasSameSizeAs(rgb.state().keySet());
    NDArray picture = ramp(2, 5, 64, 64);
    assertClose(
        "features",
        five.features(picture),
        tensor(rgb.features(Torch.slice(picture, 1, 0, 3))),
        1e-6);
    float[] stem = five.state().get("conv1.weight").tensor().floats();
    int plane = 49;
    for (int out = 0; out < 4; out++) {
      assertThat(Arrays.copyOfRange(stem, (5 * out + 3) * plane, (5 * out + 5) * plane))
          .containsOnly(0);
    }
  }

  @Test
  void leavesTheClassifierOut() {
    ResNet50 full = new ResNet50(new ResNet50.Config(3, 4, TINY.depths(), 6), factory(1));
    ResNet50 encoder = new ResNet50(TINY, factory(2));

    var report = encoder.load(full.save(), "full");

    assertThat(report.ignored()).containsOnlyKeys("fc.weight", "fc.bias");
    NDArray x = ramp(1, 3, 64, 64);
    assertThat(encoder.features(x).toFloatArray()).isEqualTo(full.features(x).toFloatArray());
    assertThat(encoder.width()).isEqualTo(128);
  }

  @Test
  void startsAsTorchvisionDoes() {
    double[] w =
        new ResNet50(ResNet50.Config.encoder(3), factory(1))
            .state()
            .get("layer2.0.conv2.weight")
            .tensor()
            .doubles();
    double variance = Arrays.stream(w).map(v -> v * v).average().getAsDouble();
    double expected = 2.0 / (128 * 9);
    assertThat(variance).isBetween(0.98 * expected, 1.02 * expected);
  }

  @Test
  void frozenStatisticsStandStill() {
    ResNet50 net = new ResNet50(TINY, factory(1));
    net.freeze();
    net.train(true);
    Map<String, Tensor> before = net.save();
    NDArray x = ramp(2, 3, 64, 64);
    float[] trained = net.features(x).toFloatArray();
    net.train(false);

    assertThat(net.features(x).toFloatArray()).isEqualTo(trained);
    before.forEach(
        (name, t) -> assertThat(net.state().get(name).tensor().bytes()).isEqualTo(t.bytes()));
  }

  private static Tensor tensor(NDArray a) {
    return TensorBridge.toTensor(a);
  }

  /** The values that the golden's metadata describe. */
  private static Map<String, Tensor> formulaWeights(Map<String, Tensor> shapes) {
    Map<String, Tensor> filled = new LinkedHashMap<>();
    int index = 0;
    for (Map.Entry<String, Tensor> e : shapes.entrySet()) {
      Tensor t = e.getValue();
      filled.put(e.getKey(), t.dtype() == DType.F32 ? formula(e.getKey(), t.shape(), index++) : t);
    }
    return filled;
  }

  private static Tensor formula(String name, int[] shape, int index) {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    int fanIn = size / shape[0];
    float[] values = new float[size];
    for (int j = 0; j < size; j++) {
      double s = Math.abs(Math.sin((j + 1) * 12.9898 + (index + 1) * 78.233) * 43758.5453);
      double u = s - Math.floor(s);
      values[j] = (float) value(name, shape.length, fanIn, u);
    }
    return Tensor.of(values, shape);
  }

  private static double value(String name, int dimensions, int fanIn, double u) {
    if (name.endsWith("running_var")) {
      return 0.5 + u;
    }
    if (name.equals("fc.bias")) {
      return 0.1 * (u - 0.5);
    }
    if (name.endsWith("running_mean") || name.endsWith("bias")) {
      return 0.2 * (u - 0.5);
    }
    return dimensions == 1 ? 0.5 + u : 2 * (u - 0.5) * Math.sqrt(6.0 / fanIn);
  }
}
