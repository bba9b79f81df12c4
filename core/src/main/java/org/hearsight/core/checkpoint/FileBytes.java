package org.hearsight.core.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hearsight.core.error.InputException;

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
   * @throws InputException if the file is missing, no regular file or unreadable
   */
  static FileBytes open(Path file) {
    try {
      long size = sizeOf(file);
      if (size < MAPPED_FROM) {
        byte[] bytes = Files.readAllBytes(file);
        return new FileBytes(file, bytes.length, ByteBuffer.wrap(bytes));
      }
      return new FileBytes(file, size, size <= Integer.MAX_VALUE ? map(file, 0, (int) size) : null);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /**
   * Length of a regular file; devices and pipes have none and could be read for ever.
   *
   * @throws InputException if the file is missing or no regular file
   */
  static long sizeOf(Path file) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new InputException(
            file, "is a folder or device, expected a checkpoint file", "name the file itself");
      }
      return Files.size(file);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  static InputException cannotRead(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new InputException(file, "does not exist", "check the path", e);
    }
    String reason =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getClass().getSimpleName();
    return new InputException(
        file, "cannot be read: " + reason, "check that you may read the file", e);
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
    try {
      return map(file, offset, length);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  private static ByteBuffer map(Path file, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
    }
  }
}
