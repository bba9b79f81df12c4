package org.hearsight.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java that stands in the documents compiles as it stands there. */
class PrintedLinesTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"README.md, 1", "docs/library.md, 4"})
  void javaInADocumentCompiles(String document, int blocks) throws IOException {
    Matcher found = BLOCK.matcher(Files.readString(Path.of("..").resolve(document)));
    List<JavaFileObject> sources = new ArrayList<>();
    while (found.find()) {
      sources.add(source("Printed" + sources.size(), found.group(1)));
    }
    assertThat(sources).hasSize(blocks);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    boolean compiled =
        compiler
            .getTask(
                null,
                null,
                problems,
                List.of("-d", folder.toString(), "-cp", path, "-proc:none"),
                null,
                sources)
            .call();
    assertThat(problems.getDiagnostics())
        .filteredOn(d -> d.getKind() == Diagnostic.Kind.ERROR)
        .isEmpty();
    assertThat(compiled).isTrue();
  }

  /** The lines in a method that has what they speak of. */
  private static JavaFileObject source(String name, String lines) {
    String text =
        """
        import static org.hearsight.core.vision.ViewReader.Options.NOTHING;
        import java.nio.file.Path;
        import java.util.List;
        import org.hearsight.core.audio.Clip;
        import org.hearsight.core.audio.FeatureScaler;
        import org.hearsight.core.audio.FoaFeatures;
        import org.hearsight.core.imagination.Imagination;
        import org.hearsight.core.seld.SeldEvent;
        import org.hearsight.core.vision.View;
        import org.hearsight.core.vision.ViewReader;
        import org.hearsight.inference.*;
        import org.hearsight.inference.seld.SeldDetector;
        class %s {
          void lines(float[][] foa, List<Path> recordings, Path picture, Path depth%s) {
            %s
          }
        }
        """
            .formatted(
                name,
                lines.contains("Hearsight.load")
                    ? ""
                    : ", Hearsight hearsight, Clip clip, View view",
                lines);
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
