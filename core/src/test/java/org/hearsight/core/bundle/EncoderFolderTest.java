package org.hearsight.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderFolderTest {
  @TempDir private Path folder;

  @BeforeEach
  void weights() throws IOException {
    Files.writeString(folder.resolve("weights.safetensors"), "weights");
  }

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

  @Test
  void otherWeightsAreRefusedWhoeverOpensThem() throws IOException {
    EncoderFolder.finish(folder, Cards.encoder(EncoderCard.SELDNET));
    Path weights = Files.writeString(folder.resolve("weights.safetensors"), "wei\u0001hts");
    String damaged = weights + ": is damaged: it does not have the checksum in encoder.json; ";
    assertThatThrownBy(() -> EncoderFolder.open(folder, EncoderCard.SELDNET))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(damaged);
    assertThatThrownBy(() -> EncoderFolder.openAudio(folder)).hasMessageStartingWith(damaged);

    Path card = folder.resolve("encoder.json");
    Files.writeString(card, Cards.withoutChecksums(Files.readString(card)));
    assertThat(EncoderFolder.openAudio(folder).checksums().known()).isFalse();
  }

  @Test
  void aDetectorIsVouchedForOrIsNotThere() throws IOException {
    EncoderCard card = Cards.encoder(EncoderCard.SELDNET);
    EncoderFolder written = EncoderFolder.finish(folder, card, new byte[] {1, 2, 3});
    Path graph = folder.resolve("detector.onnx");
    assertThat(written.detector()).contains(graph);
    assertThat(EncoderFolder.open(folder)).isEqualTo(written);

    Files.write(graph, new byte[] {1, 2, 4});
    assertThatThrownBy(() -> EncoderFolder.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(graph + ": is damaged: ")
        .extracting(e -> ((InputException) e).fault())
        .isEqualTo(InputException.Fault.MODEL);
    Files.delete(graph);
    assertThatThrownBy(() -> EncoderFolder.open(folder))
        .hasMessageStartingWith(graph + ": is missing");

    // What lies there from an earlier encoder is not this one's.
    Files.write(graph, new byte[] {9});
    EncoderFolder.finish(folder, card);
    assertThat(EncoderFolder.open(folder).detector()).isEmpty();
  }

  @Test
  void weightsThatAreMissingAreNamed() throws IOException {
    EncoderFolder.finish(folder, Cards.encoder(EncoderCard.SELDNET));
    Path weights = folder.resolve("weights.safetensors");
    Files.delete(weights);
    assertThatThrownBy(() -> EncoderFolder.openAudio(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(weights + ": is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"format_version": 9, "kind": "seldnet"} | format_version: 9 was written by a newer Hearsight, this one reads up to 1
          {"kind":                                 | end-of-input
          {"format_version": 1, "kinds": "a"}      | kind: missing
          null                                     | holds no
          [1]                                      | holds no JSON object
          {"kind": "seldnet"}                     | format_version: missing, expected 1
          {"format_version": 1, "kind": "seldnet"} | width: 0, expected
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
