package org.hearsight.learning.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;

/** Carries values between our tensors and the engine's arrays. */
public final class TensorBridge {
  private TensorBridge() {}

  /** An array of the same shape: floating tensors as float32, all others as int64. */
  public static NDArray toArray(NDManager manager, Tensor tensor) {
    boolean floating = tensor.dtype().isFloating();
    DataType type = floating ? DataType.FLOAT32 : DataType.INT64;
    Shape shape = new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray());
    return copy(
        manager,
        shape,
        type,
        buffer -> {
          if (floating) {
            buffer.asFloatBuffer().put(tensor.floats());
          } else {
            buffer.asLongBuffer().put(tensor.longs());
          }
        });
  }

  /** A float32 array of the given values. */
  public static NDArray toArray(NDManager manager, float[] values, long... shape) {
    return copy(
        manager, new Shape(shape), DataType.FLOAT32, buffer -> buffer.asFloatBuffer().put(values));
  }

  private static NDArray copy(
      NDManager manager, Shape shape, DataType type, Consumer<ByteBuffer> filler) {
    long bytes = shape.size() * type.getNumOfBytes();
    // DJL's array borrows the buffer it is made from, and Java frees such buffers late; so the
    // values go through memory that is given back at once, into libtorch's own.
    try (Memory memory = new Memory(Math.max(1, bytes))) {
      ByteBuffer buffer = memory.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
      filler.accept(buffer);
      try (NDArray borrowed = manager.create(buffer, shape, type)) {
        return borrowed.duplicate();
      }
    }
  }

  /** The sizes of an array's axes. */
  public static int[] shape(NDArray array) {
    return Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
  }

  /** A copy of a float32, float64 or int64 array. */
  public static Tensor toTensor(NDArray array) {
    DType dtype =
        switch (array.getDataType()) {
          case FLOAT32 -> DType.F32;
          case FLOAT64 -> DType.F64;
          case INT64 -> DType.I64;
          default -> throw new IllegalArgumentException("no tensor for " + array.getDataType());
        };
    ByteBuffer bytes = array.toByteBuffer(false).order(ByteOrder.nativeOrder());
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalStateException("Hearsight needs a little-endian machine");
    }
    return new Tensor(dtype, shape(array), bytes);
  }
}
