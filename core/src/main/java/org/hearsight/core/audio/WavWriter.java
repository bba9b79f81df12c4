package org.hearsight.core.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/**
 * A WAV file written from front to back. It appears under its name at {@link #commit}; closed
 * before, as by an exception inside {@code try}, it leaves nothing.
 *
 * <p>PCM: a sample is multiplied by 2^(bits−1), rounded half to even and clipped, so that what
 * {@link WavReader} read from PCM is written back bit for bit. For one thread.
 */
public final class WavWriter implements AutoCloseable {
  private static final long MAX_RIFF = 0xFFFFFFFFL;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final int channels;
  private final int sampleRate;
  private final Encoding encoding;
  private final AtomicFile.Pending pending;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private FileChannel out;
  private long frames;

  private WavWriter(
      Path file, int channels, int sampleRate, Encoding encoding, AtomicFile.Pending pending) {
    this.file = file;
    this.channels = channels;
    this.sampleRate = sampleRate;
    this.encoding = encoding;
    this.pending = pending;
  }

  /**
   * Begins a file; parent folders are made.
   *
   * @throws InputException if it cannot be written
   */
  public static WavWriter open(Path file, int channels, int sampleRate, Encoding encoding) {
    if (channels < 1 || channels > WavHeader.MAX_CHANNELS || sampleRate < 1) {
      throw new IllegalArgumentException(channels + " channels at " + sampleRate + " Hz");
    }
    WavWriter writer = new WavWriter(file, channels, sampleRate, encoding, AtomicFile.begin(file));
    boolean opened = false;
    try {
      writer.out =
          FileChannel.open(
              writer.pending.temporary(),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      // The sizes are not known yet; this keeps their place.
      writer.header(0);
      opened = true;
      return writer;
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    } finally {
      if (!opened) {
        writer.close();
      }
    }
  }

  /** Frames written so far. */
  public long frames() {
    return frames;
  }

  /**
   * Appends frames.
   *
   * @param from [channels][at least offset + n], all finite
   * @throws InputException if the disk is full or the file grows beyond the 4 GiB of a WAV file
   */
  public void write(float[][] from, int offset, int n) {
    if (from.length != channels) {
      throw new IllegalArgumentException(from.length + " channels for " + channels);
    }
    if ((frames + n) * channels * encoding.bytes() > MAX_RIFF - 64) {
      throw new InputException(file, "grows beyond 4 GiB", "write shorter files");
    }
    try {
      for (int i = offset; i < offset + n; i++) {
        if (buffer.remaining() < channels * encoding.bytes()) {
          flush();
        }
        for (float[] channel : from) {
          put(channel[i]);
        }
      }
      frames += n;
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  /** Completes the header and gives the file its name; nothing can be written after it. */
  public void commit() {
    try {
      if ((frames * channels * encoding.bytes()) % 2 == 1) {
        buffer.put((byte) 0);
      }
      flush();
      out.position(0);
      header(frames * channels * encoding.bytes());
      out.close();
      pending.commit();
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  @Override
  public void close() {
    try (pending) {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  private void put(float sample) {
    if (!Float.isFinite(sample)) {
      throw new IllegalArgumentException("sample " + sample + " in " + file);
    }
    switch (encoding) {
      case PCM_16 -> buffer.putShort((short) integer(sample, 15));
      case PCM_24 -> {
        int v = integer(sample, 23);
        buffer.putShort((short) v).put((byte) (v >> 16));
      }
      case FLOAT_32 -> buffer.putFloat(sample);
    }
  }

  private static int integer(float sample, int bits) {
    double scale = 1 << bits;
    return (int) Math.max(-scale, Math.min(scale - 1, Math.rint(sample * scale)));
  }

  private void header(long dataBytes) throws IOException {
    boolean isFloat = encoding.isFloat();
    int frameBytes = channels * encoding.bytes();
    // IEEE float asks for the extension's length in fmt and for a fact chunk.
    int fmtBytes = isFloat ? 18 : 16;
    int factBytes = isFloat ? 12 : 0;
    long padded = dataBytes + (dataBytes & 1);
    id("RIFF").putInt((int) (4 + 8 + fmtBytes + factBytes + 8 + padded));
    id("WAVE");
    id("fmt ").putInt(fmtBytes);
    buffer.putShort((short) (isFloat ? WavHeader.IEEE_FLOAT : WavHeader.PCM));
    buffer.putShort((short) channels).putInt(sampleRate).putInt(sampleRate * frameBytes);
    buffer.putShort((short) frameBytes).putShort((short) (8 * encoding.bytes()));
    if (isFloat) {
      buffer.putShort((short) 0);
      id("fact").putInt(4).putInt((int) (dataBytes / frameBytes));
    }
    id("data").putInt((int) dataBytes);
    flush();
  }

  private ByteBuffer id(String four) {
    return buffer.put(four.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    buffer.clear();
  }
}
