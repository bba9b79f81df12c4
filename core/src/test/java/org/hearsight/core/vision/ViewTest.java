package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
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
}
