package org.hearsight.app.console;

import org.hearsight.learning.engine.TorchEngine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where libtorch computes. */
public final class DeviceOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private String name;

  /** Takes the name that was asked for. */
  @Option(
      names = "--device",
      defaultValue = "cpu",
      paramLabel = "NAME",
      description = "cpu, gpu or gpu:N (default: ${DEFAULT-VALUE}).")
  void set(String asked) {
    if (!TorchEngine.isDeviceName(asked)) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--device': '" + asked + "' is not cpu, gpu or gpu:N");
    }
    name = asked;
  }

  public String name() {
    return name;
  }
}
