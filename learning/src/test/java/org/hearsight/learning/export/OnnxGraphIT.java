package org.hearsight.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.ResNet50;
import org.hearsight.learning.model.SeldNet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxGraphIT extends NativeTest {
  private SeldNet net;
  private Map<String, Tensor> weights;

  @BeforeEach
  void drawWeights() {
    net = new SeldNet(small(2), factory(1));
    weights = new HashMap<>(net.save());
  }

  private static SeldNet.Config small(int heads) {
    return new SeldNet.Config(
        2, 64, 6, List.of(5, 1, 1), List.of(4, 4, 2), 8, 2, 2, heads, 8, 24, 0.05);
  }

  private static OnnxGraph graph(SeldNet net, Map<String, String> metadata) {
    return NetworkGraph.audio(net, Set.of(), metadata);
  }

  @Test
  void sameWeightsGiveTheSameBytesWhateverTheirOrder() {
    byte[] first = graph(net, Map.of("a", "1", "b", "2", "c", "3")).bytes();
    Map<String, String> other = new HashMap<>();
    other.put("c", "3");
    other.put("b", "2");
    other.put("a", "1");
    SeldNet again = new SeldNet(small(2), factory(2));
    again.load(weights, "weights");
    assertThat(graph(again, other).bytes()).isEqualTo(first);
    ImaginationModel model =
        new ImaginationModel(
            ImaginationModel.Config.of(Fusion.SPATIAL, 16, 4, LocationForm.SPHERICAL), factory(1));
    assertThat(NetworkGraph.imagination(model, Map.of()).bytes())
        .isEqualTo(NetworkGraph.imagination(model, Map.of()).bytes());
  }

  @Test
  void fileHoldsVersionShapesAndMetadata(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/seldnet.onnx");
    graph(net, Map.of("scaler", "none")).write(file);
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getMetadataProps(0).getKey()).isEqualTo("scaler");
    ValueInfoProto input = model.getGraph().getInput(0);
    assertThat(input.getName()).isEqualTo("input");
    assertThat(input.getType().getTensorType().getShape().getDim(3).getDimValue()).isEqualTo(64);
  }

  /** Names stay the checkpoint's; training or not, a graph infers. */
  @Test
  void batchNormIsInTheConvolutionAndDropoutIsGone() throws IOException {
    byte[] inferring = graph(net, Map.of()).bytes();
    net.train(true);
    byte[] training = graph(net, Map.of()).bytes();
    assertThat(training).isEqualTo(inferring);
    ModelProto model = ModelProto.parseFrom(training);
    assertThat(model.getGraph().getNodeList())
        .extracting(node -> node.getOpType())
        .contains("Conv", "GRU", "LayerNormalization")
        .doesNotContain("BatchNormalization", "Dropout");
    assertThat(model.getGraph().getInitializerList())
        .extracting(TensorProto::getName)
        .anyMatch(name -> name.startsWith("conv_block_list.0.conv.weight"))
        .anyMatch(name -> name.startsWith("mhsa_block_list.1.out_proj.bias"))
        .noneMatch(name -> name.contains("running_mean"));
  }

  @Test
  void missingWeightIsNamed() {
    weights.remove("gru.bias_hh_l1_reverse");
    assertRefused("missing: gru.bias_hh_l1_reverse");
  }

  @Test
  void misshapenWeightIsNamed() {
    weights.put("layer_norm_list.1.bias", Tensor.of(new float[9], 9));
    assertRefused("misshapen: layer_norm_list.1.bias [9] (expected [8])");
  }

  @Test
  void weightOfAnotherRankIsNamed() {
    weights.put("conv_block_list.3.conv.weight", Tensor.of(new float[9], 9));
    assertRefused("misshapen: conv_block_list.3.conv.weight [9] (expected [6, 6, 3, 3])");
  }

  @Test
  void divergedWeightIsNamed() {
    weights.put(
        "layer_norm_list.1.bias", Tensor.of(new float[] {0, 1, 2, Float.NaN, 4, 5, 6, 7}, 8));
    assertRefused("not finite: layer_norm_list.1.bias");
  }

  @Test
  void integerWeightIsNamed() {
    weights.put("layer_norm_list.1.bias", Tensor.of(new long[8], 8));
    assertRefused("misshapen: layer_norm_list.1.bias I64 (expected a floating type)");
  }

  @Test
  void headsMustDivideTheWidth() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeldNet(small(3), factory(1)))
        .withMessageContaining("width 8 is not a multiple of 3 heads");
  }

  @Test
  void unknownStageIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkGraph.audio(net, Set.of("conv7"), Map.of()))
        .withMessageContaining("conv7");
  }

  @Test
  void networksOfAnotherKindAreRefused() {
    ResNet50 sight = new ResNet50(new ResNet50.Config(3, 2, List.of(1, 1, 1, 1), 0), factory(1));
    assertThatThrownBy(() -> sight.load(weights, "weights"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("missing: conv1.weight");
    ImaginationModel model =
        new ImaginationModel(
            ImaginationModel.Config.of(Fusion.SPATIAL, 16, 4, LocationForm.SEED), factory(1));
    assertThatThrownBy(() -> model.load(weights, "weights"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("missing: adapter.token_position");
  }

  private void assertRefused(String problem) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> net.load(weights, "weights"))
        .withMessageContaining(problem);
  }
}
