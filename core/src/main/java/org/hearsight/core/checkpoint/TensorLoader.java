package org.hearsight.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;

/**
 * Turns a checkpoint's strided views into dense tensors.
 *
 * <p>Contiguous views share their storage; others are copied. All copies together may not exceed
 * twice the file and a little: a stride of zero, or a thousand views of one storage, would
 * otherwise let a small file ask for any amount of memory.
 */
final class TensorLoader {
  private static final long SMALL = 64L << 20;
  private static final String DAMAGED = "download the file again; or " + FileFormat.SAVE_AGAIN;

  private final Path file;
  private final TorchStorages storages;
  private long copiesLeft;

  TensorLoader(Path file, TorchStorages storages) {
    this.file = file;
    this.storages = storages;
    this.copiesLeft = 2 * InputFile.size(file) + SMALL;
  }

  /**
   * @throws InputException if the view leaves its storage, or the storage is missing
   */
  Tensor load(String name, TensorRef ref) {
    DType dtype = ref.storage().dtype();
    int bytes;
    int[] shape;
    try {
      shape = Arrays.stream(ref.shape()).mapToInt(Math::toIntExact).toArray();
      bytes = Math.toIntExact(Math.multiplyExact(ref.elements(), (long) dtype.bytes()));
      if (bytes > 0 && ref.last() >= ref.storage().elements()) {
        throw new ArithmeticException("beyond the storage");
      }
    } catch (ArithmeticException e) {
      throw new InputException(
          file,
          "tensor %s: shape %s reaches beyond its storage of %d values"
              .formatted(
                  NamedTensors.quote(name),
                  NamedTensors.shorten(Arrays.toString(ref.shape())),
                  ref.storage().elements()),
          DAMAGED,
          e);
    }
    if (bytes == 0) {
      return new Tensor(dtype, shape, ByteBuffer.allocate(0));
    }
    ByteBuffer storage = storages.bytes(ref.storage());
    if (ref.isContiguous() && (dtype.bytes() == 1 || storages.order() == ByteOrder.LITTLE_ENDIAN)) {
      int start = Math.toIntExact(ref.offset() * dtype.bytes());
      return new Tensor(dtype, shape, storage.slice(start, bytes));
    }
    copiesLeft -= bytes;
    if (copiesLeft < 0) {
      throw new InputException(
          file,
          "tensor %s repeats few values to fill shape %s: far larger than the file"
              .formatted(NamedTensors.quote(name), Arrays.toString(shape)),
          "save contiguous tensors: {k: v.contiguous() for k, v in model.state_dict().items()}");
    }
    return new Tensor(dtype, shape, gather(ref, storage.slice().order(storages.order()), bytes));
  }

  /** Copies a view's values into row-major order. */
  private static ByteBuffer gather(TensorRef ref, ByteBuffer from, int bytes) {
    ByteBuffer to = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int width = ref.storage().dtype().bytes();
    long[] shape = ref.shape();
    long[] strides = ref.strides();
    long[] index = new long[shape.length];
    long at = ref.offset();
    while (to.hasRemaining()) {
      int position = (int) (at * width);
      switch (width) {
        case 1 -> to.put(from.get(position));
        case 2 -> to.putShort(from.getShort(position));
        case 4 -> to.putInt(from.getInt(position));
        default -> to.putLong(from.getLong(position));
      }
      for (int d = shape.length - 1; d >= 0; d--) { // the next index, rightmost fastest
        at += strides[d];
        if (++index[d] < shape[d]) {
          break;
        }
        at -= strides[d] * shape[d];
        index[d] = 0;
      }
    }
    return to.flip();
  }
}
