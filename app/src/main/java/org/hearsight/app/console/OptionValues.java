package org.hearsight.app.console;

import java.util.function.Supplier;
import org.hearsight.core.error.InputException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes what a command runs with out of option values alone. */
public final class OptionValues {
  private OptionValues() {}

  /**
   * What the supplier makes of option values; it reads no file.
   *
   * @throws ParameterException wrong usage, where it refuses a value
   */
  public static <T> T of(CommandSpec command, Supplier<T> made) {
    try {
      return made.get();
    } catch (InputException | IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
