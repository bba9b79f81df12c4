package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewTest {
  private static final int PLANE = View.SIZE * View.SIZE;

  @ParameterizedTest
  @CsvSource({
    "rgb, NaN, rgb: number 7 is NaN, expected 0 to 1",
    "rgb, 255, rgb: number 7 is 255.0, expected 0 to 1",
    "depth, -1, depth: number 7 is -1.0, expected 0 or more metres",
    "depth, Infinity, depth: number 7 is Infinity, expected 0 or more metres",
    "occlusion, NaN, occlusion: number 7 is NaN, expected 0 to 1",
    "occlusion, -0.5, occlusion: number 7 is -0.5, expected 0 to 1",
    "level, NaN, occlusion level: NaN is not in [0, 1]"
  })
  void numbersThatNoPictureHoldsAreRefused(String field, float value, String a, String b) {
    float[] rgb = new float[3 * PLANE];
    float[] depth = new float[PLANE];
    float[] occlusion = new float[PLANE];
    float level = 0;
    switch (field) {
      case "rgb" -> rgb[7] = value;
      case "depth" -> depth[7] = value;
      case "occlusion" -> occlusion[7] = value;
      default -> level = value;
    }
    float given = level;
    assertThatThrownBy(() -> new View(rgb, depth, occlusion, given))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("view: " + a + ", " + b);
  }

  @Test
  void planesOfAnotherSizeAreRefused() {
    float[] plane = new float[PLANE];
    float[] rgb = new float[3 * PLANE];
    assertThatThrownBy(() -> new View(plane, plane, plane, 0))
        .isInstanceOf(InputException.class)
        .hasMessage("view: rgb: 50176 numbers; give 3 planes of 224 x 224, row by row");
    assertThatThrownBy(() -> new View(rgb, new float[7], plane, 0))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("view: depth: 7 numbers; ");
    assertThatThrownBy(() -> new View(rgb, plane, null, 0))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("view: occlusion: missing; ");
  }

  @Test
  void depthOfAnyLengthIsTaken() {
    float[] depth = new float[PLANE];
    depth[3] = 10_000;
    assertThatCode(() -> new View(new float[3 * PLANE], depth, new float[PLANE], 1))
        .doesNotThrowAnyException();
  }

  /** A picture, white on the left, and a wall 5 m away, of a camera of 60°. */
  @Test
  void filesAreReadAsByTheViewReader(@TempDir Path folder) throws IOException {
    int width = 64;
    int height = 48;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    BufferedImage wall = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, x < width / 2 ? 0xffffff : 0);
        wall.getRaster().setSample(x, y, 0, 5000);
      }
    }
    Path rgb = folder.resolve("rgb.png");
    Path depth = folder.resolve("depth.png");
    assertThat(ImageIO.write(picture, "png", rgb.toFile())).isTrue();
    assertThat(ImageIO.write(wall, "png", depth.toFile())).isTrue();
    ViewReader.Options given = ViewReader.Options.NOTHING.withRgb(rgb).withDepth(depth);

    assertSame(View.read(rgb, depth), given);
    assertSame(View.read(rgb, depth, 60), given.withHfovDegrees(60));
    assertSame(View.read(rgb, null, 90), ViewReader.Options.NOTHING.withRgb(rgb));
    assertSame(View.read(null, depth, 90), ViewReader.Options.NOTHING.withDepth(depth));

    View view = View.read(rgb, depth);
    int middle = View.SIZE / 2 * View.SIZE + View.SIZE / 2;
    assertThat(view.rgb()[middle - 30]).isEqualTo(1);
    assertThat(view.rgb()[middle + 30]).isZero();
    assertThat(view.depth()[middle]).isEqualTo(5);
    assertThatThrownBy(() -> View.read(folder.resolve("none.png"), depth))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("none.png") + ": does not exist");
  }

  private static void assertSame(View actual, ViewReader.Options options) {
    View expected = ViewReader.read(options).view();
    assertThat(actual.rgb()).isEqualTo(expected.rgb());
    assertThat(actual.depth()).isEqualTo(expected.depth());
    assertThat(actual.occlusion()).isEqualTo(expected.occlusion());
    assertThat(actual.occlusionLevel()).isEqualTo(expected.occlusionLevel());
  }
}
