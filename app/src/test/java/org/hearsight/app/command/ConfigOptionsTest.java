package org.hearsight.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearsight.app.console.ConfigOptions;
import org.hearsight.app.console.Sets;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.seld.DistanceForm;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.pretrain.SeldPretrainConfig;
import org.hearsight.learning.pretrain.VisionConfig;
import org.hearsight.learning.train.TrainConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code --config}, {@code --set} and the options over them, of all three trainings. */
class ConfigOptionsTest {
  private static final Pattern DEFAULT = Pattern.compile("\\(default: (.*?)\\)");

  /** Defaults that are said in words; the fusion is spatial by default. */
  private static final Map<String, String> WORDS =
      Map.of(
          "all",
          "0",
          "yes",
          "true",
          "with spatial fusion, whether an option or a file names it",
          "true");

  @TempDir Path folder;

  static Stream<Arguments> trainings() {
    return Stream.of(
        Arguments.of(new TrainCommand(), TrainConfig.defaults()),
        Arguments.of(new PretrainCommand(), SeldPretrainConfig.baseline()),
        Arguments.of(new PretrainVisionCommand(), VisionConfig.defaults()));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void everyOptionSetsAFieldAndItsHelpSaysTheDefault(Object command, Object defaults) {
    Map<String, JsonNode> fields = Settings.fields(Settings.document(defaults));
    List<String> set = new ArrayList<>();
    for (OptionSpec option : new CommandLine(command).getCommandSpec().options()) {
      if (!(option.userObject() instanceof AnnotatedElement field)
          || !field.isAnnotationPresent(Sets.class)) {
        continue;
      }
      String path = field.getAnnotation(Sets.class).value();
      assertThat(fields).as(option.longestName()).containsKey(path);
      set.add(path);
      Matcher said = DEFAULT.matcher(String.join(" ", option.description()));
      if (said.find()) {
        String text = WORDS.getOrDefault(said.group(1), said.group(1));
        JsonNode value = fields.get(path);
        if (value.isNumber()) {
          assertThat(Double.parseDouble(text)).as(path).isEqualTo(value.asDouble());
        } else {
          assertThat(text).as(path).isEqualTo(value.asText());
        }
      } else {
        assertThat(fields.get(path).isBoolean()).as("%s says no default", path).isTrue();
        assertThat(fields.get(path).asBoolean()).as(path).isFalse();
      }
    }
    assertThat(set).doesNotHaveDuplicates().hasSizeGreaterThan(5);
  }

  @Test
  void optionsWinOverTheFileAndSetOverBoth() throws IOException {
    String file = file("{\"optimizer\": {\"batch\": 4}, \"stage1\": {\"epochs\": 5}, \"seed\": 9}");

    TrainConfig config =
        train("--config", file, "--batch", "8", "--stage1-epochs=6", "--set", "stage1.epochs=7");

    assertThat(config.seed()).isEqualTo(9);
    assertThat(config.optimizer().batch()).isEqualTo(8);
    assertThat(config.stage1().epochs()).isEqualTo(7);
    assertThat(config.stage2()).isEqualTo(TrainConfig.defaults().stage2());
  }

  /** Fewer epochs in all than the file leaves for whole pictures, alone. */
  @Test
  void aFileNeedsToBeValidOnlyWithTheOptions() throws IOException {
    String file = file("{\"schedule\": {\"epochs\": 2, \"full_epochs\": 3}}");

    VisionConfig config = vision("--config", file, "--epochs", "4");

    assertThat(config.schedule().epochs()).isEqualTo(4);
    assertThat(config.schedule().fullEpochs()).isEqualTo(3);
    assertThatThrownBy(() -> vision("--config", file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": schedule.full_epochs: 3, expected 0 to 2; ");
    assertThatThrownBy(() -> vision("--config", file, "--seed", "2"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": schedule.full_epochs: 3, expected 0 to 2; ");
  }

  @Test
  void refusalsNameTheOptionThatWasGiven() throws IOException {
    String file = file("{\"optimizer\": {\"batch\": 4}}");
    assertThatThrownBy(() -> train("--config", file, "--batch", "0"))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("--batch: 0, expected 1 or more; ");
    assertThatThrownBy(() -> train("--batch", "8", "--set", "optimizer.batch=0"))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("optimizer.batch: 0, expected 1 or more; ");
    assertThatThrownBy(() -> train("--set", "stage1.epoch=3"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("stage1.epoch: there is no such field; did you mean stage1.epochs?");
  }

  @Test
  void aPictureEncoderTakesAViewAndHasNoClassifier() {
    assertThatThrownBy(() -> vision("--set", "network.in_channels=3"))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("network.in_channels: 3, expected 5, the planes of a view");
    assertThatThrownBy(() -> vision("--set", "network.classes=10"))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("network.classes: 10, expected 0");
  }

  @Test
  void choicesAreTexts() {
    assertThat(train("--set", "model.location=seed").model().location())
        .isEqualTo(LocationForm.SEED);
    assertThat(train("--location", "seed").model().location()).isEqualTo(LocationForm.SEED);
    SeldPretrainConfig pretraining =
        options(new PretrainCommand(), "--set", "network.distance=log")
            .over(SeldPretrainConfig.baseline());
    assertThat(pretraining.network().distance()).isEqualTo(DistanceForm.LOG);
    assertThatThrownBy(() -> train("--set", "model.location=polar"))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("model.location: polar, expected ");
  }

  /** As in {@code train}, on a schedule of its own. */
  @Test
  void anAblationHasCuesAsItsFusionHasThem() {
    AblateCommand command = new AblateCommand();
    new CommandLine(command)
        .parseArgs("--data", "data", "--to", "to", "--set", "model.fusion=seed");
    TrainConfig whole = command.config();
    assertThat(whole.model().cues()).isFalse();
    assertThat(whole.stage1().epochs()).isEqualTo(6);
  }

  /** On with spatial fusion and off with the seed's, unless something names them. */
  @Test
  void cuesFollowTheFusionHoweverItIsGiven() throws IOException {
    String seed = file("{\"model\": {\"fusion\": \"seed\"}}");
    assertThat(train().model().cues()).isTrue();
    for (String[] given :
        new String[][] {{"--fusion", "seed"}, {"--config", seed}, {"--set", "model.fusion=seed"}}) {
      TrainConfig.Model model = train(given).model();
      assertThat(model.fusion()).isEqualTo(Fusion.SEED);
      assertThat(model.cues()).as(given[0]).isFalse();
      assertThat(train(and(given, "--cues")).model().cues()).as(given[0]).isTrue();
      assertThat(train(and(given, "--set", "model.cues=true")).model().cues()).isTrue();
    }
    assertThat(train("--config", seed, "--fusion", "spatial").model().cues()).isTrue();
    assertThat(train("--no-cues").model().cues()).isFalse();
    String both = file("{\"model\": {\"fusion\": \"seed\", \"cues\": true}}");
    assertThat(train("--config", both).model().cues()).isTrue();
  }

  private static String[] and(String[] first, String... more) {
    return Stream.of(first, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static TrainConfig train(String... args) {
    TrainCommand command = new TrainCommand();
    options(command, args);
    return command.config();
  }

  private static VisionConfig vision(String... args) {
    return options(new PretrainVisionCommand(), args).over(VisionConfig.defaults());
  }

  private static ConfigOptions options(Object command, String... args) {
    CommandLine line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    line.parseArgs(and(new String[] {"--data", "data", "--to", "to"}, args));
    return (ConfigOptions) line.getMixins().get("configuration");
  }

  private String file(String json) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "config", ".json"), json).toString();
  }
}
