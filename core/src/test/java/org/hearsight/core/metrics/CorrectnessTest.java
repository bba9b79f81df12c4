package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.hearsight.core.dataset.Location;
import org.junit.jupiter.api.Test;

class CorrectnessTest {
  private static final Location TRUTH = new Location(0, 0, 10);

  @Test
  void aHazardNeedsClassDirectionAndDistance() {
    assertThat(Correctness.of(1, TRUTH, 1, new Location(19.9, 0, 10))).isTrue();
    assertThat(Correctness.of(1, TRUTH, 1, new Location(20.1, 0, 10))).isFalse();
    assertThat(Correctness.of(1, TRUTH, 1, new Location(0, -20.1, 10))).isFalse();
    assertThat(Correctness.of(1, TRUTH, 1, new Location(0, 0, 14.9))).isTrue();
    assertThat(Correctness.of(1, TRUTH, 1, new Location(0, 0, 15))).isFalse();
    assertThat(Correctness.of(1, TRUTH, 1, new Location(0, 0, 5))).isFalse();
    assertThat(Correctness.of(1, TRUTH, 2, TRUTH)).isFalse();
    assertThat(Correctness.of(1, TRUTH, 0, TRUTH)).isFalse();
    assertThat(Correctness.of(1, TRUTH, 1, null)).isFalse();
  }

  @Test
  void backgroundNeedsItsClassOnly() {
    assertThat(Correctness.of(0, null, 0, new Location(120, 0, 3))).isTrue();
    assertThat(Correctness.of(0, null, 0, null)).isTrue();
    assertThat(Correctness.of(0, null, 3, TRUTH)).isFalse();
  }
}
