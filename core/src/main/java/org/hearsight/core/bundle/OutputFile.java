package org.hearsight.core.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/**
 * The files a command is about to write, checked before it begins: none may be one of its inputs or
 * lie in one, none may lie in a model, an encoder or a data set, and no two may be the same.
 */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Refuses outputs that would destroy something.
   *
   * @param outputs files to be written; null elements are left out
   * @param inputs files and folders that are read; null elements are left out
   * @throws InputException naming the first output that may not be written
   */
  public static void require(Collection<Path> outputs, Collection<Path> inputs) {
    List<Path> before = new ArrayList<>();
    for (Path output : outputs.stream().filter(Objects::nonNull).toList()) {
      AtomicFile.requireNoFolder(output);
      if (isDevice(output)) {
        continue;
      }
      Path real = real(output);
      for (Path input : inputs.stream().filter(Objects::nonNull).toList()) {
        Path realInput = real(input);
        if (real.equals(realInput)) {
          throw refuse(output, "is read by this command, too: it would be replaced");
        }
        if (Files.isDirectory(realInput) && real.startsWith(realInput)) {
          throw refuse(output, "lies in a folder that this command reads (" + input + ")");
        }
      }
      refuseInside(output, real);
      if (before.contains(real)) {
        throw refuse(output, "is to be written twice");
      }
      before.add(real);
    }
  }

  private static void refuseInside(Path output, Path real) {
    for (Path folder = real.getParent(); folder != null; folder = folder.getParent()) {
      for (FolderKind kind : FolderKind.values()) {
        if (kind.isIn(folder)) {
          throw refuse(output, "lies in " + kind.words() + " (" + folder + ")");
        }
      }
    }
  }

  /** As {@code /dev/stdout}: nothing is replaced there. */
  private static boolean isDevice(Path output) {
    return Files.exists(output) && !Files.isRegularFile(output);
  }

  /** Without links, for as much of the path as there is. */
  static Path real(Path path) {
    Path there = path.toAbsolutePath().normalize();
    Path rest = null;
    while (there != null) {
      try {
        Path real = there.toRealPath();
        return rest == null ? real : real.resolve(rest);
      } catch (IOException e) {
        Path name = there.getFileName();
        rest = rest == null ? name : name.resolve(rest);
        there = there.getParent();
      }
    }
    return path.toAbsolutePath().normalize();
  }

  private static InputException refuse(Path output, String problem) {
    return new InputException(output, problem, "choose another file");
  }
}
