package org.hearsight.core.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.core.error.InputException;

/**
 * A file that is either wholly there or not there at all: written under a temporary name in the
 * same folder, forced to disk, renamed, and the folder forced after it, so that a file that is
 * there after a power failure is whole, too.
 */
public final class AtomicFile {
  /** Ends every temporary name; readers of folders pass such files over. */
  public static final String PARTIAL = ".partial";

  private static final Pattern TEMPORARY =
      Pattern.compile("\\..*\\.(" + WriterId.PATTERN.pattern() + ")\\.partial");

  /**
   * Of the file's own name in its temporary one, characters: enough to tell a person what it was,
   * and short enough that a name of 255 bytes has a temporary one as well.
   */
  private static final int KEPT_OF_NAME = 24;

  /** Folders this process has looked through for what killed ones left; once is enough. */
  private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

  private static final boolean WINDOWS =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

  private AtomicFile() {}

  /** Writes a file's content to the stream it is given. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Fills the file it is given, for writers that want a path and not a stream. */
  @FunctionalInterface
  public interface Filler {
    void fill(Path temporary) throws IOException;
  }

  /**
   * Writes {@code target} in one step; parent folders are made.
   *
   * @throws InputException if the folder cannot be written or the disk is full; nothing
   *     half-written stays
   */
  public static void write(Path target, Content content) {
    fill(
        target,
        temporary -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
            content.writeTo(out);
          }
        });
  }

  /** Writes UTF-8 text in one step, as {@link #write}. */
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** As {@link #write}, for a writer that opens the (temporary) path itself. */
  public static void fill(Path target, Filler filler) {
    try (Pending pending = begin(target)) {
      filler.fill(pending.temporary());
      pending.commit();
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /**
   * Begins a file that is written step by step; parent folders are made. A device or a pipe, as
   * {@code /dev/stdout}, is written as it is: nothing may be renamed over it.
   *
   * @throws InputException if it cannot be made
   */
  public static Pending begin(Path target) {
    requireNoFolder(target);
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return new Pending(target, target);
    }
    Path folder = target.toAbsolutePath().getParent();
    createFolder(folder);
    if (SWEPT.add(folder)) {
      discardLeftOversIn(folder);
    }
    String name = target.getFileName().toString();
    Path temporary =
        folder.resolve(
            "."
                + name.substring(0, Math.min(name.length(), KEPT_OF_NAME))
                + "."
                + WriterId.next()
                + PARTIAL);
    Leftovers.add(temporary); // a stopped process (Ctrl-C) leaves none of them behind
    return new Pending(temporary, target);
  }

  /**
   * Refuses a folder where a file is to be written; long work asks before it begins.
   *
   * @param target null where nothing is to be written
   * @throws InputException if it is one
   */
  public static void requireNoFolder(Path target) {
    if (target != null && Files.isDirectory(target)) {
      throw new InputException(target, "is a folder, expected a file", "give the file's name too");
    }
  }

  /**
   * Deletes what killed processes left unfinished in a folder and below: files under a temporary
   * name whose process runs no more.
   *
   * @throws InputException if the folder cannot be read or a file not be deleted
   */
  public static void discardLeftOvers(Path folder) {
    for (Path file : FolderListing.deepestFirst(folder)) {
      if (isLeftOver(file)) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          throw cannotWrite(file, e);
        }
      }
    }
  }

  /** What cannot be looked through or deleted stays: the file that is to be written is another. */
  private static void discardLeftOversIn(Path folder) {
    try {
      for (Path file : FolderListing.entries(folder)) {
        if (isLeftOver(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | InputException e) {
      SWEPT.remove(folder);
    }
  }

  private static boolean isLeftOver(Path file) {
    Matcher name = TEMPORARY.matcher(file.getFileName().toString());
    return name.matches() && !WriterId.mayBeAlive(name.group(1));
  }

  /** A file under its temporary name; closing it before {@link #commit} discards it. */
  public static final class Pending implements AutoCloseable {
    private final Path temporary;
    private final Path target;

    private Pending(Path temporary, Path target) {
      this.temporary = temporary;
      this.target = target;
    }

    /** Where to write. */
    public Path temporary() {
      return temporary;
    }

    /** Forces the content to disk and gives the file its name; the writer has closed it. */
    public void commit() throws IOException {
      if (!temporary.equals(target)) {
        force(temporary, StandardOpenOption.WRITE);
        move(temporary, target);
        forceFolder(temporary.getParent());
      }
    }

    @Override
    public void close() {
      if (!temporary.equals(target)) {
        discard(temporary);
      }
    }
  }

  /**
   * Makes a folder and its parents.
   *
   * @throws InputException if it cannot be made
   */
  public static void createFolder(Path folder) {
    Path there = folder.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      Files.createDirectories(folder);
      for (Path made = folder.toAbsolutePath(); !made.equals(there); made = made.getParent()) {
        forceFolder(made.getParent());
      }
    } catch (IOException e) {
      if (there != null && !Files.isDirectory(there)) {
        throw new InputException(there, "is a file, expected a folder", "choose another folder", e);
      }
      throw cannotWrite(folder, e);
    }
  }

  /** The one line for a path that cannot be written, with the operating system's reason. */
  public static InputException cannotWrite(Path target, IOException e) {
    return InputException.environment(
        target, cannotWriteReason(e), "check that the folder is writable and the disk has room", e);
  }

  /** The operating system's reason, as in {@code cannot be written: permission denied}. */
  public static String cannotWriteReason(IOException e) {
    return "cannot be written: " + InputFile.reason(e);
  }

  private static void force(Path path, OpenOption how) throws IOException {
    boolean unused =
        Uninterrupted.call(
            () -> {
              try (FileChannel channel = FileChannel.open(path, how)) {
                channel.force(true);
                return true;
              }
            });
  }

  /**
   * Forces a folder's entries to disk: what was renamed or made in it stays so after a power
   * failure.
   *
   * @throws InputException if the system refuses it
   */
  public static void forceFolder(Path folder) {
    if (WINDOWS) {
      return; // opens no folders, and keeps their entries in its own journal
    }
    try {
      force(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void discard(Path temporary) {
    // The first failure is the one to report; what stays is tried again when the process ends, and
    // keeps its telling ".partial" name.
    boolean unused = Leftovers.discard(temporary);
  }
}
