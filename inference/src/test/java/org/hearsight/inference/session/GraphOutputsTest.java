package org.hearsight.inference.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Held against the protocol buffer's own library. */
class GraphOutputsTest {
  private static ModelProto model(String... outputs) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("g")
            .addNode(NodeProto.newBuilder().setOpType("Identity").addInput("x").addOutput("y"))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("w")
                    .addDims(300)
                    .setRawData(ByteString.copyFrom(new byte[1200])))
            .addInput(ValueInfoProto.newBuilder().setName("x"));
    for (String output : outputs) {
      graph.addOutput(ValueInfoProto.newBuilder().setDocString("before").setName(output));
    }
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("test")
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .build();
  }

  @Test
  void onlyTheOutputsChange() throws InvalidProtocolBufferException {
    byte[] narrowed = GraphOutputs.only(model("y", "weights", "z").toByteArray(), Set.of("z", "y"));
    assertThat(ModelProto.parseFrom(narrowed)).isEqualTo(model("y", "z"));
  }

  /** x → a → y, and a, b → z, with c for none of them. */
  private static ModelProto branches(boolean withGraph) {
    GraphProto.Builder graph =
        GraphProto.newBuilder().addInput(ValueInfoProto.newBuilder().setName("x"));
    node(graph, "a", "x");
    node(graph, "b", "x");
    node(graph, "c", "b");
    node(graph, "y", "a");
    node(graph, "z", "a", "b");
    if (withGraph) {
      graph
          .getNodeBuilder(0)
          .addAttribute(
              AttributeProto.newBuilder()
                  .setName("body")
                  .setG(GraphProto.newBuilder().setName("g")));
    }
    for (String output : List.of("y", "z")) {
      graph.addOutput(ValueInfoProto.newBuilder().setName(output));
    }
    return ModelProto.newBuilder().setGraph(graph).build();
  }

  private static void node(GraphProto.Builder graph, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Sum").addAllInput(List.of(inputs)).addOutput(output));
  }

  private static List<String> nodes(ModelProto model, String... outputs)
      throws InvalidProtocolBufferException {
    byte[] narrowed = GraphOutputs.only(model.toByteArray(), Set.of(outputs));
    return ModelProto.parseFrom(narrowed).getGraph().getNodeList().stream()
        .map(n -> n.getOutput(0))
        .toList();
  }

  @Test
  void nodesThatNoOutputNeedsAreLeftOut() throws InvalidProtocolBufferException {
    assertThat(nodes(branches(false), "y")).containsExactly("a", "y");
    assertThat(nodes(branches(false), "z")).containsExactly("a", "b", "z");
    assertThat(nodes(branches(false), "y", "z")).containsExactly("a", "b", "y", "z");
    assertThat(nodes(branches(true), "y")).containsExactly("a", "b", "c", "y", "z");
  }

  @Test
  void whatIsNoModelIsRefused() {
    byte[] whole = model("y").toByteArray();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphOutputs.only(Arrays.copyOf(whole, whole.length - 3), Set.of("y")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphOutputs.only(new byte[] {(byte) 0xff}, Set.of("y")));
  }
}
