package org.hearsight.inference.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
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

  @Test
  void whatIsNoModelIsRefused() {
    byte[] whole = model("y").toByteArray();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphOutputs.only(Arrays.copyOf(whole, whole.length - 3), Set.of("y")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphOutputs.only(new byte[] {(byte) 0xff}, Set.of("y")));
  }
}
