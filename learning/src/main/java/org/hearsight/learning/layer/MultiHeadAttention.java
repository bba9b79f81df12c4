package org.hearsight.learning.layer;

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
          "attention: width " + width + " is not a multiple of " + heads + " heads");
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
  public Value forward(Value x) {
    Value qkv = x.linear(x.of(inWeight), x.of(inBias)); // [B, T, 3·width]
    Value q = qkv.slice(2, 0, width);
    Value k = qkv.slice(2, width, 2 * width);
    Value v = qkv.slice(2, 2 * width, 3 * width);
    Value mixed = weights(q, k).matMul(split(v)); // [B, heads, T, width/heads]
    return outProjection.forward(mixed.swapAxes(1, 2).reshape(0, 0, width));
  }

  /**
   * Attention over one key that is its own value, [B, width] to [B, width]. Its weight is 1
   * whatever the query, so the value is the answer.
   */
  public Value toOne(Value keyValue) {
    Affine keyAndValue = Affine.rows(inWeight, inBias, width, 3 * width, keyValue);
    Value value = keyAndValue.apply(keyValue.expandDims(1)).slice(2, width, 2 * width);
    return outProjection.forward(value).reshape(0, width);
  }

  /**
   * Attention of queries over keys that are their own values, its outputs pooled over the queries:
   * their mean, weighted by the softmax of one score each. Neither outputs nor values are formed: a
   * score is linear in the values, and so is the mean, so the tokens are mixed first and projected
   * once.
   *
   * @param query [B, T, in]
   * @param before from {@code query} to the queries' width
   * @param keyValue [B, S, width]
   * @param score of an output, width to 1
   * @return [B, width]
   */
  public Value pooled(Value query, Affine before, Value keyValue, Affine score) {
    int size = width / heads;
    Value q = before.then(in(0, keyValue)).apply(query);
    Value weights = weights(q, in(1, keyValue).apply(keyValue)); // [B, heads, T, S]
    Affine values = in(2, keyValue);
    Affine out = outProjection.in(keyValue);
    Value perHead = values.weight().reshape(heads, size, width);
    // What each token adds to the score of an output that attends to it alone, head by head.
    Affine scored = out.then(score);
    Value scorer = scored.weight().reshape(heads, 1, size).matMul(perHead);
    Value worth = keyValue.linear(scorer.reshape(heads, width), null); // [B, S, heads]
    Value scores = weights.matMul(worth.swapAxes(1, 2).expandDims(3)).sum(1); // [B, T, 1]
    Value shares = scores.add(scored.bias()).softmax(1).expandDims(1); // [B, 1, T, 1]
    Value mix = weights.mul(shares).sum(2); // [B, heads, S]
    Value mixed = mix.matMul(keyValue).swapAxes(0, 1); // [heads, B, width]
    Value valued = mixed.matMul(perHead.swapAxes(1, 2)).swapAxes(0, 1); // [B, heads, size]
    return out.apply(valued.reshape(0, width).add(values.bias()));
  }

  /** The input projection of queries (0), keys (1) or values (2). */
  private Affine in(int part, Value scope) {
    return Affine.rows(inWeight, inBias, part * width, (part + 1) * width, scope);
  }

  /** How much each query [B, T, width] attends to each key [B, S, width]: [B, heads, T, S]. */
  private Value weights(Value q, Value k) {
    double scale = 1 / Math.sqrt((double) width / heads);
    Value scores = split(q.mul(scale)).matMul(split(k).swapAxes(2, 3));
    return dropout.elements(scores.softmax(3), isTraining());
  }

  /** [B, T, width] to [B, heads, T, width/heads]. */
  private Value split(Value x) {
    return x.reshape(0, 0, heads, width / heads).swapAxes(1, 2);
  }
}
