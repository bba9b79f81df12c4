package org.hearsight.learning.encode;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.InputFile;

/**
 * Records of one size in one memory-mapped file: computed once, read in every epoch.
 *
 * <p>A header line (whatever the records depend on, padded to {@value #HEADER_BYTES} bytes) is
 * followed by the records, each with its CRC-32C. Writing appends whole records, so a stopped run
 * goes on where it was. Opening checks every record: a file with another header is begun anew, and
 * a damaged record is dropped with all that follow it, to be made again.
 *
 * <p>Reading is for many threads, appending for one. One process may write, or several may read: a
 * file that shrinks under its mapping would stop the JVM.
 */
public final class RecordFile implements Closeable {
  private static final int HEADER_BYTES = 512;
  private static final int CHECKSUM_BYTES = 4;

  /** Begins every header, so that such a file is known from any other. */
  private static final String MAGIC = "hearsight records: ";

  /** What headers began with before all of them began alike. */
  private static final List<String> MAGIC_BEFORE = List.of("Layout[", "seld windows ");

  /** A mapping holds at most so many bytes; Java's reach to 2 GiB. */
  private static final long MAPPED_BYTES = 256L << 20;

  private final Path file;
  private final byte[] header;
  private final int recordBytes;
  private final int recordsAMap;
  private final FileChannel channel;
  private final Map<Integer, MappedByteBuffer> maps = new ConcurrentHashMap<>();
  private FileLock lock;
  private int written;
  private int dropped;

  private RecordFile(Path file, byte[] header, int recordBytes, FileChannel channel) {
    this.file = file;
    this.header = header;
    this.recordBytes = recordBytes;
    this.recordsAMap = (int) Math.max(1, MAPPED_BYTES / recordBytes);
    this.channel = channel;
  }

  /**
   * Opens the file, keeping the sound records of an earlier run if their header is the same.
   *
   * @param header of all that the records depend on, their layout included
   * @param payloadBytes of a record
   * @throws InputException if it cannot be written, or another process uses it otherwise
   */
  public static RecordFile open(Path file, String header, int payloadBytes) {
    byte[] padded = new byte[HEADER_BYTES];
    byte[] text = (MAGIC + header).getBytes(StandardCharsets.UTF_8);
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
      RecordFile records = new RecordFile(file, padded, payloadBytes + CHECKSUM_BYTES, channel);
      records.claim();
      records.begin();
      // Reading leaves no trace by itself, and clearing goes by when a file was last of use.
      Path unused = Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return records;
    } catch (IOException e) {
      closeAfter(channel, e);
      throw AtomicFile.cannotWrite(file, e);
    } catch (RuntimeException e) {
      closeAfter(channel, e);
      throw e;
    }
  }

  /** Is it such a file, whatever its records are? */
  static boolean isOne(Path file) {
    try (InputStream in = InputFile.stream(file)) {
      String start = new String(in.readNBytes(MAGIC.length()), StandardCharsets.UTF_8);
      return start.equals(MAGIC) || MAGIC_BEFORE.stream().anyMatch(start::startsWith);
    } catch (InputException | IOException e) {
      return false;
    }
  }

  /**
   * Deletes such a file, unless somebody has it open.
   *
   * @return whether it is gone
   * @throws InputException if it cannot be deleted
   */
  static boolean delete(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock alone = channel.tryLock();
      if (alone != null) {
        Files.delete(file);
      }
      return alone != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process has it open
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  /** Alone, to write, if nobody else is there; else among readers. */
  private void claim() throws IOException {
    try {
      lock = channel.tryLock();
      if (lock == null) {
        lock = channel.tryLock(0, Long.MAX_VALUE, true);
      }
    } catch (OverlappingFileLockException e) {
      throw inUse();
    }
    if (lock == null) {
      throw inUse();
    }
  }

  private InputException inUse() {
    return InputException.environment(
        file, "is in use by another run", "wait for it, or give each a cache of its own");
  }

  private void begin() throws IOException {
    if (startsWith(header)) {
      int found = (int) ((channel.size() - HEADER_BYTES) / recordBytes);
      written = found;
      written = sound();
      dropped = found - written;
    }
    long end = offset(written);
    if (written == 0 || channel.size() != end) {
      requireWriter();
      channel.truncate(written == 0 ? 0 : end);
      if (written == 0) {
        writeFully(ByteBuffer.wrap(header), 0);
      }
    }
  }

  private void requireWriter() {
    if (lock.isShared()) {
      throw inUse();
    }
  }

  /** How many records from the first on are undamaged. */
  private int sound() throws IOException {
    // Not mapped: a file that is mapped cannot be cut on some systems.
    ByteBuffer record = ByteBuffer.allocate(recordBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < written; i++) {
      record.clear();
      readFully(record, offset(i));
      record.position(recordBytes - CHECKSUM_BYTES);
      if (checksum(record) != record.getInt()) {
        return i;
      }
    }
    return written;
  }

  /** How many records are there. */
  public int size() {
    return written;
  }

  /** How many records of an earlier run were dropped on opening, since one of them was damaged. */
  public int dropped() {
    return dropped;
  }

  /** An empty record to be filled to its end and given to {@link #append}. */
  public ByteBuffer blank() {
    ByteBuffer record = ByteBuffer.allocate(recordBytes).order(ByteOrder.LITTLE_ENDIAN);
    return record.limit(recordBytes - CHECKSUM_BYTES);
  }

  /**
   * Appends a record that was filled to its limit.
   *
   * @throws CancellationException if the thread is interrupted; what was written of the record is
   *     found to be damaged when the file is opened again
   */
  public void append(ByteBuffer filled) {
    if (filled.hasRemaining() || filled.capacity() != recordBytes) {
      throw new IllegalArgumentException(filled + " is not a filled record");
    }
    requireWriter();
    filled.limit(recordBytes);
    filled.putInt(checksum(filled));
    filled.flip();
    try {
      writeFully(filled, offset(written));
    } catch (ClosedByInterruptException stopped) {
      throw (CancellationException) new CancellationException("stopped").initCause(stopped);
    } catch (IOException failure) {
      throw AtomicFile.cannotWrite(file, failure);
    }
    written++;
  }

  /**
   * Appends records of another file as they are.
   *
   * @param from of them, the first to append; all that follow it are appended as well
   * @throws IllegalArgumentException if they depend on something else than those of this file
   */
  void appendAll(RecordFile other, int from) {
    if (!Arrays.equals(header, other.header)) {
      throw new IllegalArgumentException(other.file + " has another header than " + file);
    }
    for (int i = from; i < other.size(); i++) {
      append(blank().put(other.read(i)));
    }
  }

  /** Nothing more will be appended: other processes may read from now on. */
  public void finish() {
    try {
      if (!lock.isShared()) {
        lock.release();
        lock = channel.lock(0, Long.MAX_VALUE, true);
      }
    } catch (FileLockInterruptionException | ClosedByInterruptException stopped) {
      throw (CancellationException) new CancellationException("stopped").initCause(stopped);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  /**
   * One record as it lies in the file.
   *
   * @return read-only, little-endian, from the record's first byte to its last
   * @throws IndexOutOfBoundsException if there is no such record
   */
  public ByteBuffer read(int index) {
    return whole(Objects.checkIndex(index, written)).limit(recordBytes - CHECKSUM_BYTES);
  }

  /** A record with its checksum. */
  private ByteBuffer whole(int index) {
    int place = index % recordsAMap * recordBytes;
    MappedByteBuffer map = maps.get(index / recordsAMap);
    if (map == null || map.capacity() < place + recordBytes) {
      map = map(index / recordsAMap);
    }
    return map.slice(place, recordBytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private MappedByteBuffer map(int number) {
    int first = number * recordsAMap;
    long bytes = (long) Math.min(recordsAMap, written - first) * recordBytes;
    try {
      MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, offset(first), bytes);
      maps.put(number, map);
      return map;
    } catch (IOException e) {
      throw InputException.environment(file, "cannot be read", "delete it to have it made anew", e);
    }
  }

  @Override
  public void close() {
    maps.clear();
    try {
      channel.close();
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
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

  private boolean startsWith(byte[] header) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(header.length);
    readFully(found, 0);
    return Arrays.equals(found.array(), header);
  }

  /** Until the buffer is full or the file ends. */
  private void readFully(ByteBuffer into, long at) throws IOException {
    while (into.hasRemaining() && channel.read(into, at + into.position()) >= 0) {
      // read on
    }
  }

  private void writeFully(ByteBuffer bytes, long at) throws IOException {
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private static void closeAfter(FileChannel channel, Exception failure) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
