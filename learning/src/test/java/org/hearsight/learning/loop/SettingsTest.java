package org.hearsight.learning.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearsight.core.error.InputException;
import org.hearsight.learning.pretrain.SeldPretrainConfig;
import org.hearsight.learning.pretrain.VisionConfig;
import org.hearsight.learning.train.TrainConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations from outside: what a file says, what is refused, what the documents say of it. */
class SettingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9_.]+)` \\|[^|]*\\| `([^`]*)` .*");

  @TempDir private Path folder;

  private static Stream<Object> defaults() {
    return Stream.of(
        TrainConfig.defaults(), SeldPretrainConfig.baseline(), VisionConfig.defaults());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("config.json"), text);
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void aWholeDocumentGivesTheSameConfiguration(Object config) throws IOException {
    assertThat(Settings.read(file(Settings.document(config).toPrettyString()), config))
        .isEqualTo(config);
    assertThat(Settings.read(file("{}"), config)).isEqualTo(config);
  }

  @Test
  void aFileSaysWhatDiffers() throws IOException {
    TrainConfig read =
        Settings.read(
            file("{\"stage1\": {\"rate\": 2}, \"model\": {\"fusion\": \"seed\"}}"),
            TrainConfig.defaults());

    assertThat(read)
        .isEqualTo(TrainConfig.defaults().with("stage1.rate", 2.0).with("model.fusion", "seed"))
        .isNotEqualTo(TrainConfig.defaults());
  }

  @Test
  void theConfigurationOfACardIsTaken() throws IOException {
    TrainConfig config = TrainConfig.defaults().withSeed(5);
    String document = Settings.document(config).toString();
    Path model = file("{\"taxonomy\": {}, \"provenance\": {\"config\": " + document + "}}");
    assertThat(Settings.read(model, TrainConfig.defaults())).isEqualTo(config);
    Path report = file("{\"config\": " + document + ", \"epochs\": []}");
    assertThat(Settings.read(report, TrainConfig.defaults())).isEqualTo(config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"stage1\": {\"epoch\": 2}} | stage1.epoch: there is no such field; did you mean"
            + " stage1.epochs?",
        "{\"blind_share\": 0.5} | blind_share: there is no such field; did you mean"
            + " augmentation.blind_share?",
        "{\"stage1\": {\"colour\": 2}} | stage1.colour: there is no such field; known are"
            + " stage1.epochs, stage1.rate, stage1.visual_projection_rate",
        "{\"frozen_share\": 0.5, \"mirror_share\": 0.5} | frozen_share: there is no such field; did"
            + " you mean encoder.frozen_share?",
        "{\"optimizer\": {\"batch\": \"32\"}} | optimizer.batch: \"32\", expected a whole number",
        "{\"optimizer\": {\"batch\": 2.5}} | optimizer.batch: 2.5, expected a whole number",
        "{\"optimizer\": {\"batch\": null}} | optimizer.batch: null, expected a whole number",
        "{\"optimizer\": {\"batch\": 0}} | optimizer.batch: 0, expected 1 or more",
        "{\"optimizer\": 3} | optimizer: 3, expected an object of fields",
        "{\"model\": {\"fusion\": \"nuclear\"}} | model.fusion: nuclear, expected seed or spatial",
        "{\"model\": {\"dropout\": 1}} | model.dropout: 1, expected a share from 0 to below 1",
        "{\"stage2\": {\"encoder_rate\": -1}} | stage2.encoder_rate: -1, expected a positive"
            + " number",
        "{\"seed\": 1, \"seed\": 2} | Duplicate",
        "[1] | is not a JSON object",
      })
  void whatDoesNotFitIsRefusedByName(String text, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> Settings.read(file, TrainConfig.defaults()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message)
        .hasMessageContaining("; ");
  }

  @Test
  void theExampleIsRead() {
    TrainConfig example = Settings.read(DOCS.resolve("train-example.json"), TrainConfig.defaults());
    assertThat(example.stage1())
        .isEqualTo(new TrainConfig.Stage1(12, 0.002, 1.5e-3, RateSchedule.CONSTANT));
    assertThat(example.optimizer()).isEqualTo(new OptimizerConfig(16, 0, 0, 0.3));
    assertThat(example.augmentation()).isEqualTo(new TrainConfig.Augmentation(0.5, 0.2, 0.2, 0.1));
  }

  /** Every field is listed, no other is, and with its default. */
  @Test
  void theDocumentListsEveryFieldWithItsDefault() throws IOException {
    Map<String, Map<String, String>> listed = new LinkedHashMap<>();
    String command = "";
    for (String line : Files.readAllLines(DOCS.resolve("training.md"))) {
      command = line.startsWith("## ") ? line.substring(3) : command;
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        listed
            .computeIfAbsent(command, c -> new LinkedHashMap<>())
            .put(row.group(1), number(row.group(2)));
      }
    }
    assertThat(listed.get("train")).isEqualTo(fields(TrainConfig.defaults()));
    assertThat(listed.get("pretrain")).isEqualTo(fields(SeldPretrainConfig.baseline()));
    assertThat(listed.get("pretrain-vision")).isEqualTo(fields(VisionConfig.defaults()));
  }

  private static Map<String, String> fields(Object config) throws JsonProcessingException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> e : Settings.fields(Settings.document(config)).entrySet()) {
      fields.put(e.getKey(), number(e.getValue().toString()));
    }
    return fields;
  }

  /** However the number is written. */
  private static String number(String text) throws JsonProcessingException {
    return JSON.readTree(text).toString();
  }
}
