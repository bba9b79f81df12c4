package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameRingTest {
  private final List<Long> made = new ArrayList<>();

  private long get(FrameRing<Long> ring, long centre) {
    return ring.get(
        centre,
        () -> {
          made.add(centre);
          return centre;
        });
  }

  @Test
  void aFrameIsMadeOnceWhileItLiesInTheWindow() {
    FrameRing<Long> ring = new FrameRing<>(10);
    ring.hold(4);
    for (long start = -50; start <= 50; start += 10) {
      for (long centre = start; centre < start + 40; centre += 10) {
        assertThat(get(ring, centre)).isEqualTo(centre);
      }
    }
    assertThat(made).hasSize(14).doesNotHaveDuplicates();
  }

  @Test
  void framesBetweenThoseKeptAreOthers() {
    FrameRing<Long> ring = new FrameRing<>(10);
    ring.hold(4);
    assertThat(get(ring, 20)).isEqualTo(20);
    assertThat(get(ring, 25)).isEqualTo(25);
    assertThat(get(ring, 20)).isEqualTo(20);
    assertThat(made).containsExactly(20L, 25L, 20L);
  }

  @Test
  void aWiderWindowBeginsAnew() {
    FrameRing<Long> ring = new FrameRing<>(10);
    ring.hold(2);
    assertThat(get(ring, 0)).isZero();
    ring.hold(1);
    assertThat(get(ring, 0)).isZero();
    assertThat(made).hasSize(1);
    ring.hold(3);
    assertThat(get(ring, 0)).isZero();
    assertThat(made).hasSize(2);
  }
}
