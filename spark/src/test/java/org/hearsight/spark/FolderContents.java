package org.hearsight.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hearsight.core.file.Sha256;

/** What lies in a folder and below it: SHA-256 of the files by their names. */
public final class FolderContents {
  private FolderContents() {}

  /** Of a folder. */
  public static SortedMap<String, String> of(Path root) throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      content.put(root.relativize(file).toString(), Sha256.of(file));
    }
    return content;
  }
}
