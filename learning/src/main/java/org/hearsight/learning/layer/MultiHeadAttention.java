package org.hearsight.learning.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

  /**
   * Attention of queries over keys that are their own values, its outputs pooled over the queries:
   * their mean, weighted by the softmax of one score each. The same as {@link #forward(NDArray,
   * NDArray)} and pooling after it, but neither outputs nor values are formed: a score is linear in
   * the values, and so is the mean, so the tokens are mixed first and projected once.
   *
   * @param query [B, T, in]
   * @param before from {@code query} to the queries' width
   * @param keyValue [B, S, width]
   * @param score of an output, width to 1
   * @return [B, width]
   */
  public NDArray pooled(NDArray query, Affine before, NDArray keyValue, Affine score) {
    NDManager scope = keyValue.getManager();
    long size = width / heads;
    NDArray q = split(before.then(in(0, scope)).apply(query));
    NDArray weights = weights(q, split(in(1, scope).apply(keyValue))); // [B, heads, T, S]
    Affine values = in(2, scope);
    Affine out = outProjection.in(scope);
    NDArray perHead = values.weight().reshape(heads, size, width);
    // What each token adds to the score of an output that attends to it alone, head by head.
    Affine scored = out.then(score);
    NDArray scorer = scored.weight().reshape(heads, 1, size).matMul(perHead);
    NDArray worth = Torch.linear(keyValue, scorer.reshape(heads, width), null); // [B, S, heads]
    NDArray scores = weights.matMul(worth.swapAxes(1, 2).expandDims(3)).sum(new int[] {1});
    NDArray shares = Torch.softmax(scores.add(scored.bias()), 1).expandDims(1); // [B, 1, T, 1]
    NDArray mix = weights.mul(shares).sum(new int[] {2}); // [B, heads, S]
    NDArray mixed = mix.matMul(keyValue).swapAxes(0, 1); // [heads, B, width]
    NDArray valued = mixed.matMul(perHead.swapAxes(1, 2)).swapAxes(0, 1); // [B, heads, size]
    return out.apply(valued.reshape(keyValue.getShape().get(0), width).add(values.bias()));
  }

  /** The input projection of queries (0), keys (1) or values (2). */
  private Affine in(long part, NDManager scope) {
    return Affine.rows(inWeight, inBias, part * width, (part + 1) * width, scope);
  }

  private NDArray project(NDArray x, int from, int to) {
    return Affine.rows(inWeight, inBias, from, to, x.getManager()).apply(x);
  }

  private NDArray attend(NDArray q, NDArray k, NDArray v) {
    NDArray mixed =
        weights(split(q), split(k)).matMul(split(v)).swapAxes(1, 2); // [B, T, heads, width/heads]
    Shape s = mixed.getShape();
    return outProjection.forward(mixed.reshape(s.get(0), s.get(1), width));
  }

  /** How much each query attends to each key, [B, heads, T, S]; each takes [B, heads, …, size]. */
  private NDArray weights(NDArray q, NDArray k) {
    double scale = 1 / Math.sqrt((double) width / heads);
    return dropout.elements(Torch.softmax(q.mul(scale).matMul(k.swapAxes(2, 3)), 3), isTraining());
  }

  /** [B, T, width] to [B, heads, T, width/heads]. */
  private NDArray split(NDArray x) {
    Shape s = x.getShape();
    return x.reshape(s.get(0), s.get(1), heads, width / heads).swapAxes(1, 2);
  }
}
