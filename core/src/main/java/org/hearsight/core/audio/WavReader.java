package org.hearsight.core.audio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * A WAV file read from front to back, frame by frame: PCM of 8, 16, 24 and 32 bits, IEEE float of
 * 32 and 64 bits.
 *
 * <p>PCM comes out in [−1, 1); a sample of b bits is divided by 2^(b−1). Float samples come out as
 * they stand. For one thread.
 */
public final class WavReader implements AutoCloseable {
  /** 40 dB above full scale: beyond it, floats are integers that nobody scaled, or noise. */
  static final float MAX_MAGNITUDE = 100;

  private static final float BELOW_ONE = Math.nextDown(1f);
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final WavHeader header;
  private final ByteBuffer buffer;
  private long next;

  private WavReader(Path file, FileChannel channel, WavHeader header) {
    this.file = file;
    this.channel = channel;
    this.header = header;
    int frame = header.frameBytes();
    this.buffer = ByteBuffer.allocate(BUFFER_BYTES / frame * frame).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws InputException as {@link InputFile#channel}, or if it is not a WAV file, cut short,
   *     empty, or stored in an encoding we do not know
   */
  public static WavReader open(Path file) {
    FileChannel channel = InputFile.channel(file);
    WavReader reader = null;
    try {
      reader = new WavReader(file, channel, WavHeader.read(file, channel));
      return reader;
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    } finally {
      if (reader == null) {
        close(channel);
      }
    }
  }

  public Path file() {
    return file;
  }

  public int channels() {
    return header.channels();
  }

  /** In Hz. */
  public int sampleRate() {
    return header.sampleRate();
  }

  /** Samples per channel in the whole file. */
  public long frames() {
    return header.frames();
  }

  /** Samples per channel that have not been read yet. */
  long left() {
    return header.frames() - next;
  }

  /** What was done about a length that the header has wrong or open; null if it was right. */
  public String note() {
    return header.note();
  }

  /**
   * Passes over frames without reading them.
   *
   * @param n no more than are left
   */
  public void skip(long n) {
    if (n < 0 || n > left()) {
      throw new IllegalArgumentException(n + " frames of " + left());
    }
    next += n;
  }

  /**
   * Reads the next frames.
   *
   * @param into [channels][at least offset + n]
   * @return how many frames were read: {@code n}, fewer before the end, 0 at the end
   * @throws InputException if the file cannot be read or holds a sample that is not a number
   */
  public int read(float[][] into, int offset, int n) {
    if (into.length != channels()) {
      throw new IllegalArgumentException(into.length + " channels for " + channels());
    }
    int frames = (int) Math.min(n, left());
    int frameBytes = header.frameBytes();
    int done = 0;
    while (done < frames) {
      int part = Math.min(frames - done, buffer.capacity() / frameBytes);
      fill(part * frameBytes);
      for (int c = 0; c < into.length; c++) {
        decode(c, into[c], offset + done, part);
      }
      done += part;
      next += part;
    }
    return frames;
  }

  @Override
  public void close() {
    close(channel);
  }

  private void fill(int bytes) {
    buffer.clear().limit(bytes);
    try {
      while (buffer.hasRemaining()) {
        long position = header.dataStart() + next * header.frameBytes() + buffer.position();
        if (channel.read(buffer, position) < 0) {
          throw new InputException(
              file,
              "data: cut short while it was read",
              "wait until it is written, then try again");
        }
      }
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
  }

  private void decode(int c, float[] into, int offset, int n) {
    int step = header.frameBytes();
    int at = c * header.bytes();
    if (header.isFloat()) {
      for (int i = 0; i < n; i++, at += step) {
        float v = header.bytes() == 8 ? (float) buffer.getDouble(at) : buffer.getFloat(at);
        if (!(Math.abs(v) <= MAX_MAGNITUDE)) {
          throw noSample(file.toString(), next + i, c, v);
        }
        into[offset + i] = v;
      }
      return;
    }
    switch (header.bytes()) {
      case 1 -> {
        for (int i = 0; i < n; i++, at += step) {
          into[offset + i] = ((buffer.get(at) & 0xFF) - 128) * 0x1p-7f;
        }
      }
      case 2 -> {
        for (int i = 0; i < n; i++, at += step) {
          into[offset + i] = buffer.getShort(at) * 0x1p-15f;
        }
      }
      case 3 -> {
        for (int i = 0; i < n; i++, at += step) {
          int v = (buffer.getShort(at) & 0xFFFF) | (buffer.get(at + 2) << 16);
          into[offset + i] = v * 0x1p-23f;
        }
      }
      default -> {
        for (int i = 0; i < n; i++, at += step) {
          // A float has 24 bits: the largest integers would round up to 1.
          into[offset + i] = Math.min(BELOW_ONE, buffer.getInt(at) * 0x1p-31f);
        }
      }
    }
  }

  /** The refusal of a sample that is not a number, or far from one that sound could have. */
  static InputException noSample(String source, long index, int channel, float v) {
    return new InputException(
        source,
        "data: sample %d of channel %d is %s, expected a number in [-1, 1)"
            .formatted(index, channel + 1, v),
        "export it again, with full scale at 1 or as 16-bit integers");
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
