package org.hearsight.learning.export;

import java.util.List;
import org.hearsight.learning.layer.Value;
import org.tribuo.util.onnx.ONNXRef;

/** A convolution that is written when something needs it, with the batch norm that followed it. */
final class GraphConvolution extends GraphValue {
  private static final String INPUT = "input";

  private final GraphValue x;
  private final GraphConstant weight;
  private final FoldedConvolution convolution;
  private ONNXRef<?> written;

  GraphConvolution(GraphValue x, GraphConstant weight, FoldedConvolution c) {
    super(x.graph, null, weight.layer(), sizes(x, c));
    this.x = x;
    this.weight = weight;
    this.convolution = c;
  }

  private static int[] sizes(GraphValue x, FoldedConvolution c) {
    int[] sizes = x.shape();
    sizes[1] = c.shape()[0];
    FoldedConvolution.Way over = c.over();
    int reach = over.rows() * (c.shape()[2] - 1) + 1;
    sizes[2] = moved(sizes[2], reach, over.stride(), over.above());
    sizes[3] = moved(sizes[3], c.shape()[3], over.stride(), over.beside());
    return sizes;
  }

  @Override
  public GraphValue batchNorm(Value gamma, Value beta, List<Value> statistics, boolean training) {
    return new GraphConvolution(
        x,
        weight,
        convolution.then(
            floats(gamma), floats(beta), floats(statistics.get(0)), floats(statistics.get(1))));
  }

  private static float[] floats(Value constant) {
    return ((GraphConstant) constant).floats();
  }

  @Override
  ONNXRef<?> ref() {
    if (written == null) {
      Place from = x.place() == null ? new Place(place().precision(), INPUT) : x.place();
      ONNXRef<?> operand = x.kept(from);
      written = place().precision().convolution(operand, from.name(), place().name(), convolution);
    }
    return written;
  }
}
