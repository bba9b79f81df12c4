package org.hearsight.learning.export;

import java.util.function.Supplier;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.layer.TorchValue;
import org.hearsight.learning.layer.Value;
import org.tribuo.util.onnx.ONNXRef;

/**
 * A parameter, or what follows from parameters alone: computed on libtorch while the graph is
 * written, and stored in it where something else needs it.
 */
final class GraphConstant extends GraphValue {
  private final String name;
  private final Place origin;
  private final TorchValue value;
  private ONNXRef<?> stored;
  private GraphConstant turned;

  /**
   * @param origin of a parameter, or null
   */
  GraphConstant(GraphBuilder graph, String name, Place origin, TorchValue value) {
    super(graph, null, null, TensorBridge.shape(value.array()));
    this.name = name;
    this.origin = origin;
    this.value = value;
  }

  String name() {
    return name;
  }

  /** The layer whose parameter it is. */
  Place layer() {
    return origin.parent();
  }

  float[] floats() {
    return TensorBridge.toTensor(value.array()).floats();
  }

  @Override
  ONNXRef<?> ref() {
    if (stored == null) {
      stored = graph.store(name, floats(), shape());
    }
    return stored;
  }

  /** A matrix with its axes exchanged. */
  GraphConstant turned() {
    if (turned == null) {
      turned = swapAxes(0, 1);
    }
    return turned;
  }

  private GraphConstant computed(Supplier<Value> of) {
    return new GraphConstant(graph, name, null, (TorchValue) Gradients.infer(of));
  }

  @Override
  public GraphConstant slice(int axis, int from, int to) {
    return computed(() -> value.slice(axis, from, to));
  }

  @Override
  public GraphConstant swapAxes(int a, int b) {
    return computed(() -> value.swapAxes(a, b));
  }

  @Override
  public GraphConstant reshape(int... shape) {
    return computed(() -> value.reshape(shape));
  }

  @Override
  public GraphConstant mul(double factor) {
    return computed(() -> value.mul(factor));
  }

  @Override
  public GraphValue matMul(Value other) {
    return other instanceof GraphConstant o
        ? computed(() -> value.matMul(o.value))
        : super.matMul(other);
  }

  @Override
  public GraphValue linear(Value weight, Value bias) {
    TorchValue w = ((GraphConstant) weight).value;
    return computed(() -> value.linear(w, ((GraphConstant) bias).value));
  }
}
