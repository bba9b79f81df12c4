package org.hearsight.benchmarks.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.hearsight.learning.model.ResNet50;
import org.junit.jupiter.api.Test;

class ResNet50CostTest {
  private static final long STEM_PLANE = 112L * 112 * 64 * 49;

  /** torchvision states 4.09 GMAC with the classifier, which is 2048 · 1000 of them. */
  @Test
  void isThePublishedCostAtThreePlanes() {
    long macs = ResNet50Cost.macs(ResNet50.Config.encoder(3), 224);

    assertThat(macs + 2048 * 1000).isBetween(4_085_000_000L, 4_095_000_000L);
  }

  @Test
  void furtherPlanesCostInTheFirstConvolutionAlone() {
    assertThat(ResNet50Cost.macs(ResNet50.Config.encoder(5), 224))
        .isEqualTo(ResNet50Cost.macs(ResNet50.Config.encoder(3), 224) + 2 * STEM_PLANE);
  }
}
