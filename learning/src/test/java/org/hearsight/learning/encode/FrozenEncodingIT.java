package org.hearsight.learning.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.encode.EncodedSet.Layout;
import org.hearsight.learning.encode.EncodedSet.Part;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.model.ResNet50;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenEncodingIT extends NativeTest {
  private static final ResNet50.Config SMALL =
      new ResNet50.Config(VisualPlanes.COUNT, 4, List.of(1, 1, 1, 1), 0);

  private static final FoaFeatures FEATURES = new FoaFeatures();

  @TempDir Path folder;

  @Test
  void aScenarioWithoutPicturesHasNoPictureTokens() throws IOException {
    ScenarioStore whole = TinyStore.write(folder.resolve("data"), 2, 0, 0);
    Path index = whole.folder().resolve("scenarios.jsonl");
    List<String> lines = Files.readAllLines(index);
    Files.write(
        index,
        List.of(
            lines.get(0).replaceAll(",\"(rgb|depth|occlusion)\":\"[^\"]*\"", ""), lines.get(1)));
    ScenarioStore store = ScenarioStore.open(whole.folder());
    assertThat(store.scenarios().get(0).files().rgb()).isNull();

    Layout layout = layout();
    try (EncodedSet set = encoded(store, "encoded.bin", false, 1)) {
      assertThat(visual(set, layout, 0)).containsOnly(0);
      assertThat(visual(set, layout, 1)).contains(0f).isNotEqualTo(visual(set, layout, 0));
    }
  }

  /** Five batches, the last of them not full. */
  @Test
  void neitherThreadsNorABreakChangeABit() throws IOException {
    ScenarioStore store = TinyStore.write(folder.resolve("data"), 17, 1, 0);
    encoded(store, "alone.bin", true, 1).close();
    encoded(store, "shared.bin", true, 3).close();
    encoded(store, "goes on.bin", false, 2).close(); // ends in the middle of a batch
    encoded(store, "goes on.bin", true, 2).close();

    assertThat(folder.resolve("goes on.bin")).hasSameBinaryContentAs(folder.resolve("alone.bin"));
    assertThat(folder.resolve("shared.bin")).hasSameBinaryContentAs(folder.resolve("alone.bin"));
    assertThat(Files.size(folder.resolve("alone.bin")))
        .isGreaterThan(35L * layout().floats(Part.VISUAL));
  }

  private Layout layout() {
    return new Layout(
        FEATURES.tokens(TinyStore.SAMPLES),
        0,
        AudioFeatures.PLANES * FEATURES.framesPerToken() * FEATURES.bands(),
        SpatialCues.WIDTH,
        VisualPlanes.TOKENS,
        new ResNet50(SMALL, factory(1)).width());
  }

  private EncodedSet encoded(ScenarioStore store, String name, boolean mirrored, int threads) {
    Path graph = folder.resolve("visual.onnx");
    NetworkGraph.picture(new ResNet50(SMALL, factory(1)), null, Map.of()).write(graph);
    Hearing hearing = new Hearing(FEATURES, FeatureScaler.none(FEATURES));
    EncodedSet set = EncodedSet.open(folder.resolve(name), layout(), "test");
    FrozenGraphs graphs = new FrozenGraphs(null, graph, FrozenEncoding.FEATURES, hearing);
    new FrozenEncoding(store, graphs, threads).encode(set, mirrored, Progress.SILENT);
    return set;
  }

  private static float[] visual(EncodedSet set, Layout layout, int index) {
    float[] out = new float[layout.floats(Part.VISUAL)];
    set.copy(index, Part.VISUAL, out, 0);
    return out;
  }
}
