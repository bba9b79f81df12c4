package org.hearsight.core.checkpoint;

import org.hearsight.core.tensor.DType;

/**
 * A pickle's pointer to a block of values that lies outside the pickle.
 *
 * @param key the block's name in the archive
 * @param elements how many values it holds
 */
record StorageRef(String key, DType dtype, long elements) {

  StorageRef {
    if (elements < 0 || elements > Long.MAX_VALUE / dtype.bytes()) {
      throw new IllegalArgumentException("a storage of " + elements + " values");
    }
  }

  long bytes() {
    return elements * dtype.bytes();
  }
}
