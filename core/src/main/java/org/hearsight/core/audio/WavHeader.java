package org.hearsight.core.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.hearsight.core.error.InputException;

/**
 * What stands before the samples of a WAV file, checked against the file's size.
 *
 * <p>Known: RIFF and RF64 (EBU Tech 3306), format tags PCM, IEEE float and extensible. Streamed
 * writers leave the length of the data at 0 or at a marker; the data then reaches to the end of the
 * file.
 *
 * @param isFloat IEEE float, else linear PCM
 * @param bytes of one sample
 * @param dataStart offset of the first sample in the file
 * @param frames samples per channel
 */
record WavHeader(
    int channels, int sampleRate, boolean isFloat, int bytes, long dataStart, long frames) {
  static final int MAX_CHANNELS = 256;
  static final int MIN_RATE = 1_000;
  static final int MAX_RATE = 768_000;

  static final int PCM = 1;
  static final int IEEE_FLOAT = 3;
  static final int EXTENSIBLE = 0xFFFE;

  private static final String CONVERT =
      "convert it to PCM, for example with: ffmpeg -i IN -c:a pcm_s16le OUT.wav";
  private static final String COPY_AGAIN = "copy or export it again";
  private static final long UNKNOWN = 0xFFFFFFFFL;

  /** What SoX writes into a pipe, before it is rounded down to whole frames. */
  private static final long SOX_UNKNOWN = 0x7FFFF000L;

  /** No honest file has more; a hostile one could hold us for hours. */
  private static final int MAX_CHUNKS = 10_000;

  /** The bytes after the format tag in the sub-format of an extensible header. */
  private static final byte[] SUB_FORMAT_TAIL = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71
  };

  int frameBytes() {
    return channels * bytes;
  }

  /**
   * Reads the header.
   *
   * @throws InputException if it is not a WAV file we can read, or it is cut short or empty
   */
  static WavHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size == 0) {
      throw new InputException(file, "is empty (0 bytes)", COPY_AGAIN);
    }
    ByteBuffer riff = at(channel, 0, 12);
    String id = riff.remaining() < 12 ? "" : fourCharacters(riff);
    boolean rf64 = id.equals("RF64") || id.equals("BW64");
    if (!(rf64 || id.equals("RIFF"))) {
      throw new InputException(file, "is not a WAV file (no RIFF header)", CONVERT);
    }
    long riffSize = riff.getInt() & UNKNOWN;
    if (!fourCharacters(riff).equals("WAVE")) {
      throw new InputException(file, "is a RIFF file, but not a WAV file", CONVERT);
    }

    WavHeader format = null;
    long longDataSize = -1;
    long position = 12;
    for (int i = 0; i < MAX_CHUNKS && position + 8 <= size; i++) {
      ByteBuffer chunk = at(channel, position, 8);
      if (chunk.remaining() < 8) {
        break;
      }
      String name = fourCharacters(chunk);
      long length = chunk.getInt() & UNKNOWN;
      long start = position + 8;
      switch (name) {
        case "ds64" -> {
          ByteBuffer ds64 = at(channel, start, (int) Math.min(length, 24));
          if (ds64.remaining() >= 16) {
            longDataSize = ds64.getLong(8);
          }
        }
        case "fmt " -> format = format(file, at(channel, start, (int) Math.min(length, 40)));
        case "data" -> {
          if (format == null) {
            throw new InputException(file, "fmt: missing before the data", COPY_AGAIN);
          }
          boolean riffOpen = riffSize == 0 || riffSize == UNKNOWN;
          return format.withData(file, start, length, riffOpen, rf64 ? longDataSize : -1, size);
        }
        default -> {}
      }
      position = start + length + (length & 1);
    }
    throw new InputException(
        file,
        (format == null ? "fmt" : "data") + ": no such chunk, the file is cut short",
        COPY_AGAIN);
  }

  /** Reads the fmt chunk; start and length of the data are still open. */
  private static WavHeader format(Path file, ByteBuffer fmt) {
    if (fmt.remaining() < 16) {
      throw new InputException(
          file, "fmt: " + fmt.remaining() + " bytes, expected 16 or more", COPY_AGAIN);
    }
    int tag = fmt.getShort(0) & 0xFFFF;
    int channels = fmt.getShort(2) & 0xFFFF;
    long rate = fmt.getInt(4) & UNKNOWN;
    int frameBytes = fmt.getShort(12) & 0xFFFF;
    int bits = fmt.getShort(14) & 0xFFFF;
    if (tag == EXTENSIBLE) {
      tag = subFormat(file, fmt);
    }
    if (tag != PCM && tag != IEEE_FLOAT) {
      throw new InputException(
          file, "encoding: " + encodingName(tag) + ", expected PCM or IEEE float", CONVERT);
    }
    boolean isFloat = tag == IEEE_FLOAT;
    if (isFloat ? bits != 32 && bits != 64 : bits != 8 && bits != 16 && bits != 24 && bits != 32) {
      throw new InputException(
          file,
          "bits: " + bits + ", expected " + (isFloat ? "32 or 64" : "8, 16, 24 or 32"),
          CONVERT);
    }
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw new InputException(
          file, "channels: " + channels + ", expected 1 to " + MAX_CHANNELS, COPY_AGAIN);
    }
    if (rate < MIN_RATE || rate > MAX_RATE) {
      throw new InputException(
          file,
          "sample rate: " + rate + " Hz, expected " + MIN_RATE + " to " + MAX_RATE,
          "resample or export it again");
    }
    if (frameBytes != channels * bits / 8) {
      throw new InputException(
          file,
          "block align: %d, expected %d for %d channels of %d bits"
              .formatted(frameBytes, channels * bits / 8, channels, bits),
          COPY_AGAIN);
    }
    return new WavHeader(channels, (int) rate, isFloat, bits / 8, 0, 0);
  }

  private static int subFormat(Path file, ByteBuffer fmt) {
    if (fmt.remaining() < 40) {
      throw new InputException(
          file, "fmt: extensible with " + fmt.remaining() + " bytes, expected 40", COPY_AGAIN);
    }
    byte[] tail = new byte[SUB_FORMAT_TAIL.length];
    fmt.get(26, tail);
    if (!Arrays.equals(tail, SUB_FORMAT_TAIL)) {
      throw new InputException(
          file, "encoding: unknown sub-format, expected PCM or IEEE float", CONVERT);
    }
    return fmt.getShort(24) & 0xFFFF;
  }

  private WavHeader withData(
      Path file, long start, long length, boolean riffOpen, long longLength, long size) {
    long there = size - start;
    boolean streamed =
        (length == UNKNOWN && longLength < 0)
            || (length == 0 && riffOpen)
            || (length <= SOX_UNKNOWN && length > SOX_UNKNOWN - frameBytes() && there < length);
    long claimed = streamed ? there : length == UNKNOWN ? longLength : length;
    if (claimed > there) {
      throw new InputException(
          file,
          "data: %d bytes are claimed, %d are there: the file is cut short"
              .formatted(claimed, there),
          COPY_AGAIN);
    }
    long frames = claimed / frameBytes();
    if (frames == 0) {
      throw new InputException(file, "data: 0 samples", "record or export it again");
    }
    return new WavHeader(channels, sampleRate, isFloat, bytes, start, frames);
  }

  private static String encodingName(int tag) {
    return switch (tag) {
      case 2, 0x11 -> "ADPCM";
      case 6 -> "A-law";
      case 7 -> "mu-law";
      case 0x50, 0x55 -> "MPEG";
      default -> "format tag " + tag;
    };
  }

  /** Up to {@code n} bytes; fewer at the end of the file. */
  private static ByteBuffer at(FileChannel channel, long position, int n) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
    while (b.hasRemaining()) {
      int got = channel.read(b, position + b.position());
      if (got < 0) {
        break;
      }
    }
    return b.flip();
  }

  private static String fourCharacters(ByteBuffer b) {
    byte[] four = new byte[4];
    b.get(four);
    return new String(four, StandardCharsets.ISO_8859_1);
  }
}
