package org.hearsight.core.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.hearsight.core.error.InputException;

/**
 * Sony Wave64 ({@code .w64}): WAV with chunks named by 16 bytes, whose lengths have 64 bits, count
 * their own heads and are rounded up to 8 bytes. The content of the chunks is WAV's.
 */
final class Wave64 {
  /** Name and length. */
  private static final int HEAD = 24;

  private static final byte[] RIFF = {
    'r',
    'i',
    'f',
    'f',
    0x2E,
    (byte) 0x91,
    (byte) 0xCF,
    0x11,
    (byte) 0xA5,
    (byte) 0xD6,
    0x28,
    (byte) 0xDB,
    0x04,
    (byte) 0xC1,
    0,
    0
  };

  /** Behind the four characters of every other name. */
  private static final byte[] TAIL = {
    (byte) 0xF3,
    (byte) 0xAC,
    (byte) 0xD3,
    0x11,
    (byte) 0x8C,
    (byte) 0xD1,
    0,
    (byte) 0xC0,
    0x4F,
    (byte) 0x8E,
    (byte) 0xDB,
    (byte) 0x8A
  };

  private Wave64() {}

  /** Does a file begin so? */
  static boolean isAt(WavChunks chunks) throws IOException {
    ByteBuffer start = chunks.bytes(0, HEAD + RIFF.length);
    return start.remaining() == HEAD + RIFF.length
        && start.slice(0, RIFF.length).equals(ByteBuffer.wrap(RIFF))
        && name(start.position(HEAD)).equals("wave");
  }

  /**
   * Reads the header.
   *
   * @throws InputException if it is damaged, cut short or empty
   * @throws ForeignSound if it is in an encoding that is not read here
   */
  static WavHeader read(Path file, WavChunks chunks) throws IOException, ForeignSound {
    WavHeader format = null;
    long position = (long) HEAD + RIFF.length;
    for (int i = 0; i < WavChunks.MOST; i++) {
      ByteBuffer head = chunks.bytes(position, HEAD);
      if (head.remaining() < HEAD) {
        break;
      }
      String name = name(head);
      long start = position + HEAD;
      long length = head.getLong(RIFF.length) - HEAD;
      if (name.equals("fmt ")) {
        format =
            WavHeader.format(file, chunks.bytes(start, (int) Math.max(0, Math.min(length, 40))));
      } else if (name.equals("data") && format != null) {
        return format.withData(file, start, extent(file, length, chunks.size() - start));
      }
      if (length < 0 || length > chunks.size() - start) {
        break;
      }
      position = start + (length + 7) / 8 * 8;
    }
    throw new InputException(
        file, (format == null ? "fmt" : "data") + ": no such chunk", WavHeader.COPY_AGAIN);
  }

  private static WavExtent extent(Path file, long said, long there) {
    if (said > 0 && said <= there) {
      return new WavExtent(said, null);
    }
    // Writers put the largest number, or nothing, where they did not know yet.
    if (said <= 0 || said >= Long.MAX_VALUE - HEAD) {
      return new WavExtent(
          there, "data: the size was left open; all %d bytes are read".formatted(there));
    }
    throw WavExtent.cutShort(file, said, there);
  }

  /** The four characters that a name begins with; empty if it ends in another way. */
  private static String name(ByteBuffer head) {
    String four = WavChunks.fourCharacters(head);
    byte[] tail = new byte[TAIL.length];
    head.get(tail);
    return Arrays.equals(tail, TAIL) ? four : "";
  }
}
