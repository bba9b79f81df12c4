package org.hearsight.app.console;

import picocli.CommandLine.Option;

/** Where libtorch computes. */
public final class DeviceOption {
  @Option(
      names = "--device",
      defaultValue = "cpu",
      paramLabel = "NAME",
      description = "cpu, gpu or gpu:N (default: ${DEFAULT-VALUE}).")
  private String name;

  public String name() {
    return name;
  }
}
