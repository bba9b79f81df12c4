package org.hearsight.inference;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Packs folders as a build does. */
final class Jars {
  private Jars() {}

  /** Packs what lies in a folder of a root, under its path from the root. */
  static Path pack(Path root, String folder, Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(root.resolve(folder))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        entries.putNextEntry(new JarEntry(name));
        long unused = Files.copy(file, entries);
      }
    }
    return jar;
  }
}
