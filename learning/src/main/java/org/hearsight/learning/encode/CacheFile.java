package org.hearsight.learning.encode;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.hearsight.core.error.InputException;

/**
 * A {@link RecordFile} that was computed from a data set and can be computed again: what may be
 * thrown away.
 *
 * @param file where it lies
 * @param bytes its size
 * @param used when a run last opened it
 */
public record CacheFile(Path file, long bytes, Instant used) {
  /** What the frozen encoders say about scenes, kept by {@code train}. */
  public static final String ENCODED = "encoded";

  /** Place features of scenes, kept by {@code train --location map}. */
  public static final String PLACES = "places";

  /** Windows of recordings, kept by {@code pretrain}. */
  public static final String FEATURES = "features";

  private static final int SHOWN = 16;

  /** As {@link #place} makes it. */
  private static final Pattern NAME =
      Pattern.compile(
          "("
              + ENCODED
              + "|"
              + PLACES
              + "|"
              + FEATURES
              + ")-[0-9a-f]{"
              + SHOWN
              + "}(-[a-z]+)?\\.bin");

  /**
   * Where a cache lies in its folder.
   *
   * @param kind {@link #ENCODED}, {@link #PLACES} or {@link #FEATURES}
   * @param fingerprint of all that its numbers depend on; the file's header has the whole
   * @param part of the data, in small letters; empty where there is one file for all
   */
  public static Path place(Path folder, String kind, String fingerprint, String part) {
    String suffix = part.isEmpty() ? "" : "-" + part;
    return folder.resolve(kind + "-" + fingerprint.substring(0, SHOWN) + suffix + ".bin");
  }

  /**
   * The caches in a folder and below it, by path; links are not followed.
   *
   * @throws InputException if it is not a folder
   */
  public static List<CacheFile> under(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder, "is not a folder", "give a data set, or a folder that has some in it");
    }
    List<CacheFile> found = new ArrayList<>();
    SimpleFileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
            if (a.isRegularFile()
                && NAME.matcher(file.getFileName().toString()).matches()
                && RecordFile.isOne(file)) {
              found.add(new CacheFile(file, a.size(), a.lastModifiedTime().toInstant()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // what cannot be looked into holds none of ours
          }

          @Override
          public FileVisitResult postVisitDirectory(Path at, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(folder, visitor);
    } catch (IOException e) {
      throw new IllegalStateException("the visitor throws nothing", e);
    }
    found.sort(Comparator.comparing(CacheFile::file));
    return found;
  }

  /**
   * Deletes the file, unless a run has it open.
   *
   * @return whether it is gone
   * @throws InputException if it cannot be deleted
   */
  public boolean clear() {
    return RecordFile.delete(file);
  }
}
