package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.inference.Hearsight;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.deploy.Export;
import org.hearsight.learning.deploy.ImaginerTwin;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.model.ImaginationModel;
import org.junit.jupiter.api.Test;

/** Models that were damaged, edited or made by an older version. */
class DamagedModelIT extends TrainedModel {
  @Test
  void aCardOfOtherClassesThanTheHeadIsRefused() throws IOException {
    for (Path part :
        List.of(
            ModelBundle.seldEncoder(model),
            ModelBundle.visualEncoder(model),
            ModelBundle.imagination(model))) {
      Files.createLink(folder.resolve(part.getFileName()), part);
    }
    String card = Files.readString(model.resolve("model.json"));
    String last = TinyStore.TAXONOMY.nameOf(TinyStore.TAXONOMY.size() - 1);
    String fewer = card.replaceFirst(",\\s*\"" + last + "\"", "");
    assertThat(fewer).isNotEqualTo(card);
    Files.writeString(folder.resolve("model.json"), fewer);
    assertThatThrownBy(() -> Hearsight.load(folder, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("model.json") + ": is damaged or was edited: ");
    fewer = withoutChecksums(fewer);
    Files.writeString(folder.resolve("model.json"), fewer);

    assertThatThrownBy(() -> Hearsight.load(folder, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(ModelBundle.imagination(folder) + ": class_logits: ");
  }

  private static String withoutChecksums(String card) {
    return card.replaceFirst("(?s),\\s*\"checksums\" : \\{.*?\\}", "");
  }

  private void copyModel() throws IOException {
    try (Stream<Path> files = Files.list(model)) {
      for (Path file : files.filter(f -> f.toString().matches(".*(onnx|json)")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Loaded or not: what is wrong with it is said by its checksum. */
  @Test
  void aDamagedPartIsNamed() throws IOException {
    copyModel();
    for (Path part :
        List.of(
            ModelBundle.seldEncoder(folder),
            ModelBundle.visualEncoder(folder),
            ModelBundle.imagination(folder))) {
      byte[] whole = Files.readAllBytes(part);
      byte[] flipped = whole.clone();
      flipped[whole.length / 2] ^= 64;
      for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), flipped)) {
        Files.write(part, damaged);
        assertThatThrownBy(() -> Hearsight.load(folder, 1))
            .isInstanceOf(InputException.class)
            .hasMessageStartingWith(part + ": is damaged: ")
            .hasMessageNotContaining("\n");
      }
      Files.write(part, whole);
    }
  }

  @Test
  void anOlderModelOpensAndItsDamageIsSeenInItsAnswer() throws IOException {
    copyModel();
    Path card = folder.resolve("model.json");
    Files.writeString(card, withoutChecksums(Files.readString(card)));
    try (Hearsight older = Hearsight.load(folder, 1)) {
      assertThat(older.imagine(clip(sound(1)), view(1)))
          .isEqualTo(hearsight.imagine(clip(sound(1)), view(1)));
    }

    Path part = ModelBundle.imagination(folder);
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Hearsight.load(folder, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(part + ": cannot be loaded: ");

    // One number of the localizer, as one flipped bit makes it: 40 is e^40 metres.
    for (float number : new float[] {40, 3e38f}) {
      Map<String, Tensor> weights = new HashMap<>();
      StateDict.read(ModelBundle.weights(model))
          .tensors()
          .forEach(
              (name, t) -> {
                float[] values = t.floats();
                if (name.equals("imagination_head.localizer.2.bias")) {
                  values[4] = number;
                }
                weights.put(name, Tensor.of(values, t.shape()));
              });
      try (NDManager manager = TorchEngine.start(1).newManager(Device.cpu())) {
        ImaginationModel.Config config =
            ImaginationModel.Config.of(
                Fusion.SPATIAL,
                weights.get("adapter.audio_projection.weight").shape()[1],
                TinyStore.TAXONOMY.size(),
                LocationForm.SPHERICAL);
        ImaginationModel net =
            new ImaginationModel(config, new ParameterFactory(manager, new SplittableRandom(1)));
        net.load(ImaginerTwin.Parts.of(weights).imagination(), "test");
        NetworkGraph.imagination(net, Map.of()).write(part);
      }
      try (Hearsight damaged = Hearsight.load(folder, 1)) {
        assertThatThrownBy(() -> damaged.imagine(clip(sound(1)), view(1)))
            .isInstanceOf(InputException.class)
            .hasMessageStartingWith(
                part + ": is damaged or was trained wrongly: its answer has location: ")
            .hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void damagedWeightsAreNotExported() throws IOException {
    copyModel();
    Path weights = ModelBundle.weights(folder);
    Files.createDirectories(weights.getParent());
    byte[] bytes = Files.readAllBytes(ModelBundle.weights(model));
    bytes[bytes.length / 2] ^= 64;
    Files.write(weights, bytes);
    Path to = folder.resolve("model.onnx");
    assertThatThrownBy(() -> Export.model(folder, to, 1, "test"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(weights + ": is damaged: ");
    assertThat(to).doesNotExist();
  }
}
