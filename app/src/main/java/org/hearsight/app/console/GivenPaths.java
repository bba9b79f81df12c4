package org.hearsight.app.console;

import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hearsight.core.bundle.OutputFile;
import org.hearsight.core.bundle.OutputFolder;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/** The files and folders a command was given, held against each other before it begins. */
final class GivenPaths {
  /** A value that is more than a path, and may hold one. */
  interface NamesFile {
    /** The file; null if there is none. */
    Path file();
  }

  private final List<Path> read = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();

  private GivenPaths() {}

  /**
   * Refuses a command line whose outputs would destroy something.
   *
   * @throws org.hearsight.core.error.InputException naming the output
   */
  static void check(ParseResult parsed) {
    GivenPaths paths = new GivenPaths();
    for (ParseResult part = parsed; part != null; part = part.subcommand()) {
      if (part.isUsageHelpRequested() || part.isVersionHelpRequested()) {
        return;
      }
      // Of options in groups only those that were given have a value.
      for (ArgSpec arg : part.matchedArgs()) {
        paths.add(arg);
      }
      for (ArgSpec arg : part.commandSpec().args()) {
        if (arg.group() == null && !part.matchedArgs().contains(arg)) {
          paths.add(arg);
        }
      }
    }
    OutputFile.require(paths.files, paths.read);
    OutputFolder.require(paths.folders, paths.read);
  }

  private void add(ArgSpec arg) {
    if (!(arg.userObject() instanceof AnnotatedElement field)) {
      return;
    }
    Writes writes = field.getAnnotation(Writes.class);
    if (field.isAnnotationPresent(Reads.class)) {
      read.addAll(paths(arg.getValue()));
    } else if (writes != null && writes.value() == Writes.Kind.FILE) {
      files.addAll(paths(arg.getValue()));
    } else if (writes != null && writes.value() == Writes.Kind.FOLDER) {
      folders.addAll(paths(arg.getValue()));
    }
  }

  /** All paths in an option's value, which may be none, one, several, or by name. */
  private static List<Path> paths(Object value) {
    if (value instanceof Path path) {
      return List.of(path);
    }
    if (value instanceof NamesFile named) {
      return named.file() == null ? List.of() : List.of(named.file());
    }
    Collection<?> several =
        value instanceof Map<?, ?> named
            ? named.values()
            : value instanceof Collection<?> list ? list : List.of();
    return several.stream().filter(Path.class::isInstance).map(Path.class::cast).toList();
  }
}
