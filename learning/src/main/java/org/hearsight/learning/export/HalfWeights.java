package org.hearsight.learning.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.bundle.Checksums;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;

/**
 * A graph with its weights kept in half precision, half as large: each is followed by a Cast to
 * single precision. ONNX Runtime folds these casts when it loads the graph, so it computes in
 * single precision, as fast as before; what is lost is the rounding of the weights, at most 2^-11
 * of each, or 2^-25 of those below 2^-14.
 *
 * <p>Vectors and small tensors stay as they are, and so do weights beyond half precision's range.
 */
public final class HalfWeights {
  /** Weights below this many elements are not worth an operator. */
  private static final int LEAST = 1024;

  private static final float LARGEST_HALF = 65504;

  private HalfWeights() {}

  /**
   * Rewrites a serialized graph of ours.
   *
   * @param source what a refusal calls it: its file
   * @throws InputException if it is not an ONNX graph
   */
  public static byte[] of(byte[] graph, String source) {
    ModelProto model = parse(graph, source);
    GraphProto.Builder halved = model.getGraph().toBuilder().clearInitializer().clearNode();
    List<NodeProto> casts = new ArrayList<>();
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      float[] values = values(weight);
      if (!fits(values)) {
        halved.addInitializer(weight);
        continue;
      }
      String name = weight.getName();
      ByteBuffer halves = Tensor.halves(values, values.length).bytes();
      halved.addInitializer(
          weight.toBuilder()
              .setName(name + ".half")
              .setDataType(DataType.FLOAT16.getNumber())
              .setRawData(ByteString.copyFrom(halves)));
      casts.add(cast(name + ".half", name));
    }
    halved.addAllNode(casts).addAllNode(model.getGraph().getNodeList());
    return model.toBuilder().setGraph(halved).build().toByteArray();
  }

  private static ModelProto parse(byte[] graph, String source) {
    try {
      return ModelProto.parseFrom(graph);
    } catch (InvalidProtocolBufferException e) {
      throw InputException.model(source, "is not an ONNX graph", Checksums.REMEDY, e);
    }
  }

  /** The numbers of a large matrix or kernel in single precision; none of all others. */
  private static float[] values(TensorProto weight) {
    ByteString raw = weight.getRawData();
    if (weight.getDataType() != DataType.FLOAT.getNumber()
        || weight.getDimsCount() < 2
        || raw.size() < LEAST * Float.BYTES) {
      return new float[0];
    }
    float[] values = new float[raw.size() / Float.BYTES];
    raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static boolean fits(float[] values) {
    for (float v : values) {
      if (!(Math.abs(v) <= LARGEST_HALF)) {
        return false;
      }
    }
    return values.length > 0;
  }

  private static NodeProto cast(String from, String to) {
    return NodeProto.newBuilder()
        .setOpType("Cast")
        .setName(to + ".cast")
        .addInput(from)
        .addOutput(to)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(DataType.FLOAT.getNumber()))
        .build();
  }
}
