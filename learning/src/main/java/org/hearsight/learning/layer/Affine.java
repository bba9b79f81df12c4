package org.hearsight.learning.layer;

/**
 * x·Wᵀ + b as values of one training step, so that a chain of linear maps can be multiplied out
 * before it meets the activations: with fewer inputs than rows of activations that is far cheaper,
 * and gradients flow to every link.
 *
 * @param weight [out, in]
 * @param bias [out]
 */
public record Affine(Value weight, Value bias) {
  /** Rows {@code from} (in) to {@code to} (out) of parameters, for as long as {@code scope}. */
  static Affine rows(Parameter weight, Parameter bias, int from, int to, Value scope) {
    return new Affine(scope.of(weight).slice(0, from, to), scope.of(bias).slice(0, from, to));
  }

  /** This map, then another. */
  public Affine then(Affine next) {
    return new Affine(next.weight.matMul(weight), bias.linear(next.weight, next.bias));
  }

  /** Over the last axis: [..., in] to [..., out]. */
  public Value apply(Value x) {
    return x.linear(weight, bias);
  }
}
