package org.hearsight.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command lines that README.md, CONTRIBUTING.md and docs print. */
final class PrintedCommands {
  private static final Path HOME = Path.of("..");
  private static final String LAUNCHER = "./hearsight ";
  private static final String INDENTED = "    ";

  /** Between backticks, also over the end of a line. */
  private static final Pattern SPAN = Pattern.compile("`(\\./hearsight [^`]+)`");

  private PrintedCommands() {}

  /**
   * One of them.
   *
   * @param words without the launcher
   */
  record Printed(String document, List<String> words) {
    @Override
    public String toString() {
      return document + ": " + String.join(" ", words);
    }
  }

  /** Those of the application; what the launcher hands to Spark is run by that module's tests. */
  static List<Printed> all() throws IOException {
    return every().stream().filter(p -> !p.words().get(0).equals("spark")).toList();
  }

  private static List<Printed> every() throws IOException {
    List<Printed> all = new ArrayList<>();
    for (Path document : documents()) {
      String text = Files.readString(document);
      String name = HOME.relativize(document).toString();
      StringBuilder prose = new StringBuilder();
      boolean fenced = false;
      for (String line : text.replaceAll("\\\\\n\\s*", "").lines().toList()) {
        if (line.startsWith("```")) {
          fenced = !fenced;
        } else if ((fenced || line.startsWith(INDENTED)) && line.strip().startsWith(LAUNCHER)) {
          all.add(printed(name, line.strip()));
        } else if (!fenced) {
          prose.append(line).append('\n');
        }
      }
      Matcher span = SPAN.matcher(prose);
      while (span.find()) {
        String command = span.group(1).replaceAll("\\s+", " ");
        if (isWhole(command)) {
          all.add(printed(name, command));
        }
      }
    }
    return all;
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
      return Stream.concat(
              Stream.of(HOME.resolve("README.md"), HOME.resolve("CONTRIBUTING.md")),
              docs.filter(f -> f.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  /** Not a command's name alone, as in "see `./hearsight benchmark`", or with parts left out. */
  private static boolean isWhole(String command) {
    return command.contains(" --") && !command.contains("…") && !command.contains("COMMAND");
  }

  private static Printed printed(String document, String line) {
    String command = line.substring(LAUNCHER.length()).replaceAll("\\s+#.*", "").strip();
    return new Printed(document, Arrays.asList(command.split("\\s+")));
  }
}
