package org.hearsight.learning.layer;

/** Layer normalisation over the last axis, eps 1e-5. */
public final class LayerNorm extends Layer {
  private final Parameter weight;
  private final Parameter bias;

  public LayerNorm(ParameterFactory factory, int width) {
    weight = add("weight", factory.constant(1, width));
    bias = add("bias", factory.constant(0, width));
  }

  public Value forward(Value x) {
    return x.layerNorm(x.of(weight), x.of(bias));
  }
}
