package org.hearsight.learning.export;

import ai.djl.ndarray.NDManager;
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
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearsight.core.error.InputException;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Parameter;
import org.hearsight.learning.layer.TorchValue;
import org.hearsight.learning.layer.Value;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXRef;

/**
 * One ONNX graph while it is written: inputs and outputs of any rank, the networks whose parameters
 * it stores, and nodes. {@link GraphValue} has the operators.
 *
 * <p>Tribuo's context declares inputs and outputs as [batch, n] only; {@link #build} puts the true
 * shapes in their place.
 */
final class GraphBuilder implements AutoCloseable {
  private final ONNXContext context = new ONNXContext();
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<ValueInfoProto> outputs = new ArrayList<>();

  /** Constants of types that Tribuo's context does not write, by the name it knows them under. */
  private final Map<String, TensorProto> integers = new HashMap<>();

  private final IdentityHashMap<Parameter, GraphValue.Place> places = new IdentityHashMap<>();
  private final IdentityHashMap<Parameter, GraphConstant> constants = new IdentityHashMap<>();

  /** Sizes, axes and factors: each is stored once. */
  private final Map<String, GraphValue> numbers = new HashMap<>();

  /** Of what is computed while the graph is written. */
  private NDManager scope;

  /** A dimension that callers choose; equal names must agree. */
  static Dimension free(String name) {
    return Dimension.newBuilder().setDimParam(name).build();
  }

  static Dimension fixed(long size) {
    return Dimension.newBuilder().setDimValue(size).build();
  }

  /**
   * Adds a network whose parameters values may take.
   *
   * @param precision of its convolutions; its prefix is that of the names of all its constants
   */
  void add(Layer network, Precision precision) {
    network.state().forEach((name, p) -> places.put(p, new GraphValue.Place(precision, name)));
    if (scope == null) {
      scope = network.state().values().iterator().next().array().getManager().newSubManager();
    }
  }

  /** Adds a network as it was trained. */
  void add(Layer network, String prefix) {
    add(network, new Precision(this, prefix));
  }

  GraphValue input(String name, Dimension... shape) {
    inputs.add(value(name, shape));
    int[] sizes =
        Arrays.stream(shape)
            .mapToInt(d -> d.hasDimValue() ? (int) d.getDimValue() : GraphValue.FREE)
            .toArray();
    return new GraphValue(this, context.floatInput(name, 1), null, sizes);
  }

  void output(String name, ONNXRef<?> value, Dimension... shape) {
    outputs.add(value(name, shape));
    context.assignTo(value, context.floatOutput(name, 1));
  }

  /** An output; free axes are called by {@code names} in their order. */
  void output(String name, Value value, String... names) {
    GraphValue v = (GraphValue) value;
    Iterator<String> free = List.of(names).iterator();
    Dimension[] shape =
        Arrays.stream(v.shape())
            .mapToObj(size -> size == GraphValue.FREE ? free(free.next()) : fixed(size))
            .toArray(Dimension[]::new);
    output(name, v.ref(), shape);
  }

  /** Frees what was computed while the graph was written. */
  @Override
  public void close() {
    if (scope != null) {
      scope.close();
    }
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

  /** A parameter of one of the networks; the same one is stored once. */
  GraphConstant constant(Parameter parameter) {
    return constants.computeIfAbsent(
        parameter,
        p -> {
          GraphValue.Place at = places.get(p);
          String name = at.precision().prefix + at.name();
          return new GraphConstant(this, name, at, new TorchValue(p.array(), scope));
        });
  }

  GraphConstant constant(String name, float[] values, int... shape) {
    long[] sizes = Arrays.stream(shape).asLongStream().toArray();
    TorchValue value = TorchValue.of(TensorBridge.toArray(scope, values, sizes));
    return new GraphConstant(this, name, null, value);
  }

  /** Numbers of no network. */
  GraphValue numbers(String name, float[] values, int... shape) {
    return new GraphValue(this, store(name, values, shape), null, shape);
  }

  GraphValue scalar(String name, double value) {
    return numbers.computeIfAbsent(
        name + value, n -> new GraphValue(this, context.constant(name, (float) value), null));
  }

  ONNXRef<?> longs(String name, long... values) {
    return numbers
        .computeIfAbsent(
            name + Arrays.toString(values),
            n -> new GraphValue(this, context.array(name, values), null))
        .ref();
  }

  /**
   * A constant of the graph.
   *
   * @throws InputException if a number is not finite: such a graph answers NaN, or worse, does not
   */
  ONNXRef<?> store(String name, float[] values, int... shape) {
    for (float v : values) {
      if (!Float.isFinite(v)) {
        throw InputException.model(
            name, "holds NaN or infinity", "check that the weights are those of a trained network");
      }
    }
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
