package org.hearsight.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftMartingaleTest {
  @Test
  void aCapitalOfOneIsStakedAndHeldBackAsTheFormulaSays() {
    assertThat(DriftMartingale.begin().log10()).isEqualTo(0);
    DriftMartingale one = DriftMartingale.begin().after(0.25);

    double staked = 0;
    for (double kappa : new double[] {0.25, 0.5, 0.75}) {
      staked += kappa * Math.pow(0.25, kappa - 1) + kappa * Math.pow(0.75, kappa - 1);
    }
    assertThat(one.log10()).isCloseTo(Math.log10(0.5 + 0.5 * staked / 6), within(1e-12));
    assertThat(one.clips()).isEqualTo(1);
  }

  /** Of a martingale, the mean over all p-values of what comes next is what there is. */
  @Test
  void theGameIsFair() {
    DriftMartingale now = DriftMartingale.begin().after(0.01).after(0.9).after(0.3);
    double sum = 0;
    int points = 200_000;
    for (int i = 0; i < points; i++) {
      // p = u⁸ / 2, or 1 less that, as both ends are steep: dp = 4 u⁷ du, of each half.
      double u = (i + 0.5) / points;
      double p = Math.pow(u, 8) / 2;
      double weight = 4 * Math.pow(u, 7);
      sum += weight * (Math.pow(10, now.after(p).log10()) + Math.pow(10, now.after(1 - p).log10()));
    }
    assertThat(sum / points).isCloseTo(Math.pow(10, now.log10()), within(1e-3));
  }

  /** Ville: the probability of ever reaching 20 is at most 1 / 20. */
  @Test
  void ofUniformValuesFewRunsEverReachTheBound() {
    SplittableRandom random = new SplittableRandom(3);
    int reached = 0;
    int runs = 2000;
    for (int run = 0; run < runs; run++) {
      DriftMartingale m = DriftMartingale.begin();
      boolean high = false;
      for (int n = 0; n < 200 && !high; n++) {
        m = m.after(1 - random.nextDouble());
        high = m.log10() >= Math.log10(20);
      }
      reached += high ? 1 : 0;
    }
    // 100 expected at most, standard deviation 10
    assertThat(reached).isBetween(1, 130);
  }

  @Test
  void aChangeIsFoundAfterAsManyGoodClipsAsYouLike() {
    for (int good : new int[] {0, 100, 10_000}) {
      SplittableRandom random = new SplittableRandom(good);
      DriftMartingale m = DriftMartingale.begin();
      for (int n = 0; n < good; n++) {
        m = m.after(1 - random.nextDouble());
      }
      assertThat(m.log10()).isLessThan(2);
      int changed = 0;
      while (m.log10() < 2) {
        m = m.after(0.05 * (1 - random.nextDouble()));
        changed++;
      }
      assertThat(changed).as("after " + good).isBetween(2, 25);
    }
  }

  @Test
  void capitalsBeyondAnyNumberAreKept() {
    DriftMartingale m = DriftMartingale.begin();
    for (int n = 0; n < 1000; n++) {
      m = m.after(1e-6);
    }
    assertThat(m.log10()).isGreaterThan(3000).isFinite();
  }

  @Test
  void whatIsNoStateIsRefused() {
    assertThatThrownBy(() -> new DriftMartingale(1, List.of(0.0)))
        .hasMessage("martingale.stakes: expected 6");
    assertThatThrownBy(() -> DriftMartingale.begin().after(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
