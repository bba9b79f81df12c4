package org.hearsight.inference.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.DType;

/** ONNX Runtime's types and shapes in our words. */
final class OnnxTypes {
  private OnnxTypes() {}

  static OnnxJavaType toOnnx(DType type) {
    return switch (type) {
      case F64 -> OnnxJavaType.DOUBLE;
      case F32 -> OnnxJavaType.FLOAT;
      case F16 -> OnnxJavaType.FLOAT16;
      case BF16 -> OnnxJavaType.BFLOAT16;
      case I64 -> OnnxJavaType.INT64;
      case I32 -> OnnxJavaType.INT32;
      case I16 -> OnnxJavaType.INT16;
      case I8 -> OnnxJavaType.INT8;
      case U8 -> OnnxJavaType.UINT8;
      case BOOL -> OnnxJavaType.BOOL;
    };
  }

  /** The ports of a session, in the graph's order. */
  static Map<String, OnnxPort> ports(String source, Map<String, NodeInfo> nodes) {
    Map<String, OnnxPort> ports = new LinkedHashMap<>();
    nodes.forEach((name, node) -> ports.put(name, port(source, name, node)));
    return ports;
  }

  private static OnnxPort port(String source, String name, NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo info)) {
      throw unsupported(source, name, "no tensor");
    }
    List<Integer> sizes = new ArrayList<>();
    for (long size : info.getShape()) {
      sizes.add((int) size);
    }
    return new OnnxPort(name, dtype(source, name, info.type), sizes, axes(info));
  }

  private static List<String> axes(TensorInfo info) {
    List<String> axes = new ArrayList<>();
    String[] names = info.getDimensionNames();
    for (int i = 0; i < info.getShape().length; i++) {
      axes.add(names == null || names[i] == null ? "" : names[i]);
    }
    return axes;
  }

  private static DType dtype(String source, String name, OnnxJavaType type) {
    for (DType candidate : DType.values()) {
      if (toOnnx(candidate) == type) {
        return candidate;
      }
    }
    throw unsupported(source, name, "type " + type);
  }

  private static InputException unsupported(String source, String name, String what) {
    return InputException.model(
        source, "'" + name + "': " + what + ", expected a tensor of numbers", "export it again");
  }
}
