package org.hearsight.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearsight.learning.Close.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.model.AvCrnn;
import org.junit.jupiter.api.Test;

class AvCrnnGraphIT extends NativeTest {
  private static final Set<String> ALL = Set.of("conv1", "conv2", "conv3", "gru");
  private static final String VISION = "vision_encoder.0.";

  /**
   * The graph sees no box, the golden does. A layer that gets zeros and has W·x in its bias says
   * what it says to x, so each clip's boxes go into the weights and the clip through a graph of its
   * own.
   */
  @Test
  void theOriginalsClipsGiveItsTokensAndEvents() {
    Map<String, Tensor> golden = Goldens.shared("golden/av_crnn/av_crnn.safetensors");
    Map<String, Tensor> weights = Goldens.shared("golden/av_crnn/weights.pth");
    for (int clip = 0; clip < 2; clip++) {
      Map<String, Tensor> seeing = new HashMap<>(weights);
      Tensor bias = withBoxes(weights, part(golden.get("input_visual"), clip).floats());
      seeing.put(VISION + "bias", bias);
      AvCrnn net = new AvCrnn(AvCrnn.Config.starss23(), factory(1));
      net.load(seeing, "golden");
      try (OnnxNetwork network = open(net, Set.of("conv3"))) {
        Tensor input = swapped(part(golden.get("input_audio"), clip));
        Map<String, Tensor> actual = network.run(Map.of("input", input));

        Tensor heard = part(golden.get("audio_encoder"), clip);
        assertClose("conv3", swapped(actual.get("conv3")), heard, 1e-4);
        assertClose("gru", actual.get("encoder"), part(golden.get("gru"), clip), 1e-4);
        Tensor events = everySixteenthFrame(part(golden.get("output"), clip));
        assertClose("output", actual.get("output"), events, 1e-4);
      }
    }
  }

  @Test
  void everyStageOfASmallNetworkMatchesPyTorch() {
    Map<String, Tensor> golden = Goldens.committed("avcrnn_small");
    AvCrnn.Config small =
        new AvCrnn.Config(7, 33, List.of(4, 2, 2), List.of(4, 4, 2), 6, 12, 5, 8, 9);
    AvCrnn net = new AvCrnn(small, factory(1));
    net.load(Goldens.under("weights.", golden), "golden");
    try (OnnxNetwork network = open(net, ALL)) {
      Map<String, Tensor> actual = network.run(Map.of("input", golden.get("input")));
      Map<String, Tensor> expected = Goldens.under("blind.", golden);
      assertThat(expected).hasSize(5);
      expected.forEach((stage, value) -> assertClose(stage, actual.get(stage), value, 1e-5));
    }
  }

  @Test
  void everyStageOfASmallNetworkMatchesLibtorchAtAnyLength() {
    // Other pools than the published network's, sixteen frames a token as there.
    AvCrnn.Config small =
        new AvCrnn.Config(7, 257, List.of(2, 2, 4), List.of(2, 4, 8), 6, 12, 5, 8, 9);
    AvCrnn net = new AvCrnn(small, factory(5));
    try (OnnxNetwork network = open(net, ALL)) {
      assertThat(network.metadata()).isEqualTo(Map.of("a", "b"));
      assertThat(network.inputs().get("input").shapeText()).isEqualTo("[batch, 7, frames, 257]");
      assertThat(network.outputs().get("encoder").shapeText()).isEqualTo("[batch, tokens, 16]");
      for (int frames : new int[] {16, 101}) {
        NDArray x = ramp(3, 7, frames, 257);
        Map<String, Tensor> actual = network.run(Map.of("input", TensorBridge.toTensor(x)));
        for (int i = 0; i < net.stageNames().size(); i++) {
          x = net.encode(x, i, i + 1);
          String stage = net.stageNames().get(i);
          assertClose(stage, actual.get(stage), TensorBridge.toTensor(x), 1e-5);
        }
        assertClose("output", actual.get("output"), TensorBridge.toTensor(net.head(x)), 1e-5);
        assertThat(actual.get("encoder").floats()).isEqualTo(actual.get("gru").floats());
      }
    }
  }

  @Test
  void aMissingWeightIsNamed() {
    AvCrnn net = new AvCrnn(AvCrnn.Config.starss23(), factory(1));
    Map<String, Tensor> weights = net.save();
    weights.remove("audio_encoder.bn2.running_var");

    assertThatThrownBy(() -> net.load(weights, "weights"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("missing: audio_encoder.bn2.running_var");
  }

  private static OnnxNetwork open(AvCrnn net, Set<String> stages) {
    byte[] model = NetworkGraph.audio(net, true, stages, Map.of("a", "b")).bytes();
    return OnnxNetwork.open(model, "av_crnn", 1);
  }

  private static Tensor withBoxes(Map<String, Tensor> weights, float[] boxes) {
    float[] w = weights.get(VISION + "weight").floats();
    float[] b = weights.get(VISION + "bias").floats();
    for (int r = 0; r < b.length; r++) {
      double sum = b[r];
      for (int i = 0; i < boxes.length; i++) {
        sum += (double) w[r * boxes.length + i] * boxes[i];
      }
      b[r] = (float) sum;
    }
    return Tensor.of(b, b.length);
  }

  /** One element of the first axis, which stays. */
  private static Tensor part(Tensor t, int index) {
    int[] shape = t.shape();
    float[] all = t.floats();
    int each = all.length / shape[0];
    shape[0] = 1;
    return Tensor.of(Arrays.copyOfRange(all, index * each, (index + 1) * each), shape);
  }

  /** The last two axes exchanged. */
  private static Tensor swapped(Tensor t) {
    int[] shape = t.shape();
    int n = shape.length;
    int rows = shape[n - 2];
    int columns = shape[n - 1];
    float[] in = t.floats();
    float[] out = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      int matrix = i / (rows * columns);
      int r = i / columns % rows;
      int c = i % columns;
      out[(matrix * columns + c) * rows + r] = in[i];
    }
    shape[n - 2] = columns;
    shape[n - 1] = rows;
    return Tensor.of(out, shape);
  }

  /** [1, 3, 3, 13, 128] with each token sixteen times → [1, 8, 117]. */
  private static Tensor everySixteenthFrame(Tensor output) {
    float[] in = output.floats();
    float[] out = new float[8 * 117];
    for (int t = 0; t < 8; t++) {
      for (int i = 0; i < 117; i++) {
        out[t * 117 + i] = in[i * 128 + 16 * t];
      }
    }
    return Tensor.of(out, 1, 8, 117);
  }
}
