package org.hearsight.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureDistanceTest {
  /** Two numbers of standard deviation 3 and 1 about 5 and −2, correlated by 0.8. */
  private static List<float[]> rows(int count) {
    SplittableRandom random = new SplittableRandom(2);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double a = random.nextGaussian();
      double b = 0.8 * a + 0.6 * random.nextGaussian();
      rows.add(new float[] {(float) (5 + 3 * a), (float) (-2 + b)});
    }
    return rows;
  }

  @Test
  void itIsTheDistanceOfMahalanobisWithShrunkCorrelations() {
    FeatureDistance distance = FeatureDistance.fit(rows(100_000));

    double r = 0.97 * 0.8;
    // standardised (1, −1): zᵀ R⁻¹ z = (1 + 1 + 2 r) / (1 − r²), by two numbers
    double against = Math.sqrt((2 + 2 * r) / (1 - r * r) / 2);
    double along = Math.sqrt((2 - 2 * r) / (1 - r * r) / 2);
    assertThat(distance.of(new float[] {8, -3})).isCloseTo(against, within(0.02));
    assertThat(distance.of(new float[] {8, -1})).isCloseTo(along, within(0.02));
    assertThat(distance.of(new float[] {5, -2})).isCloseTo(0, within(0.02));
    double sum = 0;
    for (float[] row : rows(1000)) {
      sum += Math.pow(distance.of(row), 2) / 1000;
    }
    assertThat(sum).isCloseTo(1, within(0.1));
  }

  @Test
  void fewScenesAndNumbersThatNeverVaryMakeOneToo() {
    FeatureDistance distance =
        FeatureDistance.fit(List.of(new float[] {1, 2, 7}, new float[] {2, 4, 7}));
    assertThat(distance.of(new float[] {1.5f, 3, 7})).isCloseTo(0, within(1e-6));
    assertThat(distance.of(new float[] {1.5f, 3, 8})).isGreaterThan(100).isFinite();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    FeatureDistance distance = FeatureDistance.fit(rows(10));
    assertThatThrownBy(() -> distance.of(new float[3])).hasMessage("3 numbers, expected 2");
    assertThatThrownBy(() -> distance.of(new float[] {Float.NaN, 0}))
        .hasMessageStartingWith("trait: ");
    assertThatThrownBy(() -> new FeatureDistance(List.of(0f), List.of(1f), List.of(1f, 2f)))
        .hasMessage("drift: mean, spread and factor do not fit together");
    assertThatThrownBy(() -> new FeatureDistance(List.of(0f), List.of(1f), List.of(0f)))
        .hasMessageStartingWith("drift.factor: ");
  }
}
