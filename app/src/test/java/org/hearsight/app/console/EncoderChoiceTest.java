package org.hearsight.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderChoiceTest {
  @TempDir Path weights;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ConsoleProgress progress =
      new ConsoleProgress(new PrintStream(said, true, StandardCharsets.UTF_8), false);

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private void ship(String name, String kind) {
    AtomicFile.writeText(weights.resolve(name).resolve("weights.safetensors"), "weights");
    EncoderFolder.finish(
        weights.resolve(name),
        new EncoderCard(EncoderCard.FORMAT_VERSION, kind, 8, 5, true, false, "a test", ""));
  }

  @Test
  void takesWhatIsGivenBeforeWhatShips() {
    ship("seld", EncoderCard.SELDNET);
    EncoderChoice choice = new EncoderChoice(weights);

    assertThat(choice.choose(EncoderCard.SELDNET, Path.of("mine"), progress))
        .contains(Path.of("mine"));
    assertThat(choice.choose(EncoderCard.SELDNET, null, progress))
        .contains(weights.resolve("seld"));
    assertThat(said()).contains("the SELD encoder is the one that ships");
    assertThat(choice.require(EncoderCard.SELDNET, null)).isEqualTo(weights.resolve("seld"));
  }

  @Test
  void anotherNetworkIsNotTakenForTheOneThatShips() {
    ship("seld", EncoderCard.SELDNET);
    EncoderChoice choice = new EncoderChoice(weights);

    assertThat(choice.choose(AudioBackbone.AVCRNN.kind(), null, progress)).isEmpty();
    assertThat(said()).contains("the SELD encoder is untrained; give --seld");

    ship("avcrnn", AudioBackbone.AVCRNN.kind());
    assertThat(choice.choose(AudioBackbone.AVCRNN.kind(), null, progress))
        .contains(weights.resolve("avcrnn"));
  }

  @Test
  void noneIsNoneEvenWhereOneShips() {
    ship("resnet50", EncoderCard.RESNET50);
    EncoderChoice choice = new EncoderChoice(weights);

    assertThat(choice.choose(EncoderCard.RESNET50, Path.of("none"), progress)).isEmpty();
    assertThat(said()).contains("the picture encoder is untrained, as asked");
  }

  @Test
  void saysThatNothingShips() {
    for (EncoderChoice choice :
        new EncoderChoice[] {new EncoderChoice(weights), new EncoderChoice(null)}) {
      said.reset();
      assertThat(choice.choose(EncoderCard.RESNET50, null, progress)).isEmpty();
      assertThat(said()).contains("the picture encoder is untrained; give --resnet50");
      assertThatThrownBy(() -> choice.require(EncoderCard.SELDNET, null))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--seld: missing");
    }
  }
}
