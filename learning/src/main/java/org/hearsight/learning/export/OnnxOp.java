package org.hearsight.learning.export;

import static ai.onnx.proto.OnnxMl.AttributeProto.AttributeType.FLOAT;
import static ai.onnx.proto.OnnxMl.AttributeProto.AttributeType.INT;
import static ai.onnx.proto.OnnxMl.AttributeProto.AttributeType.INTS;
import static ai.onnx.proto.OnnxMl.AttributeProto.AttributeType.STRING;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tribuo.util.onnx.ONNXAttribute;
import org.tribuo.util.onnx.ONNXOperator;

/**
 * The ONNX operators our networks are made of, as operator set {@value #OPSET} defines them.
 *
 * <p>Tribuo's own list stops at what linear models and trees need; convolution, recurrence and
 * layer norm are added here.
 */
enum OnnxOp implements ONNXOperator {
  ADD("Add", 2, 0, 1),
  ASIN("Asin", 1, 0, 1),
  AVERAGE_POOL("AveragePool", 1, 0, 1, required("kernel_shape", INTS), optional("strides", INTS)),
  CLIP("Clip", 1, 2, 1),
  CONCAT("Concat", ONNXAttribute.VARIADIC_INPUT, 0, 1, required("axis", INT)),
  CONV(
      "Conv",
      2,
      1,
      1,
      optional("dilations", INTS),
      optional("kernel_shape", INTS),
      optional("pads", INTS),
      optional("strides", INTS)),
  COS("Cos", 1, 0, 1),
  DEQUANTIZE_LINEAR("DequantizeLinear", 2, 1, 1, optional("axis", INT)),
  DIV("Div", 2, 0, 1),
  EXP("Exp", 1, 0, 1),
  GLOBAL_AVERAGE_POOL("GlobalAveragePool", 1, 0, 1),
  GREATER_OR_EQUAL("GreaterOrEqual", 2, 0, 1),
  GRU(
      "GRU",
      3,
      3,
      1,
      required("hidden_size", INT),
      optional("direction", STRING),
      optional("linear_before_reset", INT)),
  LAYER_NORMALIZATION(
      "LayerNormalization", 2, 1, 1, optional("axis", INT), optional("epsilon", FLOAT)),
  LOG("Log", 1, 0, 1),
  MAT_MUL("MatMul", 2, 0, 1),
  MAX_POOL(
      "MaxPool",
      1,
      0,
      1,
      required("kernel_shape", INTS),
      optional("pads", INTS),
      optional("strides", INTS)),
  MUL("Mul", 2, 0, 1),
  QUANTIZE_LINEAR("QuantizeLinear", 2, 1, 1, optional("axis", INT)),
  /** From operator set 18 on, axes are an operand, as they are of ReduceSum here already. */
  REDUCE_L2("ReduceL2", 1, 0, 1, optional("axes", INTS), optional("keepdims", INT)),
  REDUCE_MAX("ReduceMax", 1, 0, 1, optional("axes", INTS), optional("keepdims", INT)),
  REDUCE_MEAN("ReduceMean", 1, 0, 1, optional("axes", INTS), optional("keepdims", INT)),
  REDUCE_MIN("ReduceMin", 1, 0, 1, optional("axes", INTS), optional("keepdims", INT)),
  REDUCE_SUM("ReduceSum", 1, 1, 1, optional("keepdims", INT)),
  RELU("Relu", 1, 0, 1),
  RESHAPE("Reshape", 2, 0, 1),
  SIGMOID("Sigmoid", 1, 0, 1),
  SIN("Sin", 1, 0, 1),
  SLICE("Slice", 3, 2, 1),
  SOFTMAX("Softmax", 1, 0, 1, optional("axis", INT)),
  SQRT("Sqrt", 1, 0, 1),
  TANH("Tanh", 1, 0, 1),
  TRANSPOSE("Transpose", 1, 0, 1, optional("perm", INTS)),
  UNSQUEEZE("Unsqueeze", 2, 0, 1),
  WHERE("Where", 3, 0, 1);

  /** The first operator set with LayerNormalization; read by ONNX Runtime from 1.12 on. */
  static final int OPSET = 17;

  /** The file format's version that came with {@link #OPSET}. */
  static final int IR_VERSION = 8;

  private final String opName;
  private final int inputs;
  private final int optionalInputs;
  private final int outputs;

  // Unmodifiable, of immutable values; the type alone does not say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<String, ONNXAttribute> attributes;

  OnnxOp(String opName, int inputs, int optionalInputs, int outputs, ONNXAttribute... attributes) {
    this.opName = opName;
    this.inputs = inputs;
    this.optionalInputs = optionalInputs;
    this.outputs = outputs;
    this.attributes =
        Arrays.stream(attributes)
            .collect(Collectors.toUnmodifiableMap(ONNXAttribute::getName, a -> a));
  }

  private static ONNXAttribute required(String name, AttributeType type) {
    return new ONNXAttribute(name, type, true);
  }

  private static ONNXAttribute optional(String name, AttributeType type) {
    return new ONNXAttribute(name, type, false);
  }

  @Override
  public String getOpName() {
    return opName;
  }

  @Override
  public int getNumInputs() {
    return inputs;
  }

  @Override
  public int getNumOptionalInputs() {
    return optionalInputs;
  }

  @Override
  public int getNumOutputs() {
    return outputs;
  }

  @Override
  public Map<String, ONNXAttribute> getAttributes() {
    return attributes;
  }

  @Override
  public Set<String> getMandatoryAttributeNames() {
    return attributes.values().stream()
        .filter(ONNXAttribute::isMandatory)
        .map(ONNXAttribute::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public int getOpVersion() {
    return OPSET;
  }

  @Override
  public String getOpDomain() {
    return "";
  }
}
