package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Every command line that the documents print is one that the parser takes, as printed. */
class PrintedCommandsTest {
  static Stream<PrintedCommands.Printed> printed() throws IOException {
    return PrintedCommands.all().stream();
  }

  private static CommandLine commandLine() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Hearsight.commandLine(nowhere, nowhere);
  }

  @Test
  void thereAreCommands() throws IOException {
    assertThat(printed().map(PrintedCommands.Printed::document)).contains("README.md");
    assertThat(printed().count()).isGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("printed")
  void parses(PrintedCommands.Printed printed) {
    assertThat(printed.words()).as("a command and no prose").isNotEmpty();

    ParseResult parsed = commandLine().parseArgs(printed.words().toArray(String[]::new));

    assertThat(parsed.hasSubcommand()).isTrue();
  }

  /** An option's value may be a command's name, whichever option and whichever command. */
  @Test
  void noValueIsTakenForASubcommand() {
    List<String> tried = new ArrayList<>();
    for (CommandLine command : commandLine().getSubcommands().values()) {
      for (String name : command.getSubcommands().keySet()) {
        for (OptionSpec option : command.getCommandSpec().options()) {
          boolean takesText = option.type() == Path.class || option.type() == String.class;
          if (takesText) {
            ParseResult parsed =
                commandLine()
                    .parseArgs(command.getCommandName(), option.longestName(), name)
                    .subcommand();

            assertThat(parsed.hasSubcommand()).isFalse();
            assertThat(parsed.matchedOption(option.longestName()).originalStringValues())
                .containsExactly(name);
            tried.add(option.longestName());
          }
        }
      }
    }
    assertThat(tried).contains("--download", "--to", "--model");
  }

  /** NUL ends no name, and neither it nor an escape reaches the terminal. */
  @Test
  void namesThatNoFileCanHaveAreWrongUsage() {
    int tried = 0;
    for (CommandLine command : commandLine().getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (option.type() == Path.class) {
          Cli.Result refused =
              Cli.run(command.getCommandName(), option.longestName(), "a\0b\u001b");

          assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
          assertThat(refused.errLines()).singleElement().asString().contains("a?b?");
          assertThat(refused.err().strip()).doesNotContain("unexpected", "\0", "\u001b");
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(30);
  }
}
