package org.hearsight.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearsight.learning.Close.assertClose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.bundle.ActivationRanges;
import org.hearsight.core.bundle.ActivationRanges.Range;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.model.ResNet50;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResNet50GraphIT extends NativeTest {
  /** Wide enough for the golden's layers. */
  private static final ResNet50.Config SMALL = new ResNet50.Config(5, 6, List.of(2, 1, 1, 2), 0);

  @Test
  void shrunkenNetworkWithFivePlanesMatchesPyTorch() {
    Map<String, Tensor> golden = Goldens.committed("onnx/resnet");
    Map<String, Tensor> weights = Goldens.under("weights.", golden);
    try (OnnxNetwork network = OnnxNetwork.open(graph(weights, null), "resnet", 1)) {
      Map<String, Tensor> actual = network.run(Map.of("input", golden.get("input")));
      assertThat(actual).containsOnlyKeys("features", "pooled");
      assertCorner("features", actual, golden);
      assertCorner("pooled", actual, golden);
      assertThat(network.inputs().get("input").shapeText()).isEqualTo("[batch, 5, height, width]");
    }
  }

  @Test
  void fullSizeMatchesTorchvision() {
    Map<String, Tensor> golden = Goldens.shared("golden/resnet50/resnet50.safetensors");
    Map<String, Tensor> weights = new FormulaWeights().resnet50();
    assertClose("conv1", weights.get("conv1.weight"), golden.get("first_conv_weight"), 1e-6);
    ResNet50 net = new ResNet50(ResNet50.Config.encoder(3), factory(1));
    net.load(weights, "formula");
    byte[] model = NetworkGraph.picture(net, null, Map.of()).bytes();
    try (OnnxNetwork network = OnnxNetwork.open(model, "resnet50", 2)) {
      Map<String, Tensor> actual = network.run(Map.of("input", golden.get("input")));
      assertClose("layer4", actual.get("features"), golden.get("layer4"), 1e-3);
      assertClose("features", actual.get("pooled"), golden.get("features"), 1e-3);
    }
  }

  @Test
  void inEightBitsItSaysNearlyTheSame() {
    Map<String, Tensor> golden = Goldens.committed("onnx/resnet");
    Map<String, Tensor> weights = Goldens.under("weights.", golden);
    Map<String, Tensor> input = Map.of("input", golden.get("input"));
    Map<String, Range> reach = reach(weights, input);
    float[] pixels = golden.get("input").floats();
    float brightest = 0;
    for (float pixel : pixels) {
      brightest = Math.max(brightest, pixel);
    }
    assertThat(reach.get("input").most()).isEqualTo(brightest);

    byte[] fine = graph(weights, null);
    byte[] coarse = graph(weights, new ActivationRanges(reach));

    assertThat(coarse).isEqualTo(graph(weights, new ActivationRanges(reach)));
    try (OnnxNetwork network = OnnxNetwork.open(coarse, "resnet in 8 bits", 1);
        OnnxNetwork whole = OnnxNetwork.open(fine, "resnet", 1)) {
      assertThat(network.inputs().keySet()).isEqualTo(whole.inputs().keySet());
    }
    assertThat(difference(coarse, fine, input)).isBetween(1e-5, 0.05);

    reach.remove("layer2.0.conv2");
    assertThatThrownBy(() -> graph(weights, new ActivationRanges(reach)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("int8: layer2.0.conv2: has no range; ");
  }

  /**
   * Channels that training or pruning has killed: weights of nothing, or next to it, and a bias
   * that goes on into the next layer.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-38, 1e-30, 1e-12, 1e-9, 1e-7})
  void nearlyDeadChannelsKeepTheirBiasInEightBits(double left) {
    Map<String, Tensor> golden = Goldens.committed("onnx/resnet");
    Map<String, Tensor> weights = Goldens.under("weights.", golden);
    for (String norm : List.of("bn1", "layer1.0.bn1", "layer2.0.bn2", "layer3.0.bn1")) {
      float[] gamma = weights.get(norm + ".weight").floats();
      float[] beta = weights.get(norm + ".bias").floats();
      for (int c = 0; c < gamma.length; c += 2) {
        gamma[c] = (float) left;
        beta[c] = 0.5f;
      }
      weights.put(norm + ".weight", Tensor.of(gamma, gamma.length));
      weights.put(norm + ".bias", Tensor.of(beta, beta.length));
    }
    Map<String, Tensor> input = Map.of("input", golden.get("input"));
    ActivationRanges reach = new ActivationRanges(reach(weights, input));

    byte[] fine = graph(weights, null);
    byte[] coarse = graph(weights, reach);

    // Where the biases are lost it is 2 %.
    assertThat(difference(coarse, fine, input)).as("relative").isLessThan(0.005);
  }

  private ResNet50 small(Map<String, Tensor> weights) {
    return Goldens.load(new ResNet50(SMALL, factory(1)), weights);
  }

  private byte[] graph(Map<String, Tensor> weights, ActivationRanges int8) {
    return NetworkGraph.picture(small(weights), int8, Map.of()).bytes();
  }

  private static void assertCorner(
      String name, Map<String, Tensor> actual, Map<String, Tensor> golden) {
    Tensor whole = actual.get(name);
    int[] shape = golden.get(name).shape();
    shape[1] = SMALL.width() * 32;
    assertThat(whole.shape()).isEqualTo(shape);
    assertClose(name, whole, Goldens.corner(golden.get(name), whole.shape()), 1e-5);
  }

  /** How far the numbers of each place reach. */
  private Map<String, Range> reach(Map<String, Tensor> weights, Map<String, Tensor> input) {
    Map<String, Range> reach = new LinkedHashMap<>();
    byte[] measuring = NetworkGraph.measuring(small(weights)).bytes();
    try (OnnxNetwork network = OnnxNetwork.open(measuring, "measuring", 1)) {
      Map<String, Tensor> outputs = network.run(input);
      for (String name : outputs.keySet()) {
        if (name.endsWith(NetworkGraph.LEAST)) {
          String place = name.substring(0, name.length() - NetworkGraph.LEAST.length());
          float most = outputs.get(place + NetworkGraph.MOST).floats()[0];
          reach.put(
              place, new Range(Math.min(0, outputs.get(name).floats()[0]), Math.max(0, most)));
        }
      }
    }
    return reach;
  }

  /** Of the features of two graphs, root mean squares. */
  private static double difference(byte[] coarse, byte[] fine, Map<String, Tensor> input) {
    try (OnnxNetwork network = OnnxNetwork.open(coarse, "resnet in 8 bits", 1);
        OnnxNetwork whole = OnnxNetwork.open(fine, "resnet", 1)) {
      float[] actual = network.run(input).get("features").floats();
      float[] expected = whole.run(input).get("features").floats();
      double off = 0;
      double size = 0;
      for (int i = 0; i < expected.length; i++) {
        off += Math.pow(actual[i] - expected[i], 2);
        size += Math.pow(expected[i], 2);
      }
      return Math.sqrt(off / size);
    }
  }

  /** The formula of the reference values, tensor by tensor in torchvision's order. */
  private static final class FormulaWeights {
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private int index;

    Map<String, Tensor> resnet50() {
      conv("conv1", 64, 3, 7);
      norm("bn1", 64);
      int planes = 64;
      int[] blocks = {3, 4, 6, 3};
      for (int layer = 0; layer < 4; layer++) {
        int width = 64 << layer;
        for (int block = 0; block < blocks[layer]; block++) {
          String name = "layer" + (layer + 1) + "." + block + ".";
          conv(name + "conv1", width, planes, 1);
          norm(name + "bn1", width);
          conv(name + "conv2", width, width, 3);
          norm(name + "bn2", width);
          conv(name + "conv3", 4 * width, width, 1);
          norm(name + "bn3", 4 * width);
          if (block == 0) {
            conv(name + "downsample.0", 4 * width, planes, 1);
            norm(name + "downsample.1", 4 * width);
          }
          planes = 4 * width;
        }
      }
      return weights;
    }

    private void conv(String name, int out, int in, int kernel) {
      double bound = Math.sqrt(6.0 / (in * kernel * kernel));
      add(name + ".weight", -bound, 2 * bound, out, in, kernel, kernel);
    }

    private void norm(String name, int width) {
      add(name + ".weight", 0.5, 1, width);
      add(name + ".bias", -0.1, 0.2, width);
      add(name + ".running_mean", -0.1, 0.2, width);
      add(name + ".running_var", 0.5, 1, width);
    }

    private void add(String name, double offset, double factor, int... shape) {
      int n = 1;
      for (int s : shape) {
        n *= s;
      }
      float[] values = new float[n];
      for (int j = 0; j < n; j++) {
        double x = Math.abs(Math.sin((j + 1) * 12.9898 + (index + 1) * 78.233) * 43758.5453);
        values[j] = (float) (offset + factor * (x - Math.floor(x)));
      }
      weights.put(name, Tensor.of(values, shape));
      index++;
    }
  }
}
