package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepthPngTest {
  @TempDir Path folder;

  @Test
  void millimetresComeBackAndNothingStaysNothing() {
    Path file = folder.resolve("depth.png");
    float[] metres = {0, -1, Float.NaN, 0.0001f, 1.2344f, 65.535f, 65.54f, 40};

    DepthPng.write(file, metres, 4, 2);

    assertThat(DepthPng.read(file, 4, 2))
        .containsExactly(0f, 0f, 0f, 0.001f, 1.234f, 65.535f, 0f, 40f);
  }

  @Test
  void pixelsMustFitTheSize() {
    assertThatThrownBy(() -> DepthPng.encode(new float[7], 4, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 pixels are not 4 x 2");
  }
}
