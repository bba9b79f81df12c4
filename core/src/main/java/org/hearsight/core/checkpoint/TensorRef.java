package org.hearsight.core.checkpoint;

/**
 * A tensor as a pickle describes it: a strided view of a storage, not yet checked against it.
 *
 * @param offset first value, in elements
 * @param strides elements from one index to the next, per dimension
 */
record TensorRef(StorageRef storage, long offset, long[] shape, long[] strides) {
  private static final int MOST_DIMENSIONS = 64; // PyTorch's own limit

  TensorRef {
    if (shape.length != strides.length || shape.length > MOST_DIMENSIONS || offset < 0) {
      throw new IllegalArgumentException("a tensor's shape, strides and offset do not fit");
    }
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0 || strides[i] < 0) {
        throw new IllegalArgumentException("a tensor's shape or strides are negative");
      }
    }
  }

  /**
   * Number of values.
   *
   * @throws ArithmeticException if beyond 64 bits
   */
  long elements() {
    long n = 1;
    for (long s : shape) {
      n = Math.multiplyExact(n, s);
    }
    return n;
  }

  /**
   * Index of the last value in the storage; meaningless for an empty tensor.
   *
   * @throws ArithmeticException if beyond 64 bits
   */
  long last() {
    long last = offset;
    for (int i = 0; i < shape.length; i++) {
      last = Math.addExact(last, Math.multiplyExact(shape[i] - 1, strides[i]));
    }
    return last;
  }

  /** Do the values lie in row-major order without gaps? */
  boolean isContiguous() {
    long expected = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] != 1 && strides[i] != expected) {
        return false;
      }
      expected *= shape[i];
    }
    return true;
  }
}
