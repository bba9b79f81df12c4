package org.hearsight.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders and what lies in them, for tests that copy and damage them. */
final class FileTree {
  private FileTree() {}

  static List<Path> matching(Path folder, String end) {
    return regular(folder).stream().filter(f -> f.toString().endsWith(end)).toList();
  }

  /** All files below that are not empty, or the file itself; none if it is not there. */
  static List<Path> regular(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(f -> Files.isRegularFile(f) && f.toFile().length() > 0).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // it changes while we look
    }
  }

  static Path copied(Path from, Path to) {
    for (Path file : regular(from)) {
      copy(file, to.resolve(from.relativize(file).toString()));
    }
    return to;
  }

  static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
