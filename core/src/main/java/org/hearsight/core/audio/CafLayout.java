package org.hearsight.core.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a CAF file says of its channels in its chunk {@code chan} (Apple, <i>Core Audio Format
 * Specification</i>; the numbers are those of {@code AudioChannelLayoutTag}).
 */
final class CafLayout {
  /** Name, version and flags, before the first chunk. */
  private static final int FIRST = 8;

  /** Of a chunk: its name and a length of 64 bits. */
  private static final int HEAD = 12;

  /** Upper halves of the tags; the lower half is the number of channels. */
  private static final int B_FORMAT = 107;

  private static final int ACN_SN3D = 190;
  private static final int ACN_N3D = 191;

  private CafLayout() {}

  /** The format that is named; null if none is, or the file is not CAF. */
  static FoaFormat of(WavChunks file) throws IOException {
    ByteBuffer start = file.bytes(0, FIRST);
    if (start.remaining() < FIRST || !WavChunks.fourCharacters(start).equals("caff")) {
      return null;
    }
    long position = FIRST;
    for (int i = 0; i < WavChunks.MOST; i++) {
      ByteBuffer chunk = file.bytes(position, HEAD + Integer.BYTES).order(ByteOrder.BIG_ENDIAN);
      if (chunk.remaining() < HEAD + Integer.BYTES) {
        return null;
      }
      String name = WavChunks.fourCharacters(chunk);
      long length = chunk.getLong();
      if (name.equals("chan")) {
        return format(chunk.getInt() >>> 16);
      }
      if (length < 0 || length > file.size() - position) { // open, or beyond the end
        return null;
      }
      position += HEAD + length;
    }
    return null;
  }

  private static FoaFormat format(int layout) {
    return switch (layout) {
      case B_FORMAT -> FoaFormat.FUMA;
      case ACN_SN3D -> FoaFormat.AMBIX;
      case ACN_N3D -> FoaFormat.ACN_N3D;
      default -> null;
    };
  }
}
