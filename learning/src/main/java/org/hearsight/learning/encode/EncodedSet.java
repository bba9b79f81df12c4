package org.hearsight.learning.encode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/**
 * What the frozen encoders say about every scenario of a data set, in one file: computed once, read
 * in every epoch.
 *
 * <p>A header line (the layout and the fingerprint of everything the numbers depend on, padded to
 * {@value #HEADER_BYTES} bytes) is followed by one record a scenario: little-endian floats and
 * their CRC-32C. Writing appends whole records, so a stopped run goes on where it was; a file with
 * another fingerprint is begun anew, and a damaged record is noticed when it is read.
 */
public final class EncodedSet implements Closeable {
  private static final int HEADER_BYTES = 512;
  private static final int CHECKSUM_BYTES = 4;

  private final Path file;
  private final Layout layout;
  private final FileChannel channel;
  private int written;

  private EncodedSet(Path file, Layout layout, FileChannel channel, int written) {
    this.file = file;
    this.layout = layout;
    this.channel = channel;
    this.written = written;
  }

  /**
   * Sizes of the parts of a record.
   *
   * @param frames audio tokens of a clip, T'
   * @param audioWidth of an audio token as the encoder gives it
   * @param boundaryWidth of a frame at the freeze boundary, where stage 2 starts
   * @param cueWidth of the spatial cues beside an audio token
   * @param visualTokens of a picture, 49
   * @param visualWidth of a visual token, 2048
   */
  public record Layout(
      int frames,
      int audioWidth,
      int boundaryWidth,
      int cueWidth,
      int visualTokens,
      int visualWidth) {
    int audio() {
      return frames * audioWidth;
    }

    int boundary() {
      return frames * boundaryWidth;
    }

    int cues() {
      return frames * cueWidth;
    }

    int visual() {
      return visualTokens * visualWidth;
    }

    int geometry() {
      return visualTokens * 2;
    }

    int floats() {
      return audio() + boundary() + cues() + visual() + geometry() + 1;
    }
  }

  /**
   * One scenario.
   *
   * @param audio [frames, audioWidth]
   * @param boundary [frames, boundaryWidth]
   * @param cues [frames, cueWidth]
   * @param visual [visualTokens, visualWidth]
   * @param geometry [visualTokens, 2]: occlusion and inverse depth of each token's cell
   * @param occlusion level of the whole view
   */
  public record Encoded(
      float[] audio,
      float[] boundary,
      float[] cues,
      float[] visual,
      float[] geometry,
      float occlusion) {}

  /**
   * Opens the file, keeping the records of an earlier run if their fingerprint is the same.
   *
   * @param fingerprint of all that the numbers depend on
   * @throws InputException if it cannot be written
   */
  public static EncodedSet open(Path file, Layout layout, String fingerprint) {
    byte[] header = new byte[HEADER_BYTES];
    byte[] text = (layout + " " + fingerprint).getBytes(StandardCharsets.UTF_8);
    if (text.length > HEADER_BYTES) {
      throw new IllegalArgumentException("fingerprint of " + text.length + " bytes is too long");
    }
    System.arraycopy(text, 0, header, 0, text.length);
    FileChannel channel = null;
    try {
      AtomicFile.createFolder(file.toAbsolutePath().getParent());
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      int records = 0;
      if (startsWith(channel, header)) {
        records = (int) ((channel.size() - HEADER_BYTES) / recordBytes(layout));
      } else {
        channel.truncate(0);
        writeFully(channel, ByteBuffer.wrap(header), 0);
      }
      return new EncodedSet(file, layout, channel, records);
    } catch (IOException e) {
      closeAfter(channel, e);
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  public Layout layout() {
    return layout;
  }

  /** How many scenarios are there. */
  public int size() {
    return written;
  }

  /** Appends the next scenario. */
  public void append(Encoded e) {
    ByteBuffer record = ByteBuffer.allocate(recordBytes(layout)).order(ByteOrder.LITTLE_ENDIAN);
    put(record, e.audio(), layout.audio());
    put(record, e.boundary(), layout.boundary());
    put(record, e.cues(), layout.cues());
    put(record, e.visual(), layout.visual());
    put(record, e.geometry(), layout.geometry());
    record.putFloat(e.occlusion());
    record.putInt(checksum(record));
    record.flip();
    try {
      writeFully(channel, record, offset(written));
    } catch (IOException failure) {
      throw AtomicFile.cannotWrite(file, failure);
    }
    written++;
  }

  /**
   * Reads one scenario.
   *
   * @throws InputException if the record is damaged
   */
  public Encoded read(int index) {
    ByteBuffer record = ByteBuffer.allocate(recordBytes(layout)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      long at = offset(index);
      while (record.hasRemaining()) {
        int n = channel.read(record, at + record.position());
        if (n < 0) {
          throw damaged(index);
        }
      }
    } catch (IOException e) {
      throw new InputException(file, "cannot be read", "delete it to have it made anew", e);
    }
    record.position(layout.floats() * Float.BYTES);
    if (checksum(record) != record.getInt()) {
      throw damaged(index);
    }
    record.rewind();
    return new Encoded(
        take(record, layout.audio()),
        take(record, layout.boundary()),
        take(record, layout.cues()),
        take(record, layout.visual()),
        take(record, layout.geometry()),
        record.getFloat());
  }

  /** Forgets everything; the next {@link #append} writes the first record. */
  public void clear() {
    written = 0;
    try {
      channel.truncate(HEADER_BYTES);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  /** Deletes a set that no training needs any more. */
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  private InputException damaged(int index) {
    return new InputException(
        file, "scenario " + index + ": checksum does not match", "delete the file and run again");
  }

  private long offset(int index) {
    return HEADER_BYTES + (long) index * recordBytes(layout);
  }

  private static int recordBytes(Layout layout) {
    return layout.floats() * Float.BYTES + CHECKSUM_BYTES;
  }

  /** Over everything before the buffer's position. */
  private static int checksum(ByteBuffer record) {
    CRC32C crc = new CRC32C();
    crc.update(record.duplicate().flip());
    return (int) crc.getValue();
  }

  private static void put(ByteBuffer record, float[] values, int expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "record part: " + values.length + " floats, expected " + expected);
    }
    record.asFloatBuffer().put(values);
    record.position(record.position() + values.length * Float.BYTES);
  }

  private static float[] take(ByteBuffer record, int n) {
    float[] out = new float[n];
    record.asFloatBuffer().get(out);
    record.position(record.position() + n * Float.BYTES);
    return out;
  }

  private static boolean startsWith(FileChannel channel, byte[] header) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(header.length);
    while (found.hasRemaining() && channel.read(found, found.position()) >= 0) {
      // read on
    }
    return Arrays.equals(found.array(), header);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes, long at)
      throws IOException {
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private static void closeAfter(FileChannel channel, IOException failure) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
