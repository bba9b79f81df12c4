package org.hearsight.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderFolderTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsRead() {
    EncoderCard card = Cards.encoder(EncoderCard.SELDNET);
    EncoderFolder written = EncoderFolder.finish(folder, card);

    assertThat(EncoderFolder.open(folder, EncoderCard.SELDNET)).isEqualTo(written);
    assertThat(written.weights()).isEqualTo(folder.resolve("weights.safetensors"));
  }

  @Test
  void anotherKindIsRefused() {
    EncoderFolder.finish(folder, Cards.encoder(EncoderCard.RESNET50));
    assertThat(refusal()).contains("kind: resnet50, expected seldnet");
  }

  @Test
  void anyAudioBackboneWillDoWhereOneIsAskedFor() {
    for (AudioBackbone backbone : AudioBackbone.values()) {
      EncoderFolder.finish(folder, Cards.encoder(backbone.kind()));
      assertThat(EncoderFolder.openAudio(folder).card().backbone()).isEqualTo(backbone);
    }
    EncoderFolder.finish(folder, Cards.encoder(EncoderCard.RESNET50));
    assertThatThrownBy(() -> EncoderFolder.openAudio(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("kind: resnet50, expected seldnet or avcrnn");
    assertThatThrownBy(Cards.encoder(EncoderCard.RESNET50)::backbone)
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFolderWithoutOneIsRefused() {
    assertThat(refusal()).contains("is missing").contains("./hearsight import");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"format_version": 9, "kind": "seldnet"} | format_version: 9, expected 1
          {"kind":                                 | end-of-input
          {"format_version": 1, "kinds": "a"}      | kinds
          null                                     | holds no
          """)
  void aDamagedCardIsRefused(String json, String problem) throws IOException {
    Files.writeString(folder.resolve("encoder.json"), json);
    assertThat(refusal()).contains(problem);
  }

  private String refusal() {
    InputException e =
        catchThrowableOfType(
            InputException.class, () -> EncoderFolder.open(folder, EncoderCard.SELDNET));
    assertThat(e).hasMessageStartingWith(folder.resolve("encoder.json") + ": ");
    assertThat(e.getMessage()).contains("; ").doesNotContain("\n");
    return e.getMessage();
  }
}
