package org.hearsight.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for what work needs while it runs; closing it deletes it, and so does the process's end.
 */
public final class ScratchFolder implements AutoCloseable {
  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /** A new, empty one among the system's temporary files. */
  public static ScratchFolder create() {
    return in(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * A new, empty one.
   *
   * @param parent folder that it is made in, and which is made where it is not there
   */
  public static ScratchFolder in(Path parent) {
    try {
      if (!Files.isDirectory(parent)) { // which may be a link to one
        Files.createDirectories(parent);
      }
      Path path = Files.createTempDirectory(parent, "hearsight");
      Leftovers.add(path);
      return new ScratchFolder(path);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(parent, e);
    }
  }

  public Path path() {
    return path;
  }

  /** Deletes what is in it. */
  public void empty() {
    try {
      for (Path p : FolderListing.deepestFirst(path)) {
        if (!p.equals(path)) {
          Files.delete(p);
        }
      }
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(path, e);
    }
  }

  @Override
  public void close() {
    empty();
    try {
      Files.delete(path);
      Leftovers.remove(path);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(path, e);
    }
  }
}
