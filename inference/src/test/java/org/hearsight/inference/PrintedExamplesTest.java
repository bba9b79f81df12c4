package org.hearsight.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that Javadoc and documents print compile against the classes as they are. */
class PrintedExamplesTest {
  private static final Path HOME = Path.of("..");

  /** The classes that users begin with: each must have an example. */
  private static final List<String> ENTRIES =
      List.of(
          "inference/src/main/java/org/hearsight/inference/Hearsight.java",
          "inference/src/main/java/org/hearsight/inference/Listener.java",
          "inference/src/main/java/org/hearsight/inference/Observation.java",
          "inference/src/main/java/org/hearsight/inference/seld/SeldDetector.java",
          "core/src/main/java/org/hearsight/core/audio/Clip.java",
          "core/src/main/java/org/hearsight/core/vision/View.java",
          "core/src/main/java/org/hearsight/core/vision/ViewReader.java",
          "core/src/main/java/org/hearsight/core/imagination/Imagination.java",
          "core/src/main/java/org/hearsight/core/place/PlacePosterior.java");

  private static final Pattern JAVADOC = Pattern.compile("(?s)<pre>\\{@code\n(.*?)\n *\\* }</pre>");
  private static final Pattern MARKDOWN = Pattern.compile("(?s)```java\n(.*?)```");

  @TempDir private Path classes;

  /** What examples take for granted: the parameters of the method they are put into. */
  private static final String BEFORE =
"""
      import static org.hearsight.core.vision.ViewReader.Options.NOTHING;
      import java.nio.file.Path;
      import java.util.ArrayList;
import java.util.List;
      import org.hearsight.core.audio.*;
      import org.hearsight.core.imagination.*;
      import org.hearsight.core.place.*;
      import org.hearsight.core.seld.*;
      import org.hearsight.core.taxonomy.*;
      import org.hearsight.core.vision.*;
      import org.hearsight.inference.*;
      import org.hearsight.inference.seld.*;
      class %s {
        void example(%s) {
""";

  private static final List<String> GIVEN =
      List.of(
          "Hearsight hearsight",
          "Clip clip",
          "View view",
          "float[][] foa",
          "List<Path> recordings",
          "Path picture",
          "Path depth");

  private record Example(String document, String code) {}

  static Stream<Example> printed() {
    Stream<Example> entries =
        ENTRIES.stream()
            .flatMap(
                file ->
                    examples(file, JAVADOC)
                        .map(e -> e.replaceAll("(?m)^ *\\* ?", ""))
                        .toList()
                        .stream()
                        .map(code -> new Example(file, code)));
    // Those of DJL's classes are compiled where DJL is: they stand in HearsightTranslator's tests.
    Stream<Example> documents =
        Stream.of("README.md", "docs/library.md")
            .flatMap(file -> examples(file, MARKDOWN).map(code -> new Example(file, code)))
            .filter(e -> !e.code().contains("Criteria"));
    return Stream.concat(entries, documents);
  }

  private static Stream<String> examples(String file, Pattern pattern) {
    try {
      List<String> found =
          pattern
              .matcher(Files.readString(HOME.resolve(file)))
              .results()
              .map((MatchResult m) -> m.group(1))
              .toList();
      assertThat(found).as("examples in " + file).isNotEmpty();
      return found.stream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theyCompile() throws IOException {
    List<Example> examples = printed().toList();
    List<JavaFileObject> sources = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      sources.add(source("Example" + i, examples.get(i)));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      String path =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      List<String> options = List.of("-proc:none", "-cp", path, "-d", classes.toString());
      boolean done = compiler.getTask(said, files, null, options, null, sources).call();
      assertThat(done).as(said.toString()).isTrue();
    }
    assertThat(sources).hasSizeGreaterThan(ENTRIES.size());
  }

  private static JavaFileObject source(String name, Example example) {
    // What an example declares itself is not given.
    String given =
        GIVEN.stream()
            .filter(
                parameter -> {
                  String variable = parameter.substring(parameter.lastIndexOf(' ') + 1);
                  return !Pattern.compile("[\\w>] " + variable + "( =|\\))")
                      .matcher(example.code())
                      .find();
                })
            .collect(Collectors.joining(", "));
    String text =
        "// "
            + example.document()
            + "\n"
            + BEFORE.formatted(name, given)
            + example.code()
            + "\n}\n}\n";
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
