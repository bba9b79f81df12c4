package org.hearsight.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelBundleTest {
  @TempDir private Path folder;

  private void writeParts() throws IOException {
    Files.createFile(ModelBundle.seldEncoder(folder));
    Files.createFile(ModelBundle.visualEncoder(folder));
    Files.createFile(ModelBundle.imagination(folder));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    writeParts();
    ModelBundle written = ModelBundle.finish(folder, Cards.model());

    assertThat(ModelBundle.open(folder)).isEqualTo(written);
  }

  @Test
  void theCardIsTextForPeople() {
    ModelBundle.finish(folder, Cards.model());

    assertThat(folder.resolve("model.json"))
        .content()
        .contains("\"fusion\" : \"spatial\"")
        .contains("\"clip_seconds\" : 5.0")
        .contains("\"name\" : \"hazards\"")
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
          "format_version" : 1,          | "format_version" : 3,     | format_version: 3, expected 1
          "temperature" : 1.25           | "temperature" : 0         | temperature: 0.0 is not positive
          "clip_seconds" : 5.0           | "clip_seconds" : -5       | clip_seconds: -5.0 is not positive
          "clip_seconds" : 5.0           | "clip_seconds" : 1e9      | clip_seconds: 1.0E9 is not positive or more than
          "fusion" : "spatial"           | "fusion" : "nuclear"      | adapter.fusion:
          "fusion" : "spatial"           | "fusion" : null           | adapter: fusion, location or confidence is missing
          "temperature" : 1.25           | "warmth" : 1.25, "temperature" : 1 | warmth
          "background",                  | ''                        | background first
          "seldnet"                      | "harp"                    | audio.kind: harp, expected seldnet or avcrnn
          "seldnet"                      | "avcrnn"                  | scaler: for 64 bands, expected 257 of avcrnn
          -3.5                           | "NaN"                     | scaler: mean: NaN is not a number
          """)
  void aDamagedCardIsRefused(String good, String bad, String problem) throws IOException {
    writeParts();
    ModelBundle.finish(folder, Cards.model());
    Path file = folder.resolve("model.json");
    String text = Files.readString(file);
    String changed = text.replace(good, bad);
    assertThat(changed).as("the case changes the card").isNotEqualTo(text);
    Files.writeString(file, changed);

    assertThat(refusal(file)).contains(problem);
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
