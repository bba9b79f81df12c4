package org.hearsight.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The blocks of values beside a checkpoint's pickle. */
interface TorchStorages {

  /** Order of the bytes of each value. */
  ByteOrder order();

  /**
   * The storage's bytes, as many as it declares.
   *
   * @throws org.hearsight.core.error.InputException if it is missing or shorter than declared
   */
  ByteBuffer bytes(StorageRef storage);
}
