package org.hearsight.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.hearsight.learning.train.TrainConfig;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class ConfigOptionsTest {
  @Command
  private static final class Training {
    @Mixin private ConfigOptions config;

    @Option(names = "--stage1-epochs")
    @Sets("stage1.epochs")
    private Integer epochs;

    static TrainConfig config(String... arguments) {
      Training training = new Training();
      new CommandLine(training).parseArgs(arguments);
      return training.config.over(TrainConfig.defaults(), Map.of());
    }
  }

  @Test
  void setWinsOverOptions() {
    assertThat(Training.config("--stage1-epochs", "2").stage1().epochs()).isEqualTo(2);
    assertThat(
            Training.config("--set", "stage1.epochs=3", "--stage1-epochs", "2").stage1().epochs())
        .isEqualTo(3);
  }

  @Test
  void theRefusalNamesWhatWasWritten() {
    assertThatThrownBy(() -> Training.config("--stage1-epochs", "-1"))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("--stage1-epochs:");
    assertThatThrownBy(() -> Training.config("--set", "stage1.epochs=-1", "--stage1-epochs", "2"))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("stage1.epochs:");
  }
}
