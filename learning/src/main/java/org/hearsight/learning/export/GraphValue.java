package org.hearsight.learning.export;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hearsight.learning.layer.Parameter;
import org.hearsight.learning.layer.Value;
import org.tribuo.util.onnx.ONNXRef;

/**
 * A value of an ONNX graph that is being written: every operator adds a node. Networks infer in it,
 * so dropout passes everything and batch norm has its running statistics.
 *
 * <p>What can be done to the weights once is done here and not at every run: values that depend on
 * no input are computed ({@link GraphConstant}), batch norm goes into its convolution ({@link
 * GraphConvolution}), a factor into its linear map ({@link GraphLinear}), matrices are turned, a
 * vector that is the same beside every token goes into the GRU's bias ({@link Beside}).
 */
class GraphValue implements Value {
  static final int FREE = -1;

  final GraphBuilder graph;

  /** Sizes of the axes, {@value #FREE} where callers choose. */
  private final int[] shape;

  /** Where a network of limited precision keeps it, or null. */
  private final Place place;

  private final ONNXRef<?> ref;
  private ONNXRef<?> kept;

  /**
   * Where numbers lie in a network.
   *
   * @param name as in {@code layer1.0.conv2}
   */
  record Place(Precision precision, String name) {
    /** One name less: the layer of a parameter; of a sum's first term, the block that it ends. */
    Place parent() {
      return new Place(precision, name.substring(0, Math.max(0, name.lastIndexOf('.'))));
    }
  }

  GraphValue(GraphBuilder graph, ONNXRef<?> ref, Place place, int... shape) {
    this.graph = graph;
    this.ref = ref;
    this.place = place;
    this.shape = shape;
  }

  /** The edge in the graph. */
  ONNXRef<?> ref() {
    return ref;
  }

  final int[] shape() {
    return shape.clone();
  }

  final Place place() {
    return place;
  }

  /** The edge as convolutions, sums and poolings of a network take it. */
  final ONNXRef<?> kept(Place at) {
    if (kept == null) {
      kept = at == null ? ref() : at.precision().keep(at.name(), ref());
    }
    return kept;
  }

  private GraphValue node(
      OnnxOp op, List<ONNXRef<?>> operands, Map<String, Object> attributes, int... sizes) {
    return new GraphValue(graph, graph.operation(op, operands, attributes), null, sizes);
  }

  /** A function of each element. */
  GraphValue each(OnnxOp function) {
    return new GraphValue(graph, graph.operation(function, List.of(ref()), Map.of()), place, shape);
  }

  private GraphValue both(OnnxOp function, Value other) {
    GraphValue o = (GraphValue) other;
    return node(function, List.of(ref(), o.ref()), Map.of(), broadcast(shape, o.shape));
  }

  private static int[] broadcast(int[] a, int[] b) {
    int[] all = new int[Math.max(a.length, b.length)];
    for (int i = 1; i <= all.length; i++) {
      int x = i > a.length ? 1 : a[a.length - i];
      int y = i > b.length ? 1 : b[b.length - i];
      all[all.length - i] = x == 1 || (x == FREE && y > 1) ? y : x;
    }
    return all;
  }

  @Override
  public GraphConstant of(Parameter parameter) {
    return graph.constant(parameter);
  }

  /** One row, the same for every clip. */
  @Override
  public GraphConstant zeros(int width) {
    return graph.constant("zeros", new float[width], 1, width);
  }

  @Override
  public GraphValue convolution(Value weight, Value bias, int stride, int padding) {
    return convolution(weight, bias, FoldedConvolution.Way.even(stride, padding));
  }

  @Override
  public GraphValue dilatedConvolution(Value weight, Value bias, int rows) {
    int beside = ((GraphConstant) weight).shape()[3] / 2;
    return convolution(weight, bias, new FoldedConvolution.Way(1, 0, beside, rows));
  }

  private GraphValue convolution(Value weight, Value bias, FoldedConvolution.Way over) {
    GraphConstant w = (GraphConstant) weight;
    float[] offset = bias == null ? new float[w.shape()[0]] : ((GraphConstant) bias).floats();
    return new GraphConvolution(
        this, w, new FoldedConvolution(w.floats(), w.shape(), offset, over));
  }

  @Override
  public GraphValue batchNorm(Value weight, Value bias, List<Value> statistics, boolean training) {
    throw new IllegalStateException("a graph knows batch norm after a convolution only");
  }

  @Override
  public GraphValue layerNorm(Value weight, Value bias) {
    return node(
        OnnxOp.LAYER_NORMALIZATION,
        List.of(ref(), ((GraphValue) weight).ref(), ((GraphValue) bias).ref()),
        Map.of("axis", -1, "epsilon", (float) FoldedConvolution.EPSILON),
        shape);
  }

  @Override
  public GraphValue linear(Value weight, Value bias) {
    return new GraphLinear(this, (GraphConstant) weight, (GraphConstant) bias);
  }

  /**
   * PyTorch keeps a GRU's gates in the order reset, update, new; ONNX wants update, reset, hidden.
   * PyTorch multiplies by the reset gate after the recurrent product: {@code linear_before_reset}.
   */
  @Override
  public GraphValue gru(List<Value> weights, int hidden) {
    ONNXRef<?> first =
        graph.operation(OnnxOp.TRANSPOSE, List.of(ref()), Map.of("perm", new int[] {1, 0, 2}));
    ONNXRef<?> both = // [T, 2, B, H]
        graph.operation(
            OnnxOp.GRU,
            List.of(
                first,
                updateGateFirst(weights, hidden, 0, 4),
                updateGateFirst(weights, hidden, 1, 5),
                updateGateFirst(weights, hidden, 2, 3, 6, 7)),
            Map.of("direction", "bidirectional", "hidden_size", hidden, "linear_before_reset", 1));
    int[] batchFirst = {2, 0, 1, 3};
    return node(
            OnnxOp.TRANSPOSE,
            List.of(both),
            Map.of("perm", batchFirst),
            shape[0],
            shape[1],
            2,
            hidden)
        .reshape(0, 0, 2 * hidden);
  }

  /** Some of PyTorch's weights one after the other, [2, rows, columns] or [2, rows]. */
  private ONNXRef<?> updateGateFirst(List<Value> weights, int hidden, int... which) {
    GraphConstant named = (GraphConstant) weights.get(which[0]);
    int block = named.floats().length / 3;
    float[] all = new float[which.length * 3 * block];
    for (int i = 0; i < which.length; i++) {
      float[] from = ((GraphConstant) weights.get(which[i])).floats();
      int at = i * 3 * block;
      System.arraycopy(from, block, all, at, block);
      System.arraycopy(from, 0, all, at + block, block);
      System.arraycopy(from, 2 * block, all, at + 2 * block, block);
    }
    int rows = 3 * hidden * which.length / 2;
    boolean biases = named.shape().length == 1;
    int[] sizes = biases ? new int[] {2, rows} : new int[] {2, rows, block / hidden};
    return graph.store(named.name(), all, sizes);
  }

  @Override
  public GraphValue maxPool(Window w) {
    ONNXRef<?> pooled =
        graph.operation(
            OnnxOp.MAX_POOL,
            List.of(kept(place)),
            Map.of(
                "kernel_shape", new int[] {w.height(), w.width()},
                "pads", new int[] {w.padding(), w.padding(), w.padding(), w.padding()},
                "strides", new int[] {w.strideHeight(), w.strideWidth()}));
    int[] sizes = shape();
    sizes[2] = moved(shape[2], w.height(), w.strideHeight(), w.padding());
    sizes[3] = moved(shape[3], w.width(), w.strideWidth(), w.padding());
    return new GraphValue(graph, pooled, place, sizes);
  }

  /** Size of an axis after a window went over it. */
  static int moved(int size, int window, int stride, int padding) {
    return size == FREE ? FREE : (size + 2 * padding - window) / stride + 1;
  }

  @Override
  public GraphValue planeMeans() {
    return node(OnnxOp.GLOBAL_AVERAGE_POOL, List.of(ref()), Map.of(), shape[0], shape[1], 1, 1)
        .reshape(0, shape[1]);
  }

  @Override
  public GraphValue dropout(double rate) {
    return this;
  }

  @Override
  public GraphValue dropPlanes(double rate) {
    return this;
  }

  @Override
  public GraphValue relu() {
    return each(OnnxOp.RELU);
  }

  @Override
  public GraphValue sigmoid() {
    return each(OnnxOp.SIGMOID);
  }

  @Override
  public GraphValue tanh() {
    return each(OnnxOp.TANH);
  }

  @Override
  public GraphValue softmax(int axis) {
    return node(OnnxOp.SOFTMAX, List.of(ref()), Map.of("axis", axis), shape);
  }

  @Override
  public GraphValue add(Value other) {
    GraphValue o = (GraphValue) other;
    if (place == null || o.place == null) {
      return both(OnnxOp.ADD, other);
    }
    List<ONNXRef<?>> terms = List.of(kept(place), o.kept(o.place));
    ONNXRef<?> sum = graph.operation(OnnxOp.ADD, terms, Map.of());
    return new GraphValue(graph, sum, place.parent(), shape);
  }

  @Override
  public GraphValue add(double term) {
    return add(graph.scalar("term", term));
  }

  @Override
  public GraphValue mul(Value other) {
    return both(OnnxOp.MUL, other);
  }

  @Override
  public GraphValue mul(double factor) {
    return mul(graph.scalar("factor", factor));
  }

  @Override
  public GraphValue div(Value other) {
    return both(OnnxOp.DIV, other);
  }

  /** No less than {@code least}, no more than {@code most}. */
  GraphValue clip(double least, double most) {
    List<ONNXRef<?>> operands =
        List.of(ref(), graph.scalar("least", least).ref(), graph.scalar("most", most).ref());
    return node(OnnxOp.CLIP, operands, Map.of(), shape);
  }

  @Override
  public GraphValue matMul(Value other) {
    GraphValue o = (GraphValue) other;
    int[] sizes = shape();
    sizes[sizes.length - 1] = o.shape[o.shape.length - 1];
    return node(OnnxOp.MAT_MUL, List.of(ref(), o.ref()), Map.of(), sizes);
  }

  @Override
  public GraphValue sum(int axis) {
    List<ONNXRef<?>> operands = List.of(ref(), graph.longs("axes", axis));
    return node(OnnxOp.REDUCE_SUM, operands, Map.of("keepdims", 0), without(axis));
  }

  @Override
  public GraphValue mean(int axis) {
    Map<String, Object> attributes = Map.of("axes", new int[] {axis}, "keepdims", 0);
    return node(OnnxOp.REDUCE_MEAN, List.of(ref()), attributes, without(axis));
  }

  private int[] without(int axis) {
    return IntStream.range(0, shape.length).filter(i -> i != axis).map(i -> shape[i]).toArray();
  }

  /** The largest along one axis, which stays with size 1. */
  GraphValue max(int axis) {
    int[] sizes = shape();
    sizes[axis] = 1;
    return node(OnnxOp.REDUCE_MAX, List.of(ref()), Map.of("axes", new int[] {axis}), sizes);
  }

  /** One value where this is at least another, a second one elsewhere; all of this one's shape. */
  GraphValue ifAtLeast(GraphValue other, GraphValue then, GraphValue otherwise) {
    GraphValue is = node(OnnxOp.GREATER_OR_EQUAL, List.of(ref(), other.ref()), Map.of(), shape());
    return node(OnnxOp.WHERE, List.of(is.ref(), then.ref(), otherwise.ref()), Map.of(), shape());
  }

  /** Length of the vectors along one axis, which stays with size 1. */
  GraphValue norm(int axis) {
    int[] sizes = shape();
    sizes[axis] = 1;
    return node(OnnxOp.REDUCE_L2, List.of(ref()), Map.of("axes", new int[] {axis}), sizes);
  }

  /** Means over squares of {@code side} x {@code side}, [B, C, H, W] → [B, C, H/side, W/side]. */
  GraphValue averagePool(int side) {
    int[] square = {side, side};
    Map<String, Object> attributes = Map.of("kernel_shape", square, "strides", square);
    int[] sizes = {shape[0], shape[1], shape[2] / side, shape[3] / side};
    return node(OnnxOp.AVERAGE_POOL, List.of(ref()), attributes, sizes);
  }

  @Override
  public GraphValue slice(int axis, int from, int to) {
    int[] sizes = shape();
    sizes[axis] = to - from;
    List<ONNXRef<?>> operands =
        List.of(ref(), graph.longs("from", from), graph.longs("to", to), graph.longs("axes", axis));
    return node(OnnxOp.SLICE, operands, Map.of(), sizes);
  }

  @Override
  public GraphValue concat(Value other, int axis) {
    GraphValue o = (GraphValue) other;
    int[] sizes = shape();
    sizes[axis] += o.shape[axis];
    return node(OnnxOp.CONCAT, List.of(ref(), o.ref()), Map.of("axis", axis), sizes);
  }

  @Override
  public GraphValue besideEach(Value vector) {
    return new Beside(this, (GraphConstant) vector);
  }

  @Override
  public GraphValue swapAxes(int a, int b) {
    int[] order = IntStream.range(0, shape.length).toArray();
    order[a] = b;
    order[b] = a;
    int[] sizes = Arrays.stream(order).map(i -> shape[i]).toArray();
    return node(OnnxOp.TRANSPOSE, List.of(ref()), Map.of("perm", order), sizes);
  }

  @Override
  public GraphValue reshape(int... to) {
    int[] sizes = to.clone();
    long known = 1;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = to[i] == 0 ? shape[i] : to[i];
      known *= to[i] == FREE || sizes[i] == FREE ? 1 : sizes[i];
    }
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      boolean same = i < to.length && to[i] == 0;
      size *= same ? Math.abs(shape[i]) : shape[i];
    }
    for (int i = 0; i < sizes.length; i++) {
      if (to[i] == FREE && size > 0) {
        sizes[i] = Math.toIntExact(size / known);
      }
    }
    long[] asked = Arrays.stream(to).asLongStream().toArray();
    return node(OnnxOp.RESHAPE, List.of(ref(), graph.longs("shape", asked)), Map.of(), sizes);
  }

  @Override
  public GraphValue expandDims(int axis) {
    int[] sizes = IntStream.rangeClosed(0, shape.length).toArray();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i == axis ? 1 : shape[i < axis ? i : i - 1];
    }
    return node(OnnxOp.UNSQUEEZE, List.of(ref(), graph.longs("axes", axis)), Map.of(), sizes);
  }

  /**
   * Tokens beside each of which the same vector stands. A GRU multiplies it by its input weights
   * and adds it to its input bias, so it is in the bias from the start.
   */
  private static final class Beside extends GraphValue {
    private final GraphValue tokens;
    private final GraphConstant vector;

    Beside(GraphValue tokens, GraphConstant vector) {
      super(tokens.graph, null, null, tokens.shape[0], tokens.shape[1], FREE);
      this.tokens = tokens;
      this.vector = vector;
    }

    @Override
    ONNXRef<?> ref() {
      throw new IllegalStateException("a vector beside each token goes into a GRU only");
    }

    @Override
    public GraphValue gru(List<Value> weights, int hidden) {
      int own = tokens.shape[2];
      Value[] blind = weights.toArray(Value[]::new);
      for (int direction = 0; direction < 8; direction += 4) {
        Value all = weights.get(direction);
        Value rest = all.slice(1, own, own + vector.shape()[1]);
        blind[direction] = all.slice(1, 0, own);
        blind[direction + 2] = vector.linear(rest, weights.get(direction + 2)).reshape(-1);
      }
      return tokens.gru(List.of(blind), hidden);
    }
  }
}
