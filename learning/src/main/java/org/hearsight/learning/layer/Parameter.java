package org.hearsight.learning.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.engine.TensorBridge;

/**
 * A named value of a {@link Layer}: learned, or (a buffer) only kept, as batch norm's running mean.
 *
 * <p>Its array lives as long as the manager it was made with, or until other values take its place.
 */
public final class Parameter {
  private final boolean learnable;
  private NDArray array;
  private boolean requiresGradient;

  Parameter(NDArray array, boolean learnable) {
    this.array = array;
    this.learnable = learnable;
    requireGradient(learnable);
  }

  /** The value; what {@link TorchValue} makes of it belongs to the scope of the operation. */
  public NDArray array() {
    return array;
  }

  /** A copy of the value. */
  public Tensor tensor() {
    return TensorBridge.toTensor(array);
  }

  public int[] shape() {
    return TensorBridge.shape(array);
  }

  /** Does it hold floating numbers, not whole ones? */
  boolean isFloating() {
    return array.getDataType().isFloating();
  }

  /** Is this a parameter in PyTorch's sense, not a buffer? */
  public boolean isLearnable() {
    return learnable;
  }

  /** Does training change it now? */
  public boolean requiresGradient() {
    return requiresGradient;
  }

  void requireGradient(boolean required) {
    if (required && !learnable) {
      throw new IllegalArgumentException("a buffer has no gradient");
    }
    requiresGradient = required;
    if (learnable) {
      array.setRequiresGradient(required);
    }
  }

  /** Takes over as many values as it has, the last axis fastest. */
  public void set(float[] values) {
    set(Tensor.of(values, shape()));
  }

  /** Takes over the values of a tensor of the same shape. */
  void set(Tensor tensor) {
    if (!Arrays.equals(tensor.shape(), shape())) {
      throw new IllegalArgumentException(
          "parameter " + array.getShape() + " cannot take " + tensor.shapeText());
    }
    NDArray old = array;
    NDManager owner = old.getManager();
    array = TensorBridge.toArray(owner, tensor);
    if (learnable) {
      array.setRequiresGradient(requiresGradient);
    }
    old.close();
  }
}
