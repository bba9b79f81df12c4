package org.hearsight.learning.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RateScheduleTest {
  private static final long STEPS = 1000;

  @Test
  void constantStays() {
    assertThat(LongStream.range(0, STEPS).mapToDouble(s -> RateSchedule.CONSTANT.share(s, STEPS)))
        .containsOnly(1.0);
  }

  @Test
  void cosineRisesThenFallsToZero() {
    double[] shares =
        LongStream.range(0, STEPS).mapToDouble(s -> RateSchedule.COSINE.share(s, STEPS)).toArray();
    for (int i = 1; i < STEPS; i++) {
      if (i < 50) {
        assertThat(shares[i]).isGreaterThan(shares[i - 1]);
      } else if (i > 50) {
        assertThat(shares[i]).isLessThan(shares[i - 1]);
      }
    }
    assertThat(shares[0]).isEqualTo(0.01, within(1e-9));
    assertThat(shares[50]).isEqualTo(1, within(1e-5));
    assertThat(shares[525]).isEqualTo(0.5, within(1e-3)); // half of what is left of the run
    assertThat(shares[999]).isEqualTo(0, within(1e-5));
  }

  @Test
  void withoutWarmUpItBeginsAtTheTop() {
    assertThat(RateSchedule.cosine(0, STEPS, 0)).isEqualTo(1, within(1e-5));
    assertThat(RateSchedule.cosine(1, 2, 0)).isEqualTo(0.5 * (1 - Math.sqrt(0.5)), within(1e-12));
  }
}
