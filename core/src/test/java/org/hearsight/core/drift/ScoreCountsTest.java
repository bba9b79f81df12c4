package org.hearsight.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoreCountsTest {
  @Test
  void theValueIsTheShareThatIsFartherAndADrawnPartOfTheEqual() {
    ScoreCounts reference = ScoreCounts.of(new double[] {1, 2, 2, 4});
    ScoreCounts seen = ScoreCounts.none().with(8);

    assertThat(ScoreCounts.p(List.of(reference, seen), 2, 0.5)).isCloseTo(3.5 / 6, within(1e-12));
    assertThat(ScoreCounts.p(List.of(reference, seen), 100, 1)).isCloseTo(1.0 / 6, within(1e-12));
    assertThat(ScoreCounts.p(List.of(reference, seen), 0, 1)).isEqualTo(1);
    assertThat(seen.total() + reference.total()).isEqualTo(5);
    assertThat(reference.distances())
        .usingComparatorWithPrecision(0.02)
        .containsExactly(1, 2, 2, 4);
  }

  /** Of scenes in any order the values are uniform, however few distances there are. */
  @Test
  void valuesOfExchangeableScenesAreUniformAndIndependent() {
    SplittableRandom random = new SplittableRandom(1);
    int[] tenths = new int[10];
    int n = 0;
    double products = 0;
    for (int run = 0; run < 400; run++) {
      double[] reference = new double[20];
      Arrays.setAll(reference, i -> drawn(random));
      ScoreCounts counts = ScoreCounts.of(reference);
      ScoreCounts seen = ScoreCounts.none();
      double before = 0.5;
      for (int clip = 0; clip < 25; clip++) {
        double distance = drawn(random);
        double p = ScoreCounts.p(List.of(counts, seen), distance, 1 - random.nextDouble());
        seen = seen.with(distance);
        tenths[Math.min(9, (int) (10 * p))]++;
        products += (p - 0.5) * (before - 0.5);
        before = p;
        n++;
      }
    }
    double chiSquare = 0;
    for (int count : tenths) {
      chiSquare += Math.pow(count - n / 10.0, 2) / (n / 10.0);
    }
    assertThat(chiSquare).as(Arrays.toString(tenths)).isLessThan(27.9); // 9 degrees, 0.1 %
    // Correlation of neighbours: 0, standard deviation 1 / √n
    assertThat(12 * products / n).isCloseTo(0, within(0.035));
  }

  /** Rounded, so that there are many ties. */
  private static double drawn(SplittableRandom random) {
    return Math.rint(4 * Math.exp(random.nextGaussian())) + 1;
  }

  @Test
  void whatIsNoDistanceIsRefused() {
    assertThatThrownBy(() -> ScoreCounts.of(new double[] {Double.NaN}))
        .hasMessage("distance: NaN, expected 0 or more");
    assertThat(ScoreCounts.of(new double[] {0, Double.POSITIVE_INFINITY}).total()).isEqualTo(2);
  }
}
