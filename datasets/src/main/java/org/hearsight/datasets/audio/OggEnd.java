package org.hearsight.datasets.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * Where an Ogg file ends (RFC 3533): its last page must be there to its last byte. FFmpeg passes
 * over a page that is not, and nobody would hear that the end is missing.
 */
final class OggEnd {
  private static final int CAPTURE = ByteBuffer.wrap(new byte[] {'O', 'g', 'g', 'S'}).getInt();

  /** Where a page says what it is, and the bit that says it is the last. */
  private static final int KIND = 5;

  private static final int END = 4;

  /** Bytes of a page before its lacing values, of which the last says how many there are. */
  private static final int HEAD = 27;

  /** Of a page with all its lacing values at their largest. */
  private static final int LARGEST_PAGE = HEAD + 255 + 255 * 255;

  private OggEnd() {}

  /**
   * Does the last page say that it is the last? Pages that were cut off as a whole, and a stream
   * that was recorded until somebody stopped it, leave one that does not.
   *
   * @throws InputException if the last page is cut short
   */
  static boolean isMarked(Path file) {
    ByteBuffer tail = tail(file);
    for (int at = tail.limit() - 4; at >= 0; at--) {
      if (tail.getInt(at) == CAPTURE) {
        int there = tail.limit() - at;
        int page = pageBytes(tail, at);
        if (there < page) {
          throw new InputException(
              file,
              "data: %d of %d bytes of the last page are there: the file is cut short"
                  .formatted(there, page),
              "copy it again, or keep what is there with: ffmpeg -i IN -c copy OUT.ogg");
        }
        return (tail.get(at + KIND) & END) != 0;
      }
    }
    return false;
  }

  private static int pageBytes(ByteBuffer bytes, int at) {
    if (at + HEAD > bytes.limit()) {
      return HEAD;
    }
    int values = bytes.get(at + HEAD - 1) & 0xFF;
    int page = HEAD + values;
    for (int i = 0; i < values && at + HEAD + i < bytes.limit(); i++) {
      page += bytes.get(at + HEAD + i) & 0xFF;
    }
    return page;
  }

  private static ByteBuffer tail(Path file) {
    try (FileChannel channel = InputFile.channel(file)) {
      long from = Math.max(0, channel.size() - LARGEST_PAGE);
      ByteBuffer tail =
          ByteBuffer.allocate((int) (channel.size() - from)).order(ByteOrder.BIG_ENDIAN);
      while (tail.hasRemaining() && channel.read(tail, from + tail.position()) >= 0) {
        // to the end
      }
      return tail.flip();
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
  }
}
