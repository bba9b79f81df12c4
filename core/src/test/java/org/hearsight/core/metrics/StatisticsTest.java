package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwoAndTheValuesStayInOrder() {
    double[] values = {9, 1, 4, 2};
    assertThat(Statistics.median(values)).isEqualTo(3);
    assertThat(values).containsExactly(9, 1, 4, 2);
    assertThat(Statistics.median(new double[] {7, 5, 6})).isEqualTo(6);
    assertThat(Statistics.median(new double[0])).isNaN();
  }

  @Test
  void theIntervalLeavesAsManyResultsBelowAsAbove() {
    double[] values = new double[41];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    double[] interval = Statistics.interval95(values, Statistics::median, 1000, 1);
    assertThat(interval[0]).isBetween(8.0, 16.0);
    assertThat(interval[1]).isBetween(24.0, 32.0);
    assertThat(Statistics.interval95(new double[0], Statistics::median, 10, 1))
        .containsExactly(Double.NaN, Double.NaN);
  }
}
