package org.hearsight.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hearsight.core.error.InputException;

/**
 * Files and folders that must not outlive this process: whoever makes one names it here, deletes it
 * when it is done, and takes its name back. What still stands here when the process ends, in order
 * or not, is deleted then.
 */
public final class Leftovers {
  private static final Set<Path> PATHS = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::discardAll, "discard"));
  }

  private Leftovers() {}

  /** Names a file or a folder, which need not be there yet. */
  public static void add(Path path) {
    PATHS.add(path.toAbsolutePath());
  }

  /** Takes a name back: it was deleted, or is to stay. */
  public static void remove(Path path) {
    PATHS.remove(path.toAbsolutePath());
  }

  /**
   * Deletes all of them, for the one who ends the process without its shutdown hooks. What cannot
   * be deleted stays.
   */
  public static void discardAll() {
    PATHS.forEach(Leftovers::discard);
  }

  /**
   * Deletes a file, or a folder with all that is in it, and takes its name back.
   *
   * @return false if something of it stays
   */
  public static boolean discard(Path path) {
    boolean gone = true;
    for (Path each : deepestFirst(path)) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException e) {
        gone = false;
      }
    }
    if (gone) {
      remove(path);
    }
    return gone;
  }

  private static List<Path> deepestFirst(Path path) {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return List.of(path);
    }
    try {
      return FolderListing.deepestFirst(path);
    } catch (InputException e) {
      return List.of(path);
    }
  }
}
