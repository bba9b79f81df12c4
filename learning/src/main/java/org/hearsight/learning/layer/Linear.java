package org.hearsight.learning.layer;

/** x·Wᵀ + b over the last axis: [..., in] to [..., out]. */
public final class Linear extends Layer {
  private final Parameter weight;
  private final Parameter bias;

  /** Starts uniform in ±1/√in, weight and bias, as {@code torch.nn.Linear}. */
  public Linear(ParameterFactory factory, int in, int out) {
    double bound = 1 / Math.sqrt(in);
    weight = add("weight", factory.uniform(bound, out, in));
    bias = add("bias", factory.uniform(bound, out));
  }

  /** A linear layer whose first values the owner chose. */
  Linear(Parameter weight, Parameter bias) {
    this.weight = add("weight", weight);
    this.bias = add("bias", bias);
  }

  /** The map as it is now, for as long as {@code scope}. */
  public Affine in(Value scope) {
    return Affine.rows(weight, bias, 0, weight.shape()[0], scope);
  }

  public Value forward(Value x) {
    return x.linear(x.of(weight), x.of(bias));
  }
}
