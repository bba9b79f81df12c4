package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Writes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * No command writes over what it reads, nor into a model, an encoder or a data set: held for every
 * option of every command there is, so that a new one cannot forget it.
 */
class OutputOptionsTest {
  private static final List<String> CARDS = List.of("model.json", "encoder.json", "dataset.json");

  @TempDir private Path folder;
  private int made;

  @Test
  void everyOptionThatNamesAFileSaysWhetherItIsReadOrWritten() {
    List<String> undecided = new ArrayList<>();
    int decided = 0;
    for (CommandSpec command : commands()) {
      for (ArgSpec arg : command.args()) {
        if (namesFiles(arg)) {
          boolean reads = has(arg, Reads.class);
          boolean writes = has(arg, Writes.class);
          if (reads == writes) {
            undecided.add(command.qualifiedName() + " " + arg);
          }
          decided++;
        }
      }
    }
    assertThat(undecided).isEmpty();
    assertThat(decided).isGreaterThan(50);
  }

  @TestFactory
  Stream<DynamicTest> anOutputIsNoInputAndLiesInNone() {
    List<DynamicTest> tests = new ArrayList<>();
    for (CommandSpec command : commands()) {
      for (ArgSpec output : command.args()) {
        Writes writes = annotation(output, Writes.class);
        if (writes == null || writes.value() == Writes.Kind.CACHE) {
          continue;
        }
        for (ArgSpec input : command.args()) {
          if (has(input, Reads.class)) {
            tests.add(
                DynamicTest.dynamicTest(
                    command.qualifiedName() + ": " + output + " is " + input,
                    () -> refusesAnInput(command, output, writes.value(), input)));
          }
        }
        for (String card : CARDS) {
          boolean intoData = card.equals("dataset.json") && writes.value() == Writes.Kind.FOLDER;
          if (!intoData) {
            tests.add(
                DynamicTest.dynamicTest(
                    command.qualifiedName() + ": " + output + " beside " + card,
                    () -> refusesAFolderOfOurs(command, output, card)));
          }
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(50);
    return tests.stream();
  }

  @Test
  void twoOutputsAreNotTheSame() throws IOException {
    Path to = folder.resolve("x.json");
    String said = refused("evaluate", "--model", folder("m"), "--to", to, "--answers", to);
    assertThat(said).contains(to + ": is to be written twice");
  }

  private void refusesAnInput(CommandSpec command, ArgSpec output, Writes.Kind kind, ArgSpec input)
      throws IOException {
    boolean aFile = input.paramLabel().contains("FILE");
    Path read = aFile ? file() : folder("in" + made++);
    String words = aFile ? Files.readString(read) : "";
    boolean inside = kind == Writes.Kind.FILE && !aFile;
    Map<ArgSpec, Path> given = new LinkedHashMap<>();
    given.put(output, inside ? read.resolve("imagination.onnx") : read);
    given.put(input, read);
    String said = refused(line(command, given));
    assertThat(said)
        .contains(inside ? "lies in a folder that this command reads" : "is read by this command");
    if (aFile) {
      assertThat(read).hasContent(words);
    } else {
      assertThat(read).isEmptyDirectory();
    }
  }

  private void refusesAFolderOfOurs(CommandSpec command, ArgSpec output, String card)
      throws IOException {
    Path ours = folder("ours" + made++);
    Files.writeString(ours.resolve(card), "{}");
    Path to = ours.resolve("new");
    String said = refused(line(command, Map.of(output, to)));
    assertThat(said).contains(to + ": lies in a");
    assertThat(to).doesNotExist();
  }

  /** The command with these paths, and whatever else the parser asks for. */
  private Object[] line(CommandSpec command, Map<ArgSpec, Path> given) throws IOException {
    Map<ArgSpec, Path> all = new LinkedHashMap<>(given);
    for (ArgSpec arg : command.args()) {
      if (arg.group() == null && arg.required() && !all.containsKey(arg) && namesFiles(arg)) {
        all.put(arg, some(arg));
      }
    }
    for (ArgGroupSpec group : command.argGroups()) {
      boolean chosen = group.args().stream().anyMatch(all::containsKey);
      if (group.multiplicity().min() > 0 && !chosen) {
        ArgSpec first = group.args().iterator().next();
        all.put(first, some(first));
      }
    }
    List<Object> words = new ArrayList<>(List.of(command.qualifiedName().split(" ")));
    words.remove(0);
    all.forEach(
        (arg, path) -> {
          if (arg instanceof OptionSpec option) {
            words.add(option.longestName());
          }
          words.add(value(arg, path));
        });
    for (ArgSpec arg : command.args()) {
      if (arg.required()
          && !namesFiles(arg)
          && arg.group() == null
          && arg instanceof OptionSpec option) {
        words.add(option.longestName());
        words.add("1");
      }
    }
    return words.toArray();
  }

  /** As it stands on the command line: a path, or a word and a path. */
  private static Object value(ArgSpec arg, Path path) {
    String label = arg.paramLabel();
    return label.contains("=")
        ? "name=" + path
        : label.contains(":FILE") ? "a-format:" + path : path;
  }

  private Path some(ArgSpec arg) throws IOException {
    return arg.paramLabel().contains("FILE") ? file() : folder("some" + made++);
  }

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("in" + made++), "as it was");
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** What it says in its one line of refusal. */
  private static String refused(Object... args) {
    Cli.Result result = Cli.run(args);
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.errLines()).hasSize(1);
    return result.err();
  }

  private static List<CommandSpec> commands() {
    List<CommandSpec> all = new ArrayList<>();
    StringWriter nothing = new StringWriter();
    collect(
        Hearsight.commandLine(new PrintWriter(nothing), new PrintWriter(nothing)).getCommandSpec(),
        all);
    return all;
  }

  private static void collect(CommandSpec command, List<CommandSpec> all) {
    all.add(command);
    for (CommandLine sub : command.subcommands().values()) {
      collect(sub.getCommandSpec(), all);
    }
  }

  /** By its type, or by what its help calls its value. */
  private static boolean namesFiles(ArgSpec arg) {
    return isPath(arg.type())
        || Stream.of(arg.auxiliaryTypes()).anyMatch(OutputOptionsTest::isPath)
        || arg.paramLabel().matches("(.*=)?(FILE|DIR)");
  }

  private static boolean isPath(Class<?> type) {
    return Path.class.isAssignableFrom(type) || File.class.isAssignableFrom(type);
  }

  private static boolean has(
      ArgSpec arg, Class<? extends java.lang.annotation.Annotation> annotation) {
    return annotation(arg, annotation) != null;
  }

  private static <A extends java.lang.annotation.Annotation> A annotation(
      ArgSpec arg, Class<A> annotation) {
    return arg.userObject() instanceof AnnotatedElement field
        ? field.getAnnotation(annotation)
        : null;
  }
}
