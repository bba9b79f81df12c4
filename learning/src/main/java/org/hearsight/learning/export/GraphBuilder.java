package org.hearsight.learning.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/**
 * One ONNX graph while it is written: inputs and outputs of any rank, and one method for each
 * operator.
 *
 * <p>Tribuo's context declares inputs and outputs as [batch, n] only; {@link #build} puts the true
 * shapes in their place.
 */
final class GraphBuilder {
  private final ONNXContext context = new ONNXContext();
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<ValueInfoProto> outputs = new ArrayList<>();

  /** Constants of types that Tribuo's context does not write, by the name it knows them under. */
  private final Map<String, TensorProto> integers = new HashMap<>();

  /** A dimension that callers choose; equal names must agree. */
  static Dimension free(String name) {
    return Dimension.newBuilder().setDimParam(name).build();
  }

  static Dimension fixed(long size) {
    return Dimension.newBuilder().setDimValue(size).build();
  }

  ONNXRef<?> input(String name, Dimension... shape) {
    inputs.add(value(name, shape));
    return context.floatInput(name, 1);
  }

  void output(String name, ONNXRef<?> value, Dimension... shape) {
    outputs.add(value(name, shape));
    context.assignTo(value, context.floatOutput(name, 1));
  }

  OnnxGraph build(String name, Map<String, String> metadata) {
    GraphProto.Builder written = context.buildGraph().toBuilder();
    for (int i = 0; i < written.getInitializerCount(); i++) {
      TensorProto integer = integers.get(written.getInitializer(i).getName());
      if (integer != null) {
        written.setInitializer(i, integer);
      }
    }
    GraphProto graph =
        written
            .setName(name)
            .clearInput()
            .addAllInput(inputs)
            .clearOutput()
            .addAllOutput(outputs)
            .build();
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(OnnxOp.IR_VERSION)
            .setProducerName("hearsight")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxOp.OPSET))
            .setGraph(graph);
    new TreeMap<>(metadata)
        .forEach(
            (key, text) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
    return new OnnxGraph(model.build());
  }

  ONNXRef<?> constant(String name, float[] values, int... shape) {
    List<Integer> dims = Arrays.stream(shape).boxed().toList();
    return context.floatTensor(name, dims, buffer -> buffer.put(values));
  }

  /** Integers of 8 or 32 bits. */
  ONNXRef<?> integers(String name, TensorProto.DataType type, byte[] littleEndian, int... shape) {
    ONNXRef<?> known = context.array(name, new float[1]);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(known.getReference())
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(littleEndian));
    Arrays.stream(shape).forEach(tensor::addDims);
    integers.put(known.getReference(), tensor.build());
    return known;
  }

  ONNXRef<?> constant(String name, float scalar) {
    return context.constant(name, scalar);
  }

  ONNXRef<?> add(ONNXRef<?> a, ONNXRef<?> b) {
    return a.apply(OnnxOp.ADD, b, "add");
  }

  ONNXRef<?> mul(ONNXRef<?> a, ONNXRef<?> b) {
    return a.apply(OnnxOp.MUL, b, "mul");
  }

  ONNXRef<?> div(ONNXRef<?> a, ONNXRef<?> b) {
    return a.apply(OnnxOp.DIV, b, "div");
  }

  /** x · factor. */
  ONNXRef<?> scale(ONNXRef<?> x, double factor) {
    return mul(x, constant("factor", (float) factor));
  }

  /** x + term. */
  ONNXRef<?> shift(ONNXRef<?> x, double term) {
    return add(x, constant("term", (float) term));
  }

  /** No less than {@code least}, no more than {@code most}. */
  ONNXRef<?> clip(ONNXRef<?> x, double least, double most) {
    return operation(
        OnnxOp.CLIP,
        List.of(x, constant("least", (float) least), constant("most", (float) most)),
        Map.of());
  }

  /** A function of one operand, element by element. */
  ONNXRef<?> each(OnnxOp function, ONNXRef<?> x) {
    return operation(function, List.of(x), Map.of());
  }

  ONNXRef<?> matMul(ONNXRef<?> a, ONNXRef<?> b) {
    return a.apply(OnnxOp.MAT_MUL, b, "matmul");
  }

  ONNXRef<?> relu(ONNXRef<?> x) {
    return x.apply(OnnxOp.RELU, "relu");
  }

  ONNXRef<?> tanh(ONNXRef<?> x) {
    return x.apply(OnnxOp.TANH, "tanh");
  }

  ONNXRef<?> sigmoid(ONNXRef<?> x) {
    return x.apply(OnnxOp.SIGMOID, "sigmoid");
  }

  ONNXRef<?> softmax(ONNXRef<?> x, int axis) {
    return x.apply(OnnxOp.SOFTMAX, Map.of("axis", axis));
  }

  /** The elements at {@code indices} along an axis, in that order. */
  ONNXRef<?> pick(ONNXRef<?> x, int axis, long... indices) {
    return operation(
        OnnxOp.GATHER, List.of(x, context.array("indices", indices)), Map.of("axis", axis));
  }

  /** Two equal halves along an axis. */
  List<ONNXNode> halves(ONNXRef<?> x, int axis) {
    return x.apply(OnnxOp.SPLIT, List.of("first", "second"), Map.of("axis", axis));
  }

  ONNXRef<?> concat(ONNXRef<?> a, ONNXRef<?> b, int axis) {
    return a.apply(OnnxOp.CONCAT, b, Map.of("axis", axis));
  }

  ONNXRef<?> transpose(ONNXRef<?> x, int... permutation) {
    return operation(OnnxOp.TRANSPOSE, List.of(x), Map.of("perm", permutation));
  }

  /** 0 keeps a dimension, one −1 takes what is left. */
  ONNXRef<?> reshape(ONNXRef<?> x, long... shape) {
    return x.apply(OnnxOp.RESHAPE, context.array("shape", shape), "reshape");
  }

  /** Sum over one axis, which disappears. */
  ONNXRef<?> sum(ONNXRef<?> x, long axis) {
    return operation(
        OnnxOp.REDUCE_SUM,
        List.of(x, context.array("axes", new long[] {axis})),
        Map.of("keepdims", 0));
  }

  /** Mean over one axis, which disappears. */
  ONNXRef<?> mean(ONNXRef<?> x, int axis) {
    return operation(
        OnnxOp.REDUCE_MEAN, List.of(x), Map.of("axes", new int[] {axis}, "keepdims", 0));
  }

  /** Length of the vectors along one axis, which stays with size 1. */
  ONNXRef<?> norm(ONNXRef<?> x, int axis) {
    return operation(OnnxOp.REDUCE_L2, List.of(x), Map.of("axes", new int[] {axis}));
  }

  /** Means over squares of {@code side} x {@code side}, [B, C, H, W] → [B, C, H/side, W/side]. */
  ONNXRef<?> averagePool(ONNXRef<?> x, int side) {
    return operation(
        OnnxOp.AVERAGE_POOL,
        List.of(x),
        Map.of("kernel_shape", new int[] {side, side}, "strides", new int[] {side, side}));
  }

  ONNXRef<?> globalAveragePool(ONNXRef<?> x) {
    return x.apply(OnnxOp.GLOBAL_AVERAGE_POOL, "pool");
  }

  /** Any operator with one output; attributes are written in the order of their names. */
  ONNXRef<?> operation(OnnxOp op, List<ONNXRef<?>> operands, Map<String, Object> attributes) {
    return context.operation(op, operands, op.getOpName(), new TreeMap<>(attributes));
  }

  private static ValueInfoProto value(String name, Dimension... shape) {
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(TensorShapeProto.newBuilder().addAllDim(Arrays.asList(shape)))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
