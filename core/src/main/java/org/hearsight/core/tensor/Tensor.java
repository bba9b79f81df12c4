package org.hearsight.core.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A dense, row-major array with a type and a shape: what files hold before an engine takes it.
 *
 * <p>Immutable by convention: {@link #bytes()} is read-only.
 */
public final class Tensor {
  private final DType dtype;
  private final int[] shape;
  private final ByteBuffer data;

  /**
   * @param data little-endian, exactly as many bytes as shape and type ask for, from its position
   *     on
   */
  public Tensor(DType dtype, int[] shape, ByteBuffer data) {
    long expected = elements(shape) * dtype.bytes(); // at most 2^34
    if (data.remaining() != expected) {
      throw new IllegalArgumentException(
          "tensor %s %s needs %d bytes, got %d"
              .formatted(dtype, Arrays.toString(shape), expected, data.remaining()));
    }
    this.dtype = dtype;
    this.shape = shape.clone();
    this.data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A float tensor over a copy of {@code values}. */
  public static Tensor of(float[] values, int... shape) {
    ByteBuffer b = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    return new Tensor(DType.F32, shape, b);
  }

  /**
   * A half-precision tensor (IEEE 754 binary16), each value rounded to the nearest, ties to even.
   *
   * @throws IllegalArgumentException if a finite value is beyond half precision's range, ±65,504
   */
  public static Tensor halves(float[] values, int... shape) {
    ByteBuffer b = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      short half = floatToHalf(v);
      if (Float.isFinite(v) && (half & 0x7c00) == 0x7c00) {
        throw new IllegalArgumentException(v + " is beyond half precision");
      }
      b.putShort(half);
    }
    return new Tensor(DType.F16, shape, b.flip());
  }

  /** A 64-bit integer tensor over a copy of {@code values}. */
  public static Tensor of(long[] values, int... shape) {
    ByteBuffer b = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    b.asLongBuffer().put(values);
    return new Tensor(DType.I64, shape, b);
  }

  public DType dtype() {
    return dtype;
  }

  public int[] shape() {
    return shape.clone();
  }

  /** Number of elements. */
  public int size() {
    return (int) elements(shape);
  }

  /** The raw little-endian bytes, read-only. */
  public ByteBuffer bytes() {
    return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** All elements as floats; half and bfloat16 are widened, integers and booleans converted. */
  public float[] floats() {
    float[] out = new float[size()];
    if (dtype == DType.F32) {
      data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
      return out;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) element(i);
    }
    return out;
  }

  /** All elements as doubles. */
  public double[] doubles() {
    double[] out = new double[size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = element(i);
    }
    return out;
  }

  /** All elements of an integer or boolean tensor. */
  public long[] longs() {
    if (dtype.isFloating()) {
      throw new IllegalStateException("a " + dtype + " tensor holds no integers");
    }
    long[] out = new long[size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = dtype == DType.I64 ? data.getLong(8 * i) : (long) element(i);
    }
    return out;
  }

  /** Is every element finite? Always true for integers. */
  public boolean isFinite() {
    if (!dtype.isFloating()) {
      return true;
    }
    for (int i = 0; i < size(); i++) {
      if (!Double.isFinite(element(i))) {
        return false;
      }
    }
    return true;
  }

  /** {@code [2, 3]}, for messages. */
  public String shapeText() {
    return Arrays.toString(shape);
  }

  @Override
  public String toString() {
    return dtype + shapeText();
  }

  private double element(int i) {
    return switch (dtype) {
      case F64 -> data.getDouble(8 * i);
      case F32 -> data.getFloat(4 * i);
      case F16 -> halfToFloat(data.getShort(2 * i));
      case BF16 -> Float.intBitsToFloat(data.getShort(2 * i) << 16);
      case I64 -> data.getLong(8 * i);
      case I32 -> data.getInt(4 * i);
      case I16 -> data.getShort(2 * i);
      case I8 -> data.get(i);
      case U8 -> data.get(i) & 0xff;
      case BOOL -> data.get(i) != 0 ? 1 : 0;
    };
  }

  private static long elements(int[] shape) {
    long n = 1;
    boolean empty = false;
    for (int s : shape) {
      if (s < 0) {
        throw new IllegalArgumentException("negative size in shape " + Arrays.toString(shape));
      }
      empty |= s == 0;
      n = Math.min(n * s, Integer.MAX_VALUE + 1L); // both factors below 2^32
    }
    if (n > Integer.MAX_VALUE && !empty) {
      throw new IllegalArgumentException("more than 2^31 values in " + Arrays.toString(shape));
    }
    return empty ? 0 : n;
  }

  /** Nearest half, ties to even; {@code Float.floatToFloat16} came with Java 20. */
  static short floatToHalf(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520) { // halfway between the largest half and what would come next
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x1p-14f) { // subnormal halves are multiples of 2^-24
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
    }
    // Rounds away 13 mantissa bits; a carry runs into the exponent, as it should.
    int rounded = (bits & 0x7fffffff) + 0xfff + ((bits >>> 13) & 1);
    return (short) (sign | ((rounded >>> 13) - (112 << 10)));
  }

  /** IEEE 754 binary16; {@code Float.float16ToFloat} came with Java 20. */
  public static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (mantissa << 13));
    }
    if (exponent == 0) {
      float magnitude = mantissa * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (mantissa << 13));
  }
}
