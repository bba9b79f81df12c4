package org.hearsight.learning.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.hearsight.learning.engine.Torch;

/**
 * x·Wᵀ + b as values of one training step, so that a chain of linear maps can be multiplied out
 * before it meets the activations: with fewer inputs than rows of activations that is far cheaper,
 * and gradients flow to every link.
 *
 * @param weight [out, in]
 * @param bias [out]
 */
public record Affine(NDArray weight, NDArray bias) {
  /** Rows {@code from} (in) to {@code to} (out) of parameters, for as long as {@code scope}. */
  static Affine rows(Parameter weight, Parameter bias, long from, long to, NDManager scope) {
    NDArray w = Torch.slice(weight.array(), 0, from, to);
    NDArray b = Torch.slice(bias.array(), 0, from, to);
    // The views would otherwise live as long as the parameters.
    w.attach(scope);
    b.attach(scope);
    return new Affine(w, b);
  }

  /** This map, then another. */
  public Affine then(Affine next) {
    return new Affine(next.weight.matMul(weight), Torch.linear(bias, next.weight, next.bias));
  }

  /** Over the last axis: [..., in] to [..., out]. */
  public NDArray apply(NDArray x) {
    return Torch.linear(x, weight, bias);
  }
}
