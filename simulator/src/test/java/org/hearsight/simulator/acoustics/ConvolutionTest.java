package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConvolutionTest {
  @Test
  void whatEndsBeforeTheClipIsHeardByItsLateTapsAlone() {
    float[][] response = new float[1][100];
    response[0][3] = 1;
    response[0][50] = 0.5f;
    float[][] out = new float[1][60];

    Convolution.add(new float[] {2}, 10, response, 0, out);

    for (int i = 0; i < out[0].length; i++) {
      assertThat(out[0][i]).as("sample " + i).isCloseTo(i == 40 ? 1 : 0, within(1e-6f));
    }
  }
}
