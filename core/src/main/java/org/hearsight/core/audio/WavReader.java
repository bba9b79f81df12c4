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
 * A WAV file read from front to back, frame by frame: PCM of up to 64 bits, IEEE float of 32 and
 * 64.
 *
 * <p>PCM comes out in [−1, 1); a sample of b bits is divided by 2^(b−1). Float samples come out as
 * they stand. For one thread.
 */
final class WavReader extends SoundReader {
  private static final float BELOW_ONE = Math.nextDown(1f);
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel channel;
  private final WavHeader header;
  private final ByteBuffer buffer;

  private WavReader(Path file, FileChannel channel, WavHeader header) {
    super(file);
    this.channel = channel;
    this.header = header;
    int frame = header.frameBytes();
    this.buffer = ByteBuffer.allocate(BUFFER_BYTES / frame * frame).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws InputException as {@link InputFile#channel}, or if it is cut short or empty
   * @throws ForeignSound if it is not a WAV file, or in an encoding we do not know
   */
  static WavReader openOwn(Path file) throws ForeignSound {
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

  @Override
  public int channels() {
    return header.channels();
  }

  @Override
  public int sampleRate() {
    return header.sampleRate();
  }

  @Override
  public long frames() {
    return header.frames();
  }

  /** What was done about a length that the header has wrong or open; null if it was right. */
  @Override
  public String note() {
    return header.note();
  }

  @Override
  protected void read(long from, float[][] into, int offset, int n) {
    int frameBytes = header.frameBytes();
    int done = 0;
    while (done < n) {
      int part = Math.min(n - done, buffer.capacity() / frameBytes);
      fill(from + done, part * frameBytes);
      for (int c = 0; c < into.length; c++) {
        if (into[c] != null) {
          decode(c, into[c], offset + done, part);
        }
      }
      done += part;
    }
  }

  @Override
  public void close() {
    close(channel);
  }

  private void fill(long first, int bytes) {
    buffer.clear().limit(bytes);
    try {
      while (buffer.hasRemaining()) {
        long position = header.dataStart() + first * header.frameBytes() + buffer.position();
        if (channel.read(buffer, position) < 0) {
          throw new InputException(
              file(),
              "data: cut short while it was read",
              "wait until it is written, then try again");
        }
      }
    } catch (IOException e) {
      throw InputFile.cannotRead(file(), e);
    }
  }

  private void decode(int c, float[] into, int offset, int n) {
    int step = header.frameBytes();
    int at = c * header.bytes();
    if (header.isFloat()) {
      for (int i = 0; i < n; i++, at += step) {
        into[offset + i] = header.bytes() == 8 ? (float) buffer.getDouble(at) : buffer.getFloat(at);
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
      case 4 -> {
        for (int i = 0; i < n; i++, at += step) {
          // A float has 24 bits: the largest integers would round up to 1.
          into[offset + i] = Math.min(BELOW_ONE, buffer.getInt(at) * 0x1p-31f);
        }
      }
      default -> {
        float unit = Math.scalb(1f, 1 - 8 * header.bytes());
        for (int i = 0; i < n; i++, at += step) {
          into[offset + i] = Math.min(BELOW_ONE, integer(at, header.bytes()) * unit);
        }
      }
    }
  }

  private long integer(int at, int bytes) {
    long v = buffer.get(at + bytes - 1); // with its sign
    for (int b = bytes - 2; b >= 0; b--) {
      v = v << 8 | (buffer.get(at + b) & 0xFF);
    }
    return v;
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
