package org.hearsight.core.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.hearsight.core.error.InputException;

/**
 * What stands before the samples of a WAV file, checked against the file's size.
 *
 * <p>Known: RIFF, RF64 and BW64 (EBU Tech 3306), {@link Wave64}; format tags PCM, IEEE float and
 * extensible. Where the length of the sound is open or wrong, {@link WavExtent} finds it.
 *
 * @param isFloat IEEE float, else linear PCM
 * @param isBFormat does the sub-format say that the channels are B-format?
 * @param bytes of one sample
 * @param dataStart offset of the first sample in the file
 * @param frames samples per channel
 * @param note on the length of the sound, for people; null if the header was right
 */
record WavHeader(
    int channels,
    int sampleRate,
    boolean isFloat,
    boolean isBFormat,
    int bytes,
    long dataStart,
    long frames,
    String note) {
  static final int MAX_CHANNELS = 256;
  static final int MIN_RATE = 1_000;
  static final int MAX_RATE = 768_000;

  static final int PCM = 1;
  static final int IEEE_FLOAT = 3;
  static final int EXTENSIBLE = 0xFFFE;

  static final String COPY_AGAIN = "copy or export it again";
  private static final long UNKNOWN = 0xFFFFFFFFL;

  /** The bytes after the format tag in the sub-format of an extensible header. */
  private static final byte[] SUB_FORMAT_TAIL = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71
  };

  /** The same in files whose channels are B-format (.amb). */
  private static final byte[] B_FORMAT_TAIL = {
    0,
    0,
    0x21,
    0x07,
    (byte) 0xD3,
    0x11,
    (byte) 0x86,
    0x44,
    (byte) 0xC8,
    (byte) 0xC1,
    (byte) 0xCA,
    0,
    0,
    0
  };

  /** Does a file begin as a WAV file does? */
  static boolean isWav(FileChannel channel) throws IOException {
    ByteBuffer riff = new WavChunks(channel).bytes(0, WavChunks.FIRST);
    return riff.remaining() == WavChunks.FIRST
        && isRiff(WavChunks.fourCharacters(riff))
        && WavChunks.fourCharacters(riff.position(WavChunks.HEAD)).equals("WAVE");
  }

  private static boolean isRiff(String id) {
    return id.equals("RIFF") || isRf64(id);
  }

  private static boolean isRf64(String id) {
    return id.equals("RF64") || id.equals("BW64");
  }

  int frameBytes() {
    return channels * bytes;
  }

  /**
   * Reads the header.
   *
   * @throws InputException if it is damaged, cut short or empty
   * @throws ForeignSound if it is not a WAV file, or in an encoding that is not read here
   */
  static WavHeader read(Path file, FileChannel channel) throws IOException, ForeignSound {
    WavChunks chunks = new WavChunks(channel);
    if (chunks.size() == 0) {
      throw new InputException(file, "is empty (0 bytes)", COPY_AGAIN);
    }
    if (Wave64.isAt(chunks)) {
      return Wave64.read(file, chunks);
    }
    ByteBuffer riff = chunks.bytes(0, WavChunks.FIRST);
    String id = riff.remaining() < WavChunks.FIRST ? "" : WavChunks.fourCharacters(riff);
    boolean rf64 = isRf64(id);
    if (!isRiff(id)) {
      throw new ForeignSound("is not a WAV file (no RIFF header)");
    }
    long riffSize = riff.getInt() & UNKNOWN;
    if (!WavChunks.fourCharacters(riff).equals("WAVE")) {
      throw new ForeignSound("is a RIFF file, but not a WAV file");
    }

    WavHeader format = null;
    long longDataSize = -1;
    WavChunks.Chunk chunk = null;
    long position = riff.limit();
    for (int i = 0; i < WavChunks.MOST; i++) {
      WavChunks.Chunk next = chunks.at(position);
      if (next == null) {
        break;
      }
      chunk = next;
      switch (chunk.name()) {
        case "ds64" -> {
          ByteBuffer ds64 = chunks.bytes(chunk.start(), (int) Math.min(chunk.length(), 24));
          if (rf64 && ds64.remaining() >= 16) {
            riffSize = ds64.getLong(0);
            longDataSize = ds64.getLong(8);
          }
        }
        case "fmt " ->
            format = format(file, chunks.bytes(chunk.start(), (int) Math.min(chunk.length(), 40)));
        case "data" -> {
          if (format == null) {
            throw new InputException(file, "fmt: missing before the data", COPY_AGAIN);
          }
          long said = rf64 && chunk.length() == UNKNOWN ? longDataSize : chunk.length();
          return format.withData(
              file,
              chunk.start(),
              WavExtent.of(file, chunks, chunk.start(), said, riffSize + WavChunks.HEAD));
        }
        default -> {}
      }
      position = chunks.after(chunk);
    }
    throw new InputException(
        file,
        (format == null ? "fmt" : "data") + ": no such chunk" + lastChunk(chunk, chunks.size()),
        COPY_AGAIN);
  }

  /** Why there was no further chunk. */
  private static String lastChunk(WavChunks.Chunk chunk, long size) {
    if (chunk == null) {
      return ", the file ends behind its first 12 bytes";
    }
    return chunk.end() > size
        ? ", for chunk '%s' claims %d bytes where %d are left"
            .formatted(chunk.name(), chunk.length(), size - chunk.start())
        : ", the file ends behind chunk '" + chunk.name() + "'";
  }

  /** Reads the fmt chunk; start and length of the data are still open. */
  static WavHeader format(Path file, ByteBuffer fmt) throws ForeignSound {
    if (fmt.remaining() < 16) {
      throw new InputException(
          file, "fmt: " + fmt.remaining() + " bytes, expected 16 or more", COPY_AGAIN);
    }
    int tag = fmt.getShort(0) & 0xFFFF;
    int channels = fmt.getShort(2) & 0xFFFF;
    long rate = fmt.getInt(4) & UNKNOWN;
    int frameBytes = fmt.getShort(12) & 0xFFFF;
    int bits = fmt.getShort(14) & 0xFFFF;
    boolean bFormat = false;
    if (tag == EXTENSIBLE) {
      bFormat = hasTail(fmt, B_FORMAT_TAIL);
      tag = subFormat(file, fmt);
    }
    if (tag != PCM && tag != IEEE_FLOAT) {
      throw new ForeignSound("encoding: " + encodingName(tag) + ", expected PCM or IEEE float");
    }
    boolean isFloat = tag == IEEE_FLOAT;
    if (isFloat ? bits != 32 && bits != 64 : bits < 1 || bits > 64) {
      throw new ForeignSound("bits: " + bits + ", expected " + (isFloat ? "32 or 64" : "1 to 64"));
    }
    // Samples of other widths lie in the upper bits of whole bytes.
    int bytes = (bits + 7) / 8;
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw new InputException(
          file, "channels: " + channels + ", expected 1 to " + MAX_CHANNELS, COPY_AGAIN);
    }
    requireRate(file.toString(), rate);
    if (frameBytes != channels * bytes) {
      throw new InputException(
          file,
          "block align: %d, expected %d for %d channels of %d bits"
              .formatted(frameBytes, channels * bytes, channels, bits),
          COPY_AGAIN);
    }
    return new WavHeader(channels, (int) rate, isFloat, bFormat, bytes, 0, 0, null);
  }

  /** Refuses a sample rate, in Hz, that no sound has. */
  static void requireRate(String source, long rate) {
    if (rate < MIN_RATE || rate > MAX_RATE) {
      throw new InputException(
          source,
          "sample rate: " + rate + " Hz, expected " + MIN_RATE + " to " + MAX_RATE,
          "resample or export it again");
    }
  }

  private static int subFormat(Path file, ByteBuffer fmt) throws ForeignSound {
    if (fmt.remaining() < 40) {
      throw new InputException(
          file, "fmt: extensible with " + fmt.remaining() + " bytes, expected 40", COPY_AGAIN);
    }
    if (!hasTail(fmt, SUB_FORMAT_TAIL) && !hasTail(fmt, B_FORMAT_TAIL)) {
      throw new ForeignSound("encoding: unknown sub-format, expected PCM or IEEE float");
    }
    return fmt.getShort(24) & 0xFFFF;
  }

  private static boolean hasTail(ByteBuffer fmt, byte[] expected) {
    if (fmt.remaining() < 40) {
      return false;
    }
    byte[] tail = new byte[expected.length];
    fmt.get(26, tail);
    return Arrays.equals(tail, expected);
  }

  WavHeader withData(Path file, long start, WavExtent extent) {
    long frames = extent.bytes() / frameBytes();
    if (frames == 0) {
      throw new InputException(file, "data: 0 samples", "record or export it again");
    }
    return new WavHeader(
        channels, sampleRate, isFloat, isBFormat, bytes, start, frames, extent.note());
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
}
