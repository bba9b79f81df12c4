package org.hearsight.core.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hearsight.core.error.InputException;

/**
 * The one door through which files are read: regular, sized, bounded.
 *
 * <p>A pipe would be waited for without end and a device read until memory is full, so neither is
 * opened. Whatever is held in memory as a whole says how large it may be.
 */
public final class InputFile {
  /** Of a card, a header or a list of names, bytes. */
  public static final long SMALL = 16L << 20;

  /** Of a label file, a list of scenarios or a picture, bytes. */
  public static final long MEDIUM = 256L << 20;

  private InputFile() {}

  /**
   * The length of a regular file, bytes.
   *
   * @throws InputException if it is missing, a folder, a pipe, a device or not to be read
   */
  public static long size(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new InputException(file, "is a folder, expected a file", "name the file itself");
      }
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new InputException(
            file, "is a pipe or a device, expected a regular file", "save it as a file first");
      }
      return Files.size(file);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /**
   * Opens a regular file for reading.
   *
   * @throws InputException as {@link #size}
   */
  public static FileChannel channel(Path file) {
    long unused = size(file);
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /**
   * Opens a regular file as a buffered stream, for what may be large.
   *
   * @throws InputException as {@link #size}
   */
  public static InputStream stream(Path file) {
    long unused = size(file);
    try { // not through a channel, which a request to stop would close under the reader
      return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /**
   * The whole file.
   *
   * @param limit bytes it may have; {@link #SMALL} and {@link #MEDIUM} name the usual ones
   * @throws InputException as {@link #size}, or if it is larger
   */
  public static byte[] bytes(Path file, long limit) {
    long size = size(file);
    if (size > limit) {
      throw tooLarge(file, size, limit);
    }
    try (InputStream in = stream(file)) {
      byte[] bytes = in.readNBytes((int) Math.min(limit, Integer.MAX_VALUE - 8) + 1);
      if (bytes.length > limit) { // it grew, or its length was said to be 0, as in /proc
        throw tooLarge(file, bytes.length, limit);
      }
      return bytes;
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /**
   * The whole file as UTF-8; a byte order mark at its beginning is left out.
   *
   * @throws InputException as {@link #bytes}, or if it is not UTF-8
   */
  public static String text(Path file, long limit) {
    byte[] bytes = bytes(file, limit);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InputException(file, "is not UTF-8 text", "save it as UTF-8", e);
    }
  }

  /** As {@link #bytes}, as a stream that needs no file any more. */
  public static InputStream inMemory(Path file, long limit) {
    return new ByteArrayInputStream(bytes(file, limit));
  }

  /** The one line for a file or folder that cannot be read, with the operating system's reason. */
  public static InputException cannotRead(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new InputException(file, "does not exist", "check the path", e);
    }
    if (e instanceof FileSystemLoopException) {
      return new InputException(
          e.getMessage(), "is a link that leads back to itself", "remove the link", e);
    }
    return InputException.environment(
        file, "cannot be read: " + reason(e), "check that you may read it", e);
  }

  /** What the operating system says, without the path. */
  static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied"
        : e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : String.valueOf(e.getMessage());
  }

  private static InputException tooLarge(Path file, long size, long limit) {
    return new InputException(
        file,
        "is larger than expected: %s, at most %s".formatted(megabytes(size), megabytes(limit)),
        "check that it is the right file");
  }

  private static String megabytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
