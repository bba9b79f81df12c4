package org.hearsight.learning.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearsight.learning.Close.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.Close;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.layer.LoadRules;
import org.hearsight.learning.layer.Parameter;
import org.junit.jupiter.api.Test;

class SeldNetIT extends NativeTest {
  private static final List<String> STAGES =
      List.of("conv0", "conv1", "conv2", "gru0", "gru1", "attention0", "attention1");

  private final Map<String, Tensor> golden = Goldens.committed("seldnet_small");

  private static SeldNet.Config small(double dropout) {
    return new SeldNet.Config(
        3, 16, 8, List.of(5, 1, 1), List.of(2, 2, 2), 8, 2, 2, 2, 10, 12, dropout);
  }

  private SeldNet loaded(double dropout) {
    SeldNet net = new SeldNet(small(dropout), factory(1));
    net.load(Goldens.under("weights.", golden), "golden");
    return net;
  }

  @Test
  void namesAndOrderArePyTorchs() {
    SeldNet net = new SeldNet(small(0), factory(1));

    assertThat(net.state().keySet())
        .containsExactlyElementsOf(Goldens.under("weights.", golden).keySet());
    assertThat(net.parameters().keySet())
        .containsExactlyElementsOf(Goldens.under("grad.", golden).keySet());
    assertThat(net.stageNames()).isEqualTo(STAGES);
  }

  @Test
  void infersAsPyTorchDoes() {
    checkStages(loaded(0), "eval.");
  }

  @Test
  void trainsAsPyTorchDoes() {
    SeldNet net = loaded(0);
    net.train(true);
    try (Gradients g = Gradients.record()) {
      NDArray output = checkStages(net, "train.");
      NDArray loss = output.mul(array(golden.get("loss_weight"))).sum();
      g.backward(loss);
      assertClose("loss", loss, golden.get("loss"), 1e-4);
    }

    net.parameters().forEach((name, p) -> checkGradient(name, p));
    Map<String, Tensor> after = Goldens.under("after.", golden);
    assertThat(after).hasSize(9);
    after.forEach((name, t) -> assertClose(name, net.state().get(name).tensor(), t, 1e-5));
  }

  private NDArray checkStages(SeldNet net, String prefix) {
    NDArray x = array(golden.get("input"));
    for (int i = 0; i < STAGES.size(); i++) {
      x = net.encode(x, i, i + 1);
      Tensor expected = golden.get(prefix + STAGES.get(i));
      if (expected != null) {
        assertClose(STAGES.get(i), x, expected, 1e-5);
      }
    }
    NDArray output = net.head(x);
    assertClose("output", output, golden.get(prefix + "output"), 1e-5);
    return output;
  }

  private void checkGradient(String name, Parameter p) {
    // A convolution's bias before batch norm has no influence: PyTorch leaves rounding noise.
    Tensor expected = golden.get("grad." + name);
    Tensor found = TensorBridge.toTensor(Torch.gradient(p.array()));
    if (name.endsWith("conv.bias")) {
      assertThat(Arrays.stream(found.doubles()).allMatch(v -> Math.abs(v) < 1e-4)).isTrue();
    } else {
      assertClose(name, found, expected, 1e-4);
    }
  }

  @Test
  void slicesEqualTheWhole() {
    SeldNet net = loaded(0.3);
    NDArray x = array(golden.get("input"));
    Tensor whole = TensorBridge.toTensor(net.encode(x));

    for (int cut = 0; cut <= STAGES.size(); cut++) {
      NDArray parts = net.encode(net.encode(x, 0, cut), cut, STAGES.size());
      assertThat(TensorBridge.toTensor(parts).floats()).isEqualTo(whole.floats());
    }
  }

  @Test
  void frozenPartsStandStillWhileTheRestTrains() {
    SeldNet net = loaded(0.5);
    NDArray x = array(golden.get("input"));
    net.freeze();
    // After freezing: for weights that want a gradient libtorch folds the recurrent layer's time
    // into its batch, for others it multiplies step by step, which on some processors rounds
    // otherwise (at::matmul).
    Tensor boundary = TensorBridge.toTensor(net.encode(x, 0, 4));
    net.unfreezeTop(0.5);
    net.train(true);
    assertThat(net.firstTrainableStage()).isEqualTo(4);

    Map<String, Tensor> before = net.save();
    NDArray frozen = net.encode(x, 0, 4);
    assertThat(TensorBridge.toTensor(frozen).floats()).isEqualTo(boundary.floats());
    before.forEach(
        (name, t) -> assertThat(net.state().get(name).tensor().floats()).isEqualTo(t.floats()));

    Tensor inferred = TensorBridge.toTensor(net.encode(x));
    net.train(false);
    assertThat(Close.deviation(inferred, TensorBridge.toTensor(net.encode(x))))
        .as("attention dropout is on above the boundary")
        .isGreaterThan(1e-3);
  }

  @Test
  void freedStatisticsMove() {
    SeldNet net = loaded(0);
    net.train(true);
    NDArray unused = net.encode(array(golden.get("input")));
    assertThat(unused.getShape().dimension()).isEqualTo(3);

    String counter = "conv_block_list.0.bn.num_batches_tracked";
    assertThat(net.state().get(counter).tensor().longs()).containsExactly(1);
    assertThat(
            Close.deviation(
                net.state().get("conv_block_list.0.bn.running_mean").tensor(),
                golden.get("weights.conv_block_list.0.bn.running_mean")))
        .isGreaterThan(1e-3);
  }

  @Test
  void dropoutRepeatsWithTheSeed() {
    SeldNet net = loaded(0.4);
    net.train(true);
    List<float[]> outputs = new ArrayList<>();
    for (long seed : new long[] {5, 5, 6}) {
      engine.seed(seed);
      outputs.add(net.encode(array(golden.get("input"))).toFloatArray());
    }
    assertThat(outputs.get(1)).isEqualTo(outputs.get(0));
    assertThat(outputs.get(2)).isNotEqualTo(outputs.get(0));
  }

  @Test
  void halfOfTheOfficialEncoderStartsAtTheUpperGru() {
    SeldNet net = new SeldNet(SeldNet.Config.dcase2024(), factory(1));
    assertThat(net.encoderParameters()).hasSize(40);
    net.freeze();
    assertThat(net.firstTrainableStage()).isEqualTo(STAGES.size());

    net.unfreezeTop(0.5);

    List<String> trainable = List.copyOf(net.trainableParameters().keySet());
    assertThat(trainable).hasSize(20);
    assertThat(trainable.get(0)).isEqualTo("gru.weight_ih_l1");
    assertThat(net.stageNames().get(net.firstTrainableStage())).isEqualTo("gru1");
  }

  @Test
  void sameSeedSameBytes() {
    Map<String, Tensor> a = new SeldNet(small(0), factory(3)).save();
    Map<String, Tensor> b = new SeldNet(small(0), factory(3)).save();
    Map<String, Tensor> c = new SeldNet(small(0), factory(4)).save();
    a.forEach((name, t) -> assertThat(b.get(name).bytes()).isEqualTo(t.bytes()));
    assertThat(c.get("gru.weight_ih_l0").floats()).isNotEqualTo(a.get("gru.weight_ih_l0").floats());
  }

  @Test
  void startsAsPyTorchDoes() {
    Map<String, Tensor> start = new SeldNet(SeldNet.Config.dcase2024(), factory(3)).save();

    assertUniform(start.get("conv_block_list.3.conv.weight"), 1 / Math.sqrt(64 * 9));
    assertUniform(start.get("gru.weight_hh_l1"), 1 / Math.sqrt(128));
    assertUniform(start.get("mhsa_block_list.0.in_proj_weight"), Math.sqrt(6.0 / (128 + 384)));
    assertUniform(start.get("fnn_list.1.weight"), 1 / Math.sqrt(128));
    assertThat(start.get("mhsa_block_list.0.in_proj_bias").floats()).containsOnly(0);
    assertThat(start.get("conv_block_list.0.bn.weight").floats()).containsOnly(1);
  }

  private static void assertUniform(Tensor t, double bound) {
    double[] v = t.doubles();
    assertThat(Arrays.stream(v).map(Math::abs).max().getAsDouble()).isBetween(0.999 * bound, bound);
    double variance = Arrays.stream(v).map(x -> x * x).average().getAsDouble();
    assertThat(variance).isBetween(0.97 * bound * bound / 3, 1.03 * bound * bound / 3);
  }

  @Test
  void refusesWeightsThatDoNotFitAndTakesNone() {
    SeldNet net = new SeldNet(small(0), factory(1));
    Map<String, Tensor> before = net.save();
    Map<String, Tensor> wrong = Goldens.under("weights.", golden);
    wrong.remove("gru.bias_hh_l1");
    wrong.put("gru.bias_hh_l7", Tensor.of(new float[3], 3));
    wrong.put("fnn_list.0.bias", Tensor.of(new float[5], 5));
    wrong.put("layer_norm_list.0.bias", Tensor.of(new float[] {Float.NaN, 0, 0, 0, 0, 0, 0, 0}, 8));

    assertThatThrownBy(() -> net.load(wrong, "w.pth"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "w.pth: missing: gru.bias_hh_l1; surplus: gru.bias_hh_l7; misshapen: fnn_list.0.bias"
                + " [5] (expected [10]); not finite: layer_norm_list.0.bias; give weights of this"
                + " architecture and size");
    before.forEach(
        (name, t) -> assertThat(net.state().get(name).tensor().bytes()).isEqualTo(t.bytes()));
  }

  @Test
  void leavesOutWhatTheRulesSay() {
    SeldNet net = new SeldNet(small(0), factory(1));
    Map<String, Tensor> other = Goldens.under("weights.", golden);
    other.put("fnn_list.1.weight", Tensor.of(new float[40], 4, 10));
    other.keySet().removeIf(k -> k.endsWith("num_batches_tracked"));
    float[] before = net.state().get("fnn_list.0.weight").tensor().floats();

    var report = net.load(other, "w.pth", LoadRules.strict().skip("fnn_list.", "other classes"));

    assertThat(report.ignored())
        .containsOnlyKeys(
            "fnn_list.0.weight", "fnn_list.0.bias", "fnn_list.1.weight", "fnn_list.1.bias")
        .containsValue("other classes");
    assertThat(report.taken()).hasSize(46);
    assertThat(net.state().get("fnn_list.0.weight").tensor().floats()).isEqualTo(before);
  }
}
