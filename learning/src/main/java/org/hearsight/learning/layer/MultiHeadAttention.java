package org.hearsight.learning.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.hearsight.learning.engine.Torch;

/**
 * Multi-head scaled dot-product attention, batch first, with PyTorch's packed input projection.
 *
 * <p>Vaswani et al., "Attention Is All You Need", 2017.
 */
public final class MultiHeadAttention extends Layer {
  private final int width;
  private final int heads;
  private final Dropout dropout;
  private final Parameter inWeight;
  private final Parameter inBias;
  private final Linear outProjection;

  /**
   * Starts as {@code torch.nn.MultiheadAttention}.
   *
   * @param width of queries, keys and values; a multiple of {@code heads}
   * @param dropout of the attention weights
   */
  public MultiHeadAttention(ParameterFactory factory, int width, int heads, double dropout) {
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "attention: width " + width + " is no multiple of " + heads + " heads");
    }
    this.width = width;
    this.heads = heads;
    this.dropout = new Dropout(dropout);
    inWeight = add("in_proj_weight", factory.xavierUniform(3 * width, width));
    inBias = add("in_proj_bias", factory.constant(0, 3 * width));
    outProjection =
        add(
            "out_proj",
            new Linear(
                factory.uniform(1 / Math.sqrt(width), width, width), factory.constant(0, width)));
  }

  /** Attention of a sequence over itself, [B, T, width]. */
  public NDArray forward(NDArray x) {
    NDArray qkv = Torch.linear(x, inWeight.array(), inBias.array()); // [B, T, 3·width]
    return attend(
        Torch.slice(qkv, 2, 0, width),
        Torch.slice(qkv, 2, width, 2L * width),
        Torch.slice(qkv, 2, 2L * width, 3L * width));
  }

  /**
   * Attention of queries over keys that are their own values.
   *
   * @param query [B, T, width]
   * @param keyValue [B, S, width]
   * @return [B, T, width]
   */
  public NDArray forward(NDArray query, NDArray keyValue) {
    NDArray q = project(query, 0, width);
    NDArray kv = project(keyValue, width, 3 * width); // [B, S, 2·width]
    return attend(q, Torch.slice(kv, 2, 0, width), Torch.slice(kv, 2, width, 2L * width));
  }

  private NDArray project(NDArray x, int from, int to) {
    NDArray weight = Torch.slice(inWeight.array(), 0, from, to);
    NDArray bias = Torch.slice(inBias.array(), 0, from, to);
    // The views would otherwise live as long as the parameters.
    weight.attach(x.getManager());
    bias.attach(x.getManager());
    return Torch.linear(x, weight, bias);
  }

  private NDArray attend(NDArray q, NDArray k, NDArray v) {
    double scale = 1 / Math.sqrt((double) width / heads);
    NDArray scores = split(q).mul(scale).matMul(split(k).swapAxes(2, 3)); // [B, heads, T, S]
    NDArray weights = dropout.elements(Torch.softmax(scores, 3), isTraining());
    NDArray mixed = weights.matMul(split(v)).swapAxes(1, 2); // [B, T, heads, width/heads]
    Shape s = mixed.getShape();
    return outProjection.forward(mixed.reshape(s.get(0), s.get(1), width));
  }

  /** [B, T, width] to [B, heads, T, width/heads]. */
  private NDArray split(NDArray x) {
    Shape s = x.getShape();
    return x.reshape(s.get(0), s.get(1), heads, width / heads).swapAxes(1, 2);
  }
}
