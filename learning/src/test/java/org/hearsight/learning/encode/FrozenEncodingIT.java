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

    ResNet50 net = new ResNet50(SMALL, factory(1));
    Path graph = folder.resolve("visual.onnx");
    NetworkGraph.picture(net, null, Map.of()).write(graph);
    FoaFeatures features = new FoaFeatures();
    int tokens = features.tokens(TinyStore.SAMPLES);
    Layout layout =
        new Layout(
            tokens,
            0,
            AudioFeatures.PLANES * features.framesPerToken() * features.bands(),
            SpatialCues.WIDTH,
            VisualPlanes.TOKENS,
            net.width());
    Hearing hearing = new Hearing(features, FeatureScaler.none(features));
    try (EncodedSet set = EncodedSet.open(folder.resolve("encoded.bin"), layout, "test")) {
      new FrozenEncoding(store, new FrozenGraphs(null, graph, FrozenEncoding.FEATURES, hearing), 1)
          .encode(set, false, Progress.SILENT);

      assertThat(visual(set, layout, 0)).containsOnly(0);
      assertThat(visual(set, layout, 1)).contains(0f).isNotEqualTo(visual(set, layout, 0));
    }
  }

  private static float[] visual(EncodedSet set, Layout layout, int index) {
    float[] out = new float[layout.floats(Part.VISUAL)];
    set.copy(index, Part.VISUAL, out, 0);
    return out;
  }
}
