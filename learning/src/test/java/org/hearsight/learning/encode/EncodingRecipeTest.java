package org.hearsight.learning.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.encode.EncodedScenes.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodingRecipeTest {
  private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

  @TempDir private Path folder;

  private static EncodingRecipe recipe(String places, boolean mirrored) {
    return new EncodingRecipe(
        FINGERPRINT,
        places,
        EncodedScenes.SPLITS,
        mirrored,
        new EncodedSet.Layout(10, 128, 256, 20, 49, 2048),
        AudioBackbone.SELDNET,
        "gru.0",
        FeatureScaler.none(new FoaFeatures()));
  }

  @Test
  void whatIsWrittenIsReadWhereItWasSent() throws Exception {
    byte[] graph = {1, 2, 3};
    for (String places : new String[] {FINGERPRINT.replace('0', '9'), null}) {
      EncodingRecipe recipe = recipe(places, true);
      recipe.write(folder, graph);
      EncodingRecipe read = EncodingRecipe.read(folder);
      assertThat(read).isEqualTo(recipe);
      FrozenGraphs graphs = read.graphs(folder);
      assertThat(graphs.audio()).containsExactly(graph);
      assertThat(graphs.pictures()).isEqualTo(folder.resolve("pictures.onnx"));
      assertThat(graphs.boundary()).isEqualTo("gru.0");
      assertThat(graphs.hearing().features()).isInstanceOf(FoaFeatures.class);
    }
    Files.delete(folder.resolve("recipe.json"));
    assertThatThrownBy(() -> EncodingRecipe.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("recipe.json: does not exist");
  }

  @Test
  void trainingAndValidationAreEncodedThenTrainingInAMirror() {
    ScenarioStore store = TinyStore.index(folder, 3, 2, 4);
    List<Scenario> scenes = recipe(null, true).scenes(store);
    assertThat(scenes).hasSize(5).isEqualTo(EncodedScenes.order(store));

    List<Item> expected = new ArrayList<>();
    scenes.forEach(s -> expected.add(new Item(s, false)));
    store.scenarios(Split.TRAIN).forEach(s -> expected.add(new Item(s, true)));
    assertThat(recipe(null, true).items(store)).hasSize(8).isEqualTo(expected);
    assertThat(recipe(null, false).items(store)).isEqualTo(expected.subList(0, 5));
  }

  @Test
  void filesLieWhereTrainingLooks() {
    EncodingRecipe recipe = recipe(FINGERPRINT, false);
    assertThat(recipe.encodedFile(folder))
        .isEqualTo(folder.resolve("encoded-0123456789abcdef.bin"));
    assertThat(recipe.placesFile(folder)).isEqualTo(folder.resolve("places-0123456789abcdef.bin"));
  }
}
