package org.hearsight.learning.encode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/**
 * Records of one size in one file: computed once, read in every epoch.
 *
 * <p>A header line (whatever the records depend on, padded to {@value #HEADER_BYTES} bytes) is
 * followed by the records, each with its CRC-32C. Writing appends whole records, so a stopped run
 * goes on where it was; a file with another header is begun anew, and a damaged record is noticed
 * when it is read. Reading is for many threads, appending for one.
 */
public final class RecordFile implements Closeable {
  private static final int HEADER_BYTES = 512;
  private static final int CHECKSUM_BYTES = 4;

  private final Path file;
  private final String noun;
  private final int recordBytes;
  private final FileChannel channel;
  private int written;

  private RecordFile(Path file, String noun, int recordBytes, FileChannel channel, int written) {
    this.file = file;
    this.noun = noun;
    this.recordBytes = recordBytes;
    this.channel = channel;
    this.written = written;
  }

  /**
   * Opens the file, keeping the records of an earlier run if their header is the same.
   *
   * @param header of all that the records depend on, their layout included
   * @param noun what a record is, for messages
   * @param payloadBytes of a record
   * @throws InputException if it cannot be written
   */
  public static RecordFile open(Path file, String header, String noun, int payloadBytes) {
    byte[] padded = new byte[HEADER_BYTES];
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    if (text.length > HEADER_BYTES) {
      throw new IllegalArgumentException("header of " + text.length + " bytes is too long");
    }
    System.arraycopy(text, 0, padded, 0, text.length);
    FileChannel channel = null;
    try {
      AtomicFile.createFolder(file.toAbsolutePath().getParent());
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      int records = 0;
      int recordBytes = payloadBytes + CHECKSUM_BYTES;
      if (startsWith(channel, padded)) {
        records = (int) ((channel.size() - HEADER_BYTES) / recordBytes);
      } else {
        channel.truncate(0);
        writeFully(channel, ByteBuffer.wrap(padded), 0);
      }
      return new RecordFile(file, noun, recordBytes, channel, records);
    } catch (IOException e) {
      closeAfter(channel, e);
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  /** How many records are there. */
  public int size() {
    return written;
  }

  /** An empty record to be filled to its end and given to {@link #append}. */
  public ByteBuffer blank() {
    ByteBuffer record = ByteBuffer.allocate(recordBytes).order(ByteOrder.LITTLE_ENDIAN);
    return record.limit(recordBytes - CHECKSUM_BYTES);
  }

  /** Appends a record that was filled to its limit. */
  public void append(ByteBuffer filled) {
    if (filled.hasRemaining() || filled.capacity() != recordBytes) {
      throw new IllegalArgumentException(filled + " is no filled record");
    }
    filled.limit(recordBytes);
    filled.putInt(checksum(filled));
    filled.flip();
    try {
      writeFully(channel, filled, offset(written));
    } catch (IOException failure) {
      throw AtomicFile.cannotWrite(file, failure);
    }
    written++;
  }

  /**
   * Reads one record.
   *
   * @return little-endian, from the record's first byte to its last
   * @throws InputException if the record is damaged
   */
  public ByteBuffer read(int index) {
    ByteBuffer record = ByteBuffer.allocate(recordBytes).order(ByteOrder.LITTLE_ENDIAN);
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
    record.position(recordBytes - CHECKSUM_BYTES);
    if (checksum(record) != record.getInt()) {
      throw damaged(index);
    }
    return record.flip().limit(recordBytes - CHECKSUM_BYTES);
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

  private InputException damaged(int index) {
    return new InputException(
        file, noun + " " + index + ": checksum does not match", "delete the file and run again");
  }

  private long offset(int index) {
    return HEADER_BYTES + (long) index * recordBytes;
  }

  /** Over everything before the buffer's position. */
  private static int checksum(ByteBuffer record) {
    CRC32C crc = new CRC32C();
    crc.update(record.duplicate().flip());
    return (int) crc.getValue();
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
