package org.hearsight.core.vision;

import java.nio.ByteBuffer;
import org.hearsight.core.tensor.Tensor;

/** How one number of a depth map is stored. */
enum SampleType {
  U16(2, true),
  I16(2, true),
  U32(4, true),
  I32(4, true),
  U64(8, true),
  I64(8, true),
  F16(2, false),
  F32(4, false),
  F64(8, false);

  private final int bytes;
  private final boolean whole;

  SampleType(int bytes, boolean whole) {
    this.bytes = bytes;
    this.whole = whole;
  }

  int bytes() {
    return bytes;
  }

  /** Whole numbers, or floats? */
  boolean isWhole() {
    return whole;
  }

  /** The number that begins at a byte, in the buffer's order. */
  float read(ByteBuffer in, int at) {
    return switch (this) {
      case U16 -> (float) (in.getShort(at) & 0xffff);
      case I16 -> in.getShort(at);
      case U32 -> (float) (in.getInt(at) & 0xffffffffL);
      case I32 -> (float) in.getInt(at);
      case U64, I64 ->
          (float) in.getLong(at); // beyond 2^63 nothing is a depth, so its sign may be lost
      case F16 -> Tensor.halfToFloat(in.getShort(at));
      case F32 -> in.getFloat(at);
      case F64 -> (float) in.getDouble(at);
    };
  }
}
