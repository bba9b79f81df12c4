package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VisualPlanesTest {
  private static final int PLANE = View.SIZE * View.SIZE;

  @Test
  void planesAreNormalisedColourInverseDepthAndOcclusion() {
    float[] rgb = new float[3 * PLANE];
    float[] depth = new float[PLANE];
    float[] occlusion = new float[PLANE];
    rgb[5] = 1;
    rgb[2 * PLANE + 7] = 0.406f;
    depth[0] = 0.2f;
    depth[1] = 0.5f;
    depth[2] = 5;
    occlusion[9] = 0.75f;

    float[] planes = VisualPlanes.of(new View(rgb, depth, occlusion, 0));

    assertThat(planes).hasSize(5 * PLANE);
    assertThat(planes[5]).isCloseTo((1 - 0.485f) / 0.229f, within(1e-5f));
    assertThat(planes[PLANE]).isCloseTo(-0.456f / 0.224f, within(1e-5f));
    assertThat(planes[2 * PLANE + 7]).isZero();
    assertThat(planes[3 * PLANE]).isEqualTo(1);
    assertThat(planes[3 * PLANE + 1]).isEqualTo(1);
    assertThat(planes[3 * PLANE + 2]).isCloseTo(0.1f, within(1e-7f));
    assertThat(planes[3 * PLANE + 3]).isZero();
    assertThat(planes[4 * PLANE + 9]).isEqualTo(0.75f);
  }

  @Test
  void tokensAverageTheirOwnCell() {
    float[] depth = new float[PLANE];
    float[] occlusion = new float[PLANE];
    // Token 9: second row, third column.
    for (int y = 32; y < 64; y++) {
      for (int x = 64; x < 96; x++) {
        occlusion[y * View.SIZE + x] = 1;
        depth[y * View.SIZE + x] = y < 48 ? 1 : 0;
      }
    }

    float[] geometry =
        VisualPlanes.tokenGeometry(new View(new float[3 * PLANE], depth, occlusion, 0));

    assertThat(geometry).hasSize(98);
    for (int t = 0; t < 49; t++) {
      assertThat(geometry[2 * t]).isEqualTo(t == 9 ? 1f : 0f);
      assertThat(geometry[2 * t + 1]).isEqualTo(t == 9 ? 0.25f : 0f);
    }
  }
}
