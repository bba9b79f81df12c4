package org.hearsight.core.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV files made by hand, chunk by chunk, for tests of good and bad headers. */
final class WavBytes {
  static final long UNKNOWN = 0xFFFFFFFFL;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] fmt(int tag, int channels, int rate, int bits) {
    return fmt(tag, channels, rate, bits, channels * bits / 8);
  }

  static byte[] fmt(int tag, int channels, int rate, int bits, int frameBytes) {
    return little(16)
        .putShort((short) tag)
        .putShort((short) channels)
        .putInt(rate)
        .putInt(rate * frameBytes)
        .putShort((short) frameBytes)
        .putShort((short) bits)
        .array();
  }

  /** An extensible fmt chunk with a sub-format of the usual form. */
  static byte[] extensible(int subFormat, int channels, int rate, int bits) {
    return little(40)
        .put(fmt(0xFFFE, channels, rate, bits))
        .putShort((short) 22)
        .putShort((short) bits)
        .putInt(0)
        .putShort((short) subFormat)
        .put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38})
        .put(new byte[] {(byte) 0x9B, 0x71})
        .array();
  }

  static byte[] shorts(int... values) {
    ByteBuffer b = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int v : values) {
      b.putShort((short) v);
    }
    return b.array();
  }

  /** Appends a chunk, padded to an even length. */
  WavBytes chunk(String id, byte[] content) {
    chunk(id, content.length, content);
    if (content.length % 2 == 1) {
      body.write(0);
    }
    return this;
  }

  /** Appends a chunk that claims another length than it has; not padded. */
  WavBytes chunk(String id, long claimed, byte[] content) {
    body.writeBytes(id.getBytes(StandardCharsets.ISO_8859_1));
    body.writeBytes(little(4).putInt((int) claimed).array());
    body.writeBytes(content);
    return this;
  }

  byte[] riff() {
    return file("RIFF", body.size() + 4);
  }

  byte[] file(String id, long size) {
    return little(12 + body.size())
        .put(id.getBytes(StandardCharsets.ISO_8859_1))
        .putInt((int) size)
        .put("WAVE".getBytes(StandardCharsets.ISO_8859_1))
        .put(body.toByteArray())
        .array();
  }
}
