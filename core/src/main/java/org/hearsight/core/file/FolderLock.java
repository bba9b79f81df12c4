package org.hearsight.core.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hearsight.core.error.InputException;

/**
 * The right to write into a folder, held by one process and in it by one piece of work at a time.
 *
 * <p>The file {@code .hearsight.lock} says who holds it; what counts is the operating system's lock
 * on it, which ends with the process, so a killed one leaves nothing that has to be removed by
 * hand. File locks are not known between machines on every network file system.
 */
public final class FolderLock implements AutoCloseable {
  /** Name of the lock file; readers of folders pass it over. */
  public static final String NAME = ".hearsight.lock";

  /**
   * What this process holds. A lock belongs to the process, and closing any stream on its file
   * would give it up, so the file is not touched again while it stands here.
   */
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  private static final Object MISSING = new Object();

  private final Path key;
  private final Path file;
  private final FileChannel channel;
  private boolean made;

  private FolderLock(Path key, Path file, FileChannel channel) {
    this.key = key;
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock; folder and parents are made. A folder that was made for it goes with it, unless
   * something was written into it.
   *
   * @param work what is done, as in {@code train}; named where another one is refused
   * @throws InputException naming who holds it, or if the folder cannot be made
   */
  public static FolderLock take(Path folder, String work) {
    boolean there = Files.exists(folder);
    AtomicFile.createFolder(folder);
    Path key;
    try {
      key = folder.toRealPath();
    } catch (IOException e) {
      throw InputFile.cannotRead(folder, e);
    }
    String holder = work + ", " + WriterId.words();
    String other = HELD.putIfAbsent(key, holder);
    if (other != null) {
      throw inUse(folder, other);
    }
    boolean taken = false;
    try {
      FolderLock lock = Uninterrupted.call(() -> lockFile(folder, key, holder));
      lock.made = !there;
      taken = true;
      return lock;
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    } finally {
      if (!taken) {
        HELD.remove(key);
      }
    }
  }

  /**
   * Does some work while holding the lock.
   *
   * @throws InputException as {@link #take}, or what the work throws
   */
  public static <T> T holding(Path folder, String name, Supplier<T> work) {
    FolderLock lock = take(folder, name);
    try {
      return work.get();
    } finally {
      lock.close();
    }
  }

  private static FolderLock lockFile(Path folder, Path key, String holder) throws IOException {
    Path file = key.resolve(NAME);
    while (true) {
      // The one before may remove the file between our opening and our locking it; then the lock
      // would be on a file that nobody else can find. The same file before and after says it is
      // not.
      Object before = fileKey(file);
      FileChannel channel;
      try {
        channel =
            FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException e) {
        continue; // removed in between; begin again
      }
      boolean kept = false;
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw inUse(folder, read(channel));
        }
        if (before.equals(existingKey(file))) {
          write(channel, holder);
          Leftovers.add(file);
          kept = true;
          return new FolderLock(key, file, channel);
        }
      } finally {
        if (!kept) {
          channel.close();
        }
      }
    }
  }

  /** What tells the file from another one of the same name; makes it where it is missing. */
  private static Object fileKey(Path file) throws IOException {
    Object there = existingKey(file);
    while (there.equals(MISSING)) {
      FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      there = existingKey(file);
    }
    return there;
  }

  private static Object existingKey(Path file) throws IOException {
    try {
      Object key =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return key == null ? "" : key; // Windows has none, and removes no file that is open
    } catch (NoSuchFileException e) {
      return MISSING;
    }
  }

  /** Gives the lock back and removes its file. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file); // while it is locked, so that nobody locks what is removed
      Leftovers.remove(file);
      channel.close();
      if (made) {
        Files.deleteIfExists(key);
      }
    } catch (DirectoryNotEmptyException e) {
      return; // what it was made for is in it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(key);
    }
  }

  private static InputException inUse(Path folder, String holder) {
    return InputException.environment(
        folder,
        "is being written by another process" + (holder.isBlank() ? "" : " (" + holder + ")"),
        "wait for it to end, or choose another folder");
  }

  private static void write(FileChannel channel, String holder) throws IOException {
    channel.truncate(0);
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(holder);
    while (bytes.hasRemaining()) {
      int unused = channel.write(bytes, bytes.position());
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1024);
    int unused = channel.read(bytes, 0);
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }
}
