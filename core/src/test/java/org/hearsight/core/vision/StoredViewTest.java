package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredViewTest {
  private static final Scenario.Files FILES =
      new Scenario.Files("a.wav", "a.csv", "rgb/a.png", "depth/a.png", "occlusion/a.png");

  @TempDir Path folder;

  @Test
  void aViewComesBackWithinTheFilesPrecision() {
    View view = view();

    StoredView.write(folder, FILES, view);
    View read = StoredView.read(folder, scenario(FILES, 0.25));

    assertThat(read.rgb()).containsExactly(view.rgb(), within(0.5f / 255 + 1e-6f));
    assertThat(read.depth()).containsExactly(view.depth(), within(0.0005f + 1e-5f));
    assertThat(read.occlusion()).isEqualTo(view.occlusion());
    assertThat(read.occlusionLevel()).isEqualTo(0.25f);
  }

  @Test
  void theSameViewGivesTheSameBytes() throws IOException {
    StoredView.write(folder.resolve("one"), FILES, view());
    StoredView.write(folder.resolve("two"), FILES, view());

    for (String file : List.of(FILES.rgb(), FILES.depth(), FILES.occlusion())) {
      assertThat(Files.readAllBytes(folder.resolve("one").resolve(file)))
          .isEqualTo(Files.readAllBytes(folder.resolve("two").resolve(file)));
    }
  }

  @Test
  void theReaderOfUsersPicturesSeesTheSame() {
    StoredView.write(folder, FILES, view());

    View stored = StoredView.read(folder, scenario(FILES, 0.5));
    View read =
        ViewReader.read(
                ViewReader.Options.NOTHING
                    .withRgb(folder.resolve(FILES.rgb()))
                    .withDepth(folder.resolve(FILES.depth()))
                    .withOcclusion(folder.resolve(FILES.occlusion()))
                    .withOcclusionLevel(0.5))
            .view();

    assertThat(read.rgb()).isEqualTo(stored.rgb());
    assertThat(read.depth()).isEqualTo(stored.depth());
    assertThat(read.occlusion()).isEqualTo(stored.occlusion());
  }

  @Test
  void picturesARecordingLacksAreBlind() {
    View view =
        StoredView.read(
            folder, scenario(new Scenario.Files("a.wav", "a.csv", null, null, null), 1));

    assertThat(view.rgb()).isEqualTo(View.blind().rgb());
    assertThat(view.depth()).isEqualTo(View.blind().depth());
    assertThat(view.occlusion()).isEqualTo(View.blind().occlusion());
  }

  @Test
  void otherSizesAndMissingFilesAreRefused() {
    StoredView.write(folder, FILES, view());
    DepthPng.write(folder.resolve(FILES.depth()), new float[100], 10, 10);

    assertThatThrownBy(() -> StoredView.read(folder, scenario(FILES, 0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.png: depth: 10 x 10 pixels, expected 224 x 224; ");
    assertThatThrownBy(() -> StoredView.read(folder.resolve("none"), scenario(FILES, 0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> scenario(FILES, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("occlusion_level: 1.5 is not in [0, 1]");
  }

  private static Scenario scenario(Scenario.Files files, double level) {
    return new Scenario(
        "a", Split.TEST, "background", null, 0, level, null, 1, List.of(), files, null);
  }

  private static View view() {
    SplittableRandom random = new SplittableRandom(4);
    int plane = View.SIZE * View.SIZE;
    float[] rgb = new float[3 * plane];
    float[] depth = new float[plane];
    float[] occlusion = new float[plane];
    for (int i = 0; i < plane; i++) {
      rgb[i] = (float) random.nextDouble();
      depth[i] = i / View.SIZE < 40 ? 0 : (float) (0.1 + 60 * random.nextDouble());
      occlusion[i] = random.nextInt(2);
    }
    return new View(rgb, depth, occlusion, 0.5f);
  }
}
