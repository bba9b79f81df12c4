package org.hearsight.core.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.ConfidenceScaling.Evidence;
import org.hearsight.core.place.ConformalLevels;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelBundleTest {
  @TempDir private Path folder;

  private void writeParts() throws IOException {
    Files.createDirectories(ModelBundle.training(folder));
    Files.writeString(ModelBundle.weights(folder), "weights");
    Files.writeString(ModelBundle.seldEncoder(folder), "hears");
    Files.writeString(ModelBundle.visualEncoder(folder), "sees");
    Files.writeString(ModelBundle.imagination(folder), "imagines");
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    writeParts();
    ModelBundle written = ModelBundle.finish(folder, Cards.model());

    assertThat(ModelBundle.open(folder)).isEqualTo(written);
  }

  @Test
  void theCardIsTextForPeople() throws IOException {
    writeParts();
    ModelBundle.finish(folder, Cards.model());

    assertThat(folder.resolve("model.json"))
        .content()
        .contains("\"fusion\" : \"spatial\"")
        .contains("\"clip_seconds\" : 5.0")
        .contains("\"name\" : \"hazards\"")
        .contains("\"imagination.onnx\" : \"" + Sha256.of("imagines".getBytes(UTF_8)) + "\"")
        .endsWith("}\n");
  }

  @Test
  void aMissingPartIsNamed() throws IOException {
    writeParts();
    ModelBundle.finish(folder, Cards.model());
    Files.delete(ModelBundle.imagination(folder));

    assertThat(refusal(ModelBundle.imagination(folder))).contains("is missing");
  }

  @Test
  void aFolderWithoutACardIsNoModel() throws IOException {
    writeParts();
    assertThat(refusal(folder.resolve("model.json"))).contains("is missing").contains("train");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "format_version" : 5,          | "format_version" : 0,     | format_version: 0, expected 1 or 2 or 3 or 4 or 5
          "threshold" : 0.75             | "threshold" : 1e900       | unknown.threshold: Infinity, expected
          "spread" : [ 1.5,              | "spread" : [ 0,           | unknown.spread: 0, expected
          "known" : [ [ 0.5,             | "known" : [ [             | unknown.known: a centre is not of 256 numbers
          "known" : [ [ 0.5,             | "known" : [ [ null,       | unknown.known: NaN
          "temperature" : 1.25           | "temperature" : 0         | temperature: 0, expected
          "temperature" : 1.25           | "temperature" : 1e900     | temperature: Infinity, expected
          "clip_seconds" : 5.0           | "clip_seconds" : -5       | clip_seconds: -5, expected 0.1 to 600
          "clip_seconds" : 5.0           | "clip_seconds" : 1e9      | clip_seconds: 1.0E9, expected 0.1 to 600
          "clip_seconds" : 5.0           | "clip_seconds" : 0.0001   | clip_seconds: 1.0E-4, expected 0.1 to 600
          "heads" : 8                    | "heads" : 0               | adapter.heads: 0, expected
          "heads" : 8                    | "heads" : 7               | adapter.heads: 7 do not divide
          "width" : 512                  | "width" : -1              | adapter.width: -1, expected
          "width" : 128                  | "width" : -1              | audio: width: -1, expected
          "inputs" : 7                   | "inputs" : 0              | audio: inputs: 0, expected
          "source" : "a.pth"             | "source" : "a\\u0000.pth" | source: holds a control character
          "source" : "a.pth"             | "source" : null           | source: missing
          -3.5                           | 1e30                      | scaler: mean: 1.0E30, expected
          -3.5                           | 1e900                     | scaler: mean:
          2.0                            | 0                         | scaler: std: 0.0 is not positive
          2.0                            | 1e-30                     | scaler: std: 1.0E-30, expected
          2.0                            | 1e30                      | scaler: std: 1.0E30, expected
          "hazards"                      | "haz\\u0000ards"          | name: holds a control character
          "dog"                          | "siren"                   | stands twice
          "fusion" : "spatial"           | "fusion" : "nuclear"      | adapter.fusion:
          "fusion" : "spatial"           | "fusion" : null           | adapter: fusion, location or confidence is missing
          "temperature" : 1.25           | "warmth" : 1.25, "temperature" : 1 | warmth
          "background",                  | ''                        | background first
          "seldnet"                      | "harp"                    | audio.kind: harp, expected seldnet or avcrnn
          "seldnet"                      | "avcrnn"                  | scaler: for 64 bands, expected 257 of avcrnn
          -3.5                           | "NaN"                     | scaler: mean: NaN is not a number
          """)
  void anOlderCardWithAnAbsurdValueIsRefused(String good, String bad, String problem)
      throws IOException {
    writeParts();
    ModelBundle.finish(folder, Cards.model());
    Path file = folder.resolve("model.json");
    String text = Cards.withoutChecksums(Files.readString(file));
    String changed = text.replace(good, bad);
    assertThat(changed).as("the case changes the card").isNotEqualTo(text);
    Files.writeString(file, changed);

    assertThat(refusal(file)).contains(problem);
  }

  @Test
  void anOlderCardWithoutChecksumsOpens() throws IOException {
    writeParts();
    ModelBundle written = ModelBundle.finish(folder, Cards.model());
    assertThat(written.checksums().known()).isTrue();
    Path file = folder.resolve("model.json");
    Files.writeString(file, Cards.withoutChecksums(Files.readString(file)));

    ModelBundle read = ModelBundle.open(folder);
    assertThat(read.card()).isEqualTo(written.card());
    assertThat(read.checksums().known()).isFalse();
    read.requireWhole();
  }

  /** A card of form 2, 3 or 4 says what one of today says; maps came with form 3. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aCardOfTheFormsBeforeOpensAsOneOfToday(int form) throws IOException {
    writeParts();
    ModelBundle written = ModelBundle.finish(folder, Cards.model());
    Path file = folder.resolve("model.json");
    String text = Cards.withoutChecksums(Files.readString(file));
    assertThat(text).contains("\"format_version\" : 5").doesNotContain("place_features");
    Files.writeString(file, text.replace("\"format_version\" : 5", "\"format_version\" : " + form));

    assertThat(ModelBundle.open(folder).card()).isEqualTo(written.card());
  }

  @Test
  void aCardIsRewrittenWithAnotherCalibrationAndNothingElse() throws IOException {
    writeParts();
    ModelBundle before = ModelBundle.finish(folder, Cards.withMap());
    // What the card vouches for stays, whatever lies there now.
    Files.writeString(ModelBundle.weights(folder), "other");
    Calibration calibration =
        new Calibration(
            1.5,
            new ConfidenceScaling(0.5, 1, -2, 0.5),
            new Calibration.Regions(ConformalLevels.of(new double[] {0.25, 0.5}), List.of()),
            new Calibration.FittedOn("calibration", 3, 2, 1, "abc"));

    ModelBundle after = before.rewrite(before.card().withCalibration(2, calibration));

    ModelBundle read = ModelBundle.open(folder);
    assertThat(read).isEqualTo(after);
    assertThat(read.card().temperature()).isEqualTo(2);
    assertThat(read.card().placesTemperature()).isEqualTo(1.5);
    double[] all = new double[PlaceGrid.CELLS];
    Arrays.fill(all, 1.0 / PlaceGrid.CELLS);
    assertThat(read.card().regionLevels(new PlacePosterior(all, 0)).of(0.5)).isEqualTo(0.5);
    assertThat(read.card().confidence(new Evidence(0.5, 1, 0.5))).isLessThan(0.3);
    assertThat(read.card().withCalibration(1.25, null)).isEqualTo(before.card());
    assertThat(read.card().uncalibrated().confidence(new Evidence(0.75, 1, 0.5))).isEqualTo(0.75);
    Map<String, String> parts = new HashMap<>(before.checksums().sums());
    Map<String, String> same = new HashMap<>(read.checksums().sums());
    assertThat(same.remove("model.json")).isNotEqualTo(parts.remove("model.json"));
    assertThat(same).isEqualTo(parts);
    assertThatThrownBy(read::requireWhole).hasMessageContaining("weights.safetensors: is damaged");
    Files.writeString(ModelBundle.weights(folder), "weights");
    assertThat(read.requireWhole()).isEqualTo(5);
  }

  @Test
  void aCardWithoutChecksumsIsRewrittenWithThem() throws IOException {
    writeParts();
    ModelBundle.finish(folder, Cards.model());
    Path file = folder.resolve("model.json");
    Files.writeString(file, Cards.withoutChecksums(Files.readString(file)));
    ModelBundle older = ModelBundle.open(folder);

    ModelBundle unused = older.rewrite(older.card().withCalibration(3, null));

    assertThat(ModelBundle.open(folder).requireWhole()).isEqualTo(5);
  }

  @Test
  void aMapOfOtherFeaturesIsRefused() throws IOException {
    writeParts();
    ModelBundle written = ModelBundle.finish(folder, Cards.withMap());
    assertThat(ModelBundle.open(folder).card()).isEqualTo(written.card());
    Path file = folder.resolve("model.json");
    String text = Cards.withoutChecksums(Files.readString(file));
    for (String other : List.of("99", "null")) {
      Files.writeString(
          file,
          text.replace(
              "\"place_features\" : " + PlaceFeatures.VERSION, "\"place_features\" : " + other));

      assertThat(refusal(file)).contains("adapter.place_features: " + other + ", but this version");
    }
  }

  /** Characters all over the card: refused, or of no consequence. */
  @Test
  void noOtherCharacterInTheCardChangesWhatIsRead() throws IOException {
    writeParts();
    ModelBundle written = ModelBundle.finish(folder, Cards.model());
    Path file = folder.resolve("model.json");
    String text = Files.readString(file);
    for (int i = 0; i < text.length(); i += 7) {
      char c = new char[] {'7', 'x', ' ', (char) (text.charAt(i) ^ 1)}[i % 4];
      Files.writeString(file, text.substring(0, i) + c + text.substring(i + 1));
      try {
        assertThat(ModelBundle.open(folder).card()).isEqualTo(written.card());
      } catch (InputException e) {
        assertThat(e).hasMessageStartingWith(file + ": ");
      }
    }
  }

  @Test
  void otherLineEndsAndSpacesAreTheSameCard() throws IOException {
    writeParts();
    ModelBundle written = ModelBundle.finish(folder, Cards.model());
    Path file = folder.resolve("model.json");
    Files.writeString(file, Files.readString(file).replace("\n", "\r\n").replace(" : ", ":"));
    assertThat(ModelBundle.open(folder)).isEqualTo(written);
  }

  @Test
  void everyPartIsHeldAgainstItsChecksum() throws IOException {
    writeParts();
    ModelBundle bundle = ModelBundle.finish(folder, Cards.model());
    bundle.requireWhole();
    bundle.checksums().begin(bundle.weights(), bundle.imagination()).await();
    for (Path part :
        List.of(
            bundle.weights(), bundle.seldEncoder(), bundle.visualEncoder(), bundle.imagination())) {
      byte[] whole = Files.readAllBytes(part);
      byte[] flipped = whole.clone();
      flipped[1] ^= 64;
      Files.write(part, flipped);
      String damaged =
          part
              + ": is damaged: it does not have the checksum in model.json; copy the folder again"
              + " from where it was made, or make it again";
      assertThatThrownBy(ModelBundle.open(folder)::requireWhole).hasMessage(damaged);
      Checksums.Check check = bundle.checksums().begin(part);
      assertThatThrownBy(check::await).isInstanceOf(InputException.class).hasMessage(damaged);
      Files.delete(part);
      assertThatThrownBy(bundle.checksums().begin(part)::await)
          .isInstanceOfSatisfying(
              InputException.class,
              e -> assertThat(e.fault()).isEqualTo(InputException.Fault.MODEL))
          .hasMessage(part + ": is missing; " + Checksums.REMEDY);
      Files.write(part, whole);
    }
  }

  @Test
  void aCardThatDoesNotVouchForAPartIsRefused() throws IOException {
    writeParts();
    ModelBundle.finish(folder, Cards.model());
    Path file = folder.resolve("model.json");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"imagination.onnx\"", "\"imaginatiom.onnx\""));
    assertThat(refusal(file)).contains("checksums: imagination.onnx is missing");
    Files.writeString(file, text.replace("\"temperature\"", "\"temperature\": 3, \"temperature\""));
    assertThat(refusal(file)).contains("Duplicate field 'temperature'");
    Files.writeString(file, Cards.withoutChecksums(text).replace("}\n}", "},\"checksums\": {}}"));
    assertThat(refusal(file)).contains("checksums: is not an object of names");
  }

  @Test
  void aModelIsFinishedWithAllItsPartsOnly() throws IOException {
    writeParts();
    Files.delete(ModelBundle.weights(folder));
    assertThatThrownBy(() -> ModelBundle.finish(folder, Cards.model()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(ModelBundle.weights(folder) + ": does not exist");
    assertThat(folder.resolve("model.json")).doesNotExist();
  }

  @Test
  void aCardThatIsNullIsRefused() throws IOException {
    writeParts();
    Path file = Files.writeString(folder.resolve("model.json"), "null");
    assertThat(refusal(file)).contains("holds no");
  }

  private String refusal(Path file) {
    InputException e = catchThrowableOfType(InputException.class, () -> ModelBundle.open(folder));
    assertThat(e).hasMessageStartingWith(file + ": ");
    assertThat(e.getMessage()).contains("; ").doesNotContain("\n");
    return e.getMessage();
  }
}
