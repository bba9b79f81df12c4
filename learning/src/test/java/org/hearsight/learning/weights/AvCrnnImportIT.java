package org.hearsight.learning.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.AvCrnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvCrnnImportIT extends NativeTest {
  @TempDir private Path folder;

  @Test
  void everyTensorOfACheckpointIsTaken() {
    Map<String, Tensor> weights =
        new AvCrnn(AvCrnn.Config.starss23().withOutputs(3 * 3 * 5), factory(7)).save();
    Path file = folder.resolve("checkpoint.safetensors");
    Safetensors.write(file, weights, Map.of());

    EncoderImport.Imported imported = imported(file);

    assertSame(imported, weights);
    EncoderCard card = imported.folder().card();
    assertThat(card.kind()).isEqualTo("avcrnn");
    assertThat(card.width()).isEqualTo(512);
    assertThat(card.inputs()).isEqualTo(7);
    assertThat(card.pretrained()).isTrue();
    assertThat(card.hasHead()).isTrue();
    assertThat(EncoderImport.table(imported)).contains("32 tensors: 32 taken, 0 ignored");
  }

  @Test
  void pyTorchsOwnFileIsReadAndAnswersAsItsWeights() {
    Path file = sharedFile();

    assertSame(imported(file), Goldens.shared("golden/av_crnn/weights.pth"));
  }

  private static Path sharedFile() {
    String shared = System.getenv("HEARSIGHT_SHARED");
    assumeTrue(shared != null, "set HEARSIGHT_SHARED");
    Path file = Path.of(shared).resolve("golden/av_crnn/weights.pth");
    assumeTrue(Files.exists(file), "missing: " + file);
    return file;
  }

  @Test
  void anUntrainedOneIsDrawnFromItsSeedWithoutAHead() {
    EncoderFolder drawn =
        EncoderImport.untrainedAudio(AudioBackbone.AVCRNN, engine, 3, folder.resolve("drawn"));

    assertThat(EncoderFolder.openAudio(drawn.folder())).isEqualTo(drawn);
    assertThat(drawn.card().pretrained()).isFalse();
    AudioEncoder net = EncoderImport.loadAudio(drawn, manager);
    AvCrnn same = new AvCrnn(AvCrnn.Config.starss23(), factory(3));
    assertThat(net.saveEncoder().keySet()).isEqualTo(same.saveEncoder().keySet());
    same.saveEncoder()
        .forEach((n, t) -> assertThat(net.save().get(n).bytes()).as(n).isEqualTo(t.bytes()));
    assertThat(Safetensors.read(drawn.weights()).tensors().keySet())
        .isNotEmpty()
        .noneMatch(n -> n.startsWith("fc_xyz."));
    EncoderImport.Imported again = imported(drawn.weights());
    assertThat(again.folder().card().hasHead()).isFalse();
  }

  @Test
  void anotherNetworkIsRefused() {
    EncoderFolder seld = EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld"));

    assertThatThrownBy(() -> imported(seld.weights()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(seld.weights() + ": ")
        .hasMessageContaining("audio_encoder.conv1.weight");
    assertThat(folder.resolve("imported")).doesNotExist();
  }

  private EncoderImport.Imported imported(Path file) {
    return EncoderImport.audio(AudioBackbone.AVCRNN, engine, file, folder.resolve("imported"));
  }

  private void assertSame(EncoderImport.Imported imported, Map<String, Tensor> weights) {
    Map<String, Tensor> loaded = EncoderImport.loadAudio(imported.folder(), manager).save();
    assertThat(loaded.keySet()).isEqualTo(weights.keySet());
    weights.forEach((n, t) -> assertThat(loaded.get(n).bytes()).as(n).isEqualTo(t.bytes()));
  }
}
