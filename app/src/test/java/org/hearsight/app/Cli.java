package org.hearsight.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs commands as a person would, in this process. */
final class Cli {
  private Cli() {}

  /** What came of a command. */
  record Result(int exit, String out, String err) {
    List<String> errLines() {
      return err.lines().toList();
    }
  }

  static Result run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = String.valueOf(args[i]);
    }
    int exit =
        Hearsight.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(words);
    return new Result(exit, out.toString(), err.toString());
  }

  /** A committed file of another module's tests. */
  static Path golden(String module, String file) {
    return Path.of("..", module, "src/test/resources/golden").resolve(file);
  }

  /** A file too big or not free to commit; the test is skipped where it is missing. */
  static Path shared(String name) {
    String set = System.getenv("HEARSIGHT_SHARED");
    Path root = set == null ? besideCheckout() : Path.of(set);
    Path file = root.resolve(name);
    Assumptions.assumeTrue(Files.exists(file), () -> "missing " + file + "; set HEARSIGHT_SHARED");
    return file;
  }

  private static Path besideCheckout() {
    Path at = Path.of("").toAbsolutePath();
    while (at.getParent() != null && !Files.isDirectory(at.resolveSibling("shared/golden"))) {
      at = at.getParent();
    }
    return at.resolveSibling("shared");
  }
}
