package org.hearsight.learning.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxGraphTest {
  private static final SeldNetGraph.Options PLAIN =
      new SeldNetGraph.Options(Goldens.seldnet(2), false, Set.of());

  private Map<String, Tensor> weights;

  @BeforeEach
  void readWeights() {
    weights = new HashMap<>(Goldens.under("weights.", Goldens.committed("seldnet.safetensors")));
  }

  @Test
  void sameWeightsGiveTheSameBytesWhateverTheirOrder() {
    byte[] first = SeldNetGraph.build(weights, PLAIN, Map.of("a", "1", "b", "2", "c", "3")).bytes();
    Map<String, String> other = new HashMap<>();
    other.put("c", "3");
    other.put("b", "2");
    other.put("a", "1");
    byte[] second = SeldNetGraph.build(new HashMap<>(weights), PLAIN, other).bytes();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void fileHoldsVersionShapesAndMetadata(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/seldnet.onnx");
    SeldNetGraph.build(weights, PLAIN, Map.of("scaler", "none")).write(file);
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getMetadataProps(0).getKey()).isEqualTo("scaler");
    ValueInfoProto input = model.getGraph().getInput(0);
    assertThat(input.getName()).isEqualTo("input");
    assertThat(input.getType().getTensorType().getShape().getDim(3).getDimValue()).isEqualTo(64);
  }

  @Test
  void missingWeightIsNamed() {
    weights.remove("gru.bias_hh_l1_reverse");
    assertRefused("weight 'gru.bias_hh_l1_reverse': missing");
  }

  @Test
  void misshapenWeightIsNamed() {
    weights.put("layer_norm_list.1.bias", Tensor.of(new float[9], 9));
    assertRefused("weight 'layer_norm_list.1.bias': shape [9], expected [8]");
  }

  @Test
  void weightOfAnotherRankIsNamed() {
    weights.put("conv_block_list.3.conv.weight", Tensor.of(new float[9], 9));
    assertRefused("weight 'conv_block_list.3.conv.weight': shape [9], expected 4 dimensions");
  }

  @Test
  void divergedWeightIsNamed() {
    weights.put(
        "layer_norm_list.1.bias", Tensor.of(new float[] {0, 1, 2, Float.NaN, 4, 5, 6, 7}, 8));
    assertRefused("weight 'layer_norm_list.1.bias': holds NaN or infinity");
  }

  @Test
  void integerWeightIsNamed() {
    weights.put("layer_norm_list.1.bias", Tensor.of(new long[8], 8));
    assertRefused("weight 'layer_norm_list.1.bias': type I64");
  }

  @Test
  void headsMustDivideTheWidth() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(
            () ->
                SeldNetGraph.build(
                    weights,
                    new SeldNetGraph.Options(Goldens.seldnet(3), false, Set.of()),
                    Map.of()))
        .withMessageContaining("width 8 cannot be split into 3 heads");
  }

  @Test
  void unknownStageIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeldNetGraph.Options(Goldens.seldnet(8), false, Set.of("conv7")))
        .withMessageContaining("conv7");
  }

  @Test
  void networksOfAnotherKindAreRefused() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ResNet50Graph.build(weights, Map.of()))
        .withMessageContaining("ResNet: weight 'conv1.weight': missing");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ImaginationGraph.build(weights, Fusion.SPATIAL, 8, Map.of()))
        .withMessageContaining("weight 'adapter.token_position': missing");
  }

  private void assertRefused(String problem) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> SeldNetGraph.build(weights, PLAIN, Map.of()))
        .withMessageContaining("SELD network: " + problem);
  }
}
