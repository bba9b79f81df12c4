package org.hearsight.core.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.hearsight.core.file.InputFile;

/**
 * A file's bytes: small files are read, large ones mapped, so that no checkpoint fills the heap.
 *
 * <p>Small files are not mapped because a mapped file can neither be replaced on Windows nor cut
 * short anywhere without crashing its reader.
 */
final class FileBytes {
  private static final long MAPPED_FROM = 64L << 20;

  private final Path file;
  private final long size;
  private final ByteBuffer whole; // null where the file exceeds one buffer

  private FileBytes(Path file, long size, ByteBuffer whole) {
    this.file = file;
    this.size = size;
    this.whole = whole;
  }

  /**
   * @throws InputException if the file is missing, not a regular file or unreadable
   */
  static FileBytes open(Path file) {
    long size = InputFile.size(file);
    if (size < MAPPED_FROM) {
      byte[] bytes = InputFile.bytes(file, MAPPED_FROM);
      return new FileBytes(file, bytes.length, ByteBuffer.wrap(bytes));
    }
    return new FileBytes(file, size, size <= Integer.MAX_VALUE ? map(file, 0, (int) size) : null);
  }

  long size() {
    return size;
  }

  /** {@code length} bytes from {@code offset} on; both must lie within the file. */
  ByteBuffer slice(long offset, int length) {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IndexOutOfBoundsException(offset + "+" + length + " of " + size);
    }
    if (whole != null) {
      return whole.slice((int) offset, length);
    }
    return map(file, offset, length);
  }

  private static ByteBuffer map(Path file, long offset, int length) {
    try (FileChannel channel = InputFile.channel(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
  }
}
