package org.hearsight.learning.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.learning.Close.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.Close;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.layer.Parameter;
import org.junit.jupiter.api.Test;

/** The STARSS23 network beside its original, and cut into stages. */
class AvCrnnIT extends NativeTest {
  private static final AvCrnn.Config SMALL =
      new AvCrnn.Config(7, 33, List.of(4, 2, 2), List.of(4, 4, 2), 6, 12, 5, 8, 9);

  @Test
  void answersAsTheOriginal() {
    Map<String, Tensor> golden = Goldens.shared("golden/av_crnn/av_crnn.safetensors");
    Map<String, Tensor> weights = Goldens.shared("golden/av_crnn/weights.pth");
    AvCrnn net = new AvCrnn(AvCrnn.Config.starss23(), factory(1));
    assertThat(net.state().keySet()).containsExactlyElementsOf(weights.keySet());
    net.load(weights, "golden");
    NDArray features = array(golden.get("input_audio")).swapAxes(2, 3); // [2, 7, 128, 257]
    NDArray boxes = array(golden.get("input_visual")).reshape(2, -1);

    NDArray heard = net.encode(features, 0, 3);
    NDArray encoded = net.encode(features, boxes);
    NDArray events = net.head(encoded); // [2, 8, 117]

    assertClose("conv3", heard.swapAxes(1, 2), golden.get("audio_encoder"), 1e-4);
    assertClose("gru", encoded, golden.get("gru"), 1e-4);
    NDArray frames = events.repeat(1, 16).swapAxes(1, 2).reshape(2, 3, 3, 13, 128);
    assertClose("output", frames, golden.get("output"), 1e-4);
    // No box is a picture without anybody, and not the golden's picture.
    Tensor noBox = TensorBridge.toTensor(net.encode(features));
    assertClose("no box", net.encode(features, boxes.zerosLike()), noBox, 0);
    assertThat(Close.deviation(noBox, golden.get("gru"))).isGreaterThan(0.01);
  }

  @Test
  void everyStageOfASmallNetworkIsPyTorchs() {
    Map<String, Tensor> golden = Goldens.committed("avcrnn_small");
    AvCrnn net = new AvCrnn(SMALL, factory(1));
    Map<String, Tensor> weights = Goldens.under("weights.", golden);
    assertThat(net.state().keySet()).containsExactlyElementsOf(weights.keySet());
    net.load(weights, "golden");

    NDArray seeing = net.encode(array(golden.get("input")), array(golden.get("boxes")));
    assertClose("boxes", seeing, golden.get("boxes.gru"), 1e-5);
    assertClose("output", net.head(seeing), golden.get("boxes.output"), 1e-5);
    checkStages(net, "blind.", golden);
    net.train(true);
    checkStages(net, "train.", golden);
  }

  private void checkStages(AvCrnn net, String prefix, Map<String, Tensor> golden) {
    NDArray x = array(golden.get("input"));
    for (int i = 0; i < net.stageNames().size(); i++) {
      x = net.encode(x, i, i + 1);
      String stage = prefix + net.stageNames().get(i);
      assertClose(stage, x, golden.get(stage), 1e-5);
    }
    assertClose(prefix + "output", net.head(x), golden.get(prefix + "output"), 1e-5);
  }

  @Test
  void aClipOfAnyLengthIsOneSequenceOfTokens() {
    AvCrnn net = new AvCrnn(SMALL, factory(1));

    for (int frames : new int[] {16, 31, 128, 501}) {
      NDArray tokens = net.encode(ramp(2, 7, frames, 33));
      assertThat(tokens.getShape().getShape()).containsExactly(2, frames / 16, 16);
    }
    assertThat(net.framesPerToken()).isEqualTo(16);
    assertThat(net.width()).isEqualTo(16);
  }

  @Test
  void stagesOneAfterTheOtherEqualTheWhole() {
    AvCrnn net = new AvCrnn(SMALL, factory(2));
    NDArray x = ramp(2, 7, 64, 33);
    float[] whole = TensorBridge.toTensor(net.encode(x)).floats();
    int stages = net.stageNames().size();

    for (int cut = 0; cut <= stages; cut++) {
      NDArray below = net.encode(x, 0, cut);
      if (cut > 0 && net.widthAfter(cut - 1) > 0) {
        assertThat(below.getShape().getShape()).containsExactly(2, 4, net.widthAfter(cut - 1));
      }
      NDArray parts = net.encode(below, cut, stages);
      assertThat(TensorBridge.toTensor(parts).floats()).isEqualTo(whole);
    }
    assertThat(List.of(0, 1, 2, 3)).map(net::widthAfter).containsExactly(0, 0, 6, 16);
  }

  @Test
  void theUpperHalfOfTheParametersLeavesTheConvolutionsFrozen() {
    AvCrnn net = new AvCrnn(SMALL, factory(3));
    net.unfreezeTop(0.5);
    assertThat(net.encoderParameters()).hasSize(21);
    Set<String> freed = new HashSet<>(net.trainableParameters().keySet());
    freed.removeIf(n -> n.startsWith(net.headPrefix()));
    assertThat(freed)
        .hasSize(11)
        .contains("vision_encoder.0.bias", "gru.weight_ih_l0")
        .doesNotContain("vision_encoder.0.weight")
        .noneMatch(n -> n.startsWith("audio_encoder."));
    assertThat(net.firstTrainableStage()).isEqualTo(3);

    NDArray x = ramp(2, 7, 64, 33);
    float[] before = TensorBridge.toTensor(net.encode(x, 0, 3)).floats();
    Map<String, Tensor> weights = net.save();
    net.train(true);
    try (Gradients g = Gradients.record()) {
      g.backward(net.encode(x).square().sum());
    }
    assertThat(TensorBridge.toTensor(net.encode(x, 0, 3)).floats()).isEqualTo(before);
    weights.forEach(
        (name, t) -> assertThat(net.state().get(name).tensor().floats()).isEqualTo(t.floats()));
    for (String name : freed) {
      Parameter p = net.state().get(name);
      double[] gradient = TensorBridge.toTensor(Torch.gradient(p.array())).doubles();
      assertThat(Arrays.stream(gradient).anyMatch(v -> v != 0)).as(name).isTrue();
    }

    net.unfreezeTop(0.43);
    assertThat(net.widthAfter(net.firstTrainableStage() - 1)).isPositive();
    net.unfreezeTop(0.42);
    assertThat(net.widthAfter(net.firstTrainableStage() - 1)).isZero();
    net.unfreezeTop(0.1);
    assertThat(net.firstTrainableStage()).isZero();
  }

  @Test
  void theSameSeedDrawsTheSameWeights() {
    Map<String, Tensor> a = new AvCrnn(SMALL, factory(3)).save();
    Map<String, Tensor> b = new AvCrnn(SMALL, factory(3)).save();
    a.forEach((name, t) -> assertThat(b.get(name).bytes()).as(name).isEqualTo(t.bytes()));
    String conv2 = "audio_encoder.conv2.weight";
    double bound = 1 / Math.sqrt(6 * 9);
    assertThat(Arrays.stream(a.get(conv2).doubles()).map(Math::abs).max().getAsDouble())
        .isBetween(0.9 * bound, bound + 1e-7);
    Map<String, Tensor> other = new AvCrnn(SMALL, factory(4)).save();
    assertThat(other.get(conv2).floats()).isNotEqualTo(a.get(conv2).floats());
  }
}
