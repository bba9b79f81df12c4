package org.hearsight.app.console;

import java.util.List;
import org.hearsight.core.audio.ChannelSwap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** In how many channel swaps a SELD network hears each recording: test-time augmentation. */
public final class Swaps {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private List<ChannelSwap> swaps = List.of(ChannelSwap.IDENTITY);

  /** Takes the number that was asked for. */
  @Option(
      names = "--swaps",
      paramLabel = "N",
      description =
          "Channel swaps in which the network hears each recording, answering with their mean: 1,"
              + " 2, 4, 8 or 16, each taking the time of one run (default: 1, the recording as it"
              + " is).")
  void set(int n) {
    // The first so many are closed under composition, so no direction is preferred to its mirror.
    if (n < 1 || n > ChannelSwap.values().size() || Integer.bitCount(n) > 1) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--swaps': " + n + " is none of 1, 2, 4, 8 and 16");
    }
    swaps = ChannelSwap.values().subList(0, n);
  }

  /** The swaps asked for, the identity first. */
  public List<ChannelSwap> list() {
    return swaps;
  }
}
