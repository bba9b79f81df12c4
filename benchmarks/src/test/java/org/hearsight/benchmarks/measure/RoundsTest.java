package org.hearsight.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void theRatioIsTheMedianOfTheRoundsRatiosNotTheRatioOfTheMedians() {
    Rounds rounds = new Rounds(new double[] {10, 20, 100}, new double[] {60, 80, 200});

    assertThat(rounds.ourMedian()).isEqualTo(20);
    assertThat(rounds.peerMedian()).hasValue(80);
    assertThat(rounds.ratios()).containsExactly(6, 4, 2);
    assertThat(rounds.ratio()).hasValue(4);
    Rounds other = new Rounds(new double[] {10, 100}, new double[] {90, 100});
    assertThat(other.ratio()).hasValue(5);
  }

  @Test
  void withoutAPeerThereIsNoRatio() {
    Rounds rounds = new Rounds(new double[] {3, 1}, new double[0]);

    assertThat(rounds.ourMedian()).isEqualTo(2);
    assertThat(rounds.ratio()).isEmpty();
    assertThat(rounds.ratios()).isEmpty();
  }

  @Test
  void roundsOfOneSideAloneAreRefused() {
    assertThatThrownBy(() -> new Rounds(new double[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aGoalIsMetAtItsRatioAndBelowItsTime() {
    assertThat(Goal.timesFaster(6).met(1, OptionalDouble.of(6))).contains(true);
    assertThat(Goal.timesFaster(6).met(1, OptionalDouble.of(5.99))).contains(false);
    assertThat(Goal.timesFaster(6).met(1, OptionalDouble.empty())).isEmpty();
    assertThat(Goal.under(60).met(59.9, OptionalDouble.empty())).contains(true);
    assertThat(Goal.under(60).met(60, OptionalDouble.empty())).contains(false);
    assertThat(Goal.NONE.met(1, OptionalDouble.of(9))).isEmpty();
  }
}
