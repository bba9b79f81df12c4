package org.hearsight.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.Fusion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards as every version so far wrote them; {@code golden/cards/README.md} says which. */
class OlderCardsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/cards");

  @TempDir private Path folder;

  /** A model's folder as it was then: the weights lay beside the graphs. */
  private ModelBundle model(String card) throws IOException {
    Files.writeString(folder.resolve("weights.safetensors"), "weights");
    Files.writeString(ModelBundle.seldEncoder(folder), "hears");
    Files.writeString(ModelBundle.visualEncoder(folder), "sees");
    Files.writeString(ModelBundle.imagination(folder), "imagines");
    Files.copy(GOLDEN.resolve(card), folder.resolve("model.json"));
    return ModelBundle.open(folder);
  }

  private ModelBundle modelWithTraining(String card) throws IOException {
    Files.createDirectories(ModelBundle.training(folder));
    Files.writeString(folder.resolve("training/weights.safetensors"), "weights");
    Files.writeString(ModelBundle.seldEncoder(folder), "hears");
    Files.writeString(ModelBundle.visualEncoder(folder), "sees");
    Files.writeString(ModelBundle.imagination(folder), "imagines");
    Files.copy(GOLDEN.resolve(card), folder.resolve("model.json"));
    return ModelBundle.open(folder);
  }

  private EncoderFolder encoder(String card) throws IOException {
    Files.writeString(folder.resolve("weights.safetensors"), "weights");
    Files.copy(GOLDEN.resolve(card), folder.resolve("encoder.json"));
    return EncoderFolder.open(folder, EncoderCard.SELDNET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model-1-first.json",
        "model-2-cues.json",
        "model-3-int8.json",
        "model-4-checksums.json"
      })
  void everyModelOpensAsOneOfToday(String name) throws IOException {
    ModelBundle model = model(name);

    ModelCard card = model.card();
    assertThat(card.formatVersion()).isEqualTo(ModelCard.FORMAT_VERSION);
    assertThat(card.adapter().fusion()).isEqualTo(Fusion.SPATIAL);
    assertThat(card.adapter().cues()).isEqualTo(!name.contains("first"));
    assertThat(card.visual().int8() != null).isEqualTo(name.matches(".*(int8|checksums).*"));
    assertThat(card.scaler().bands()).isEqualTo(64);
    assertThat(card.provenance().get("best_epoch").asInt()).isEqualTo(7);
    assertThat(card.unknown()).isNull();
    assertThat(model.weights()).isEqualTo(folder.resolve("weights.safetensors"));
    assertThat(model.requireWhole()).isEqualTo(name.contains("checksums") ? 5 : 0);
  }

  @Test
  void aModelWithItsTrainingInsideOpensAndSaysNothingOfUnknownSounds() throws IOException {
    ModelBundle model = modelWithTraining("model-5-training.json");

    assertThat(model.card().formatVersion()).isEqualTo(ModelCard.FORMAT_VERSION);
    assertThat(model.card().unknown()).isNull();
    assertThat(model.card().temperature()).isEqualTo(1.25);
    assertThat(model.requireWhole()).isEqualTo(5);
  }

  /** Its levels by occlusion are not ones by entropy; those of all scenes hold for both. */
  @Test
  void aModelCalibratedByOcclusionKeepsTheLevelsOfAllScenes() throws IOException {
    Calibration calibration = modelWithTraining("model-6-calibration.json").card().calibration();

    assertThat(calibration.regions().bins()).isEmpty();
    assertThat(calibration.regions().at(3).of(0.5)).isEqualTo(0.5);
    assertThat(calibration.confidence()).isEqualTo(new ConfidenceScaling(0.5, 1, -0.25, 0));
  }

  @Test
  void anOlderModelIsWrittenAnewInTheFormOfToday() throws IOException {
    ModelBundle older = model("model-4-checksums.json");
    Path history = Files.writeString(folder.resolve("epochs.csv"), "epoch");
    ModelBundle.begin(folder);
    assertThat(history).doesNotExist();
    assertThat(ModelBundle.weights(folder))
        .isEqualTo(folder.resolve("training/weights.safetensors"));
    Files.createDirectories(ModelBundle.training(folder));
    Files.writeString(ModelBundle.weights(folder), "weights");
    ModelBundle.finish(folder, older.card());
    assertThat(ModelBundle.open(folder).requireWhole()).isEqualTo(5);

    Path own = Files.writeString(folder.resolve("notes.txt"), "mine");
    ModelBundle.delete(folder);
    assertThat(folder.toFile().list()).containsExactly("notes.txt");
    Files.delete(own);
    ModelBundle.delete(folder);
    assertThat(folder).doesNotExist();
  }

  @Test
  void anOlderModelsDamageIsSeen() throws IOException {
    ModelBundle model = model("model-4-checksums.json");
    Files.writeString(model.weights(), "w");
    assertThatThrownBy(model::requireWhole)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(model.weights() + ": is damaged: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"encoder-1-first.json", "encoder-2-seld.json", "encoder-3-checksums.json"})
  void everyEncoderOpensAsOneOfToday(String name) throws IOException {
    EncoderFolder encoder = encoder(name);

    assertThat(encoder.card().formatVersion()).isEqualTo(EncoderCard.FORMAT_VERSION);
    assertThat(encoder.card().backbone()).isEqualTo(AudioBackbone.SELDNET);
    assertThat(encoder.card().seld() != null).isEqualTo(!name.contains("first"));
    assertThat(encoder.checksums().known()).isEqualTo(name.contains("checksums"));
  }

  /** Whatever else is new in it, and whether or not its checksum would fit. */
  @Test
  void aNewerCardIsRefusedByItsNumber() throws IOException {
    ModelBundle model = model("model-4-checksums.json");
    Path file = folder.resolve("model.json");
    String newer =
        Files.readString(file).replaceFirst("\"format_version\": 1", "\"format_version\": 9");
    Files.writeString(file, newer.replace("\"adapter\"", "\"joint\""));
    assertThatThrownBy(() -> ModelBundle.open(model.folder()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": format_version: 9 was written by a newer Hearsight, this one reads up to 5;"
                + " use the version that wrote it, or a newer one");
  }
}
