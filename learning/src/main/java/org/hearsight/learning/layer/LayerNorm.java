package org.hearsight.learning.layer;

import ai.djl.ndarray.NDArray;
import org.hearsight.learning.engine.Torch;

/** Layer normalisation over the last axis, eps 1e-5. */
public final class LayerNorm extends Layer {
  private static final double EPS = 1e-5;

  private final Parameter weight;
  private final Parameter bias;

  public LayerNorm(ParameterFactory factory, int width) {
    weight = add("weight", factory.constant(1, width));
    bias = add("bias", factory.constant(0, width));
  }

  public NDArray forward(NDArray x) {
    return Torch.layerNorm(x, weight.array(), bias.array(), EPS);
  }
}
