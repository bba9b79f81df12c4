package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RiskCoverageTest {
  private static final double EPS = 1e-12;

  @Test
  void theCurveIsCountedByHand() {
    // By confidence: 0.95 right, 0.9 right, 0.8 wrong, 0.4 wrong, 0.3 wrong, 0.1 wrong.
    RiskCoverage curve = RiskCoverage.of(Answers.six(), Answers.TAXONOMY);

    assertThat(curve.points())
        .extracting(RiskCoverage.Point::risk)
        .usingElementComparator((a, b) -> Math.abs(a - b) < EPS ? 0 : 1)
        .containsExactly(0.0, 0.0, 1 / 3.0, 2 / 4.0, 3 / 5.0, 4 / 6.0);
    assertThat(curve.points().get(2).coverage()).isCloseTo(0.5, within(EPS));
    assertThat(curve.points().get(2).confidence()).isEqualTo(0.8);
    assertThat(curve.area()).isCloseTo((1 / 3.0 + 2 / 4.0 + 3 / 5.0 + 4 / 6.0) / 6, within(EPS));
    // The two right ones come first, so there is no better order.
    assertThat(curve.best()).isCloseTo(curve.area(), within(EPS));
  }

  @Test
  void answersOfEqualConfidenceAreGivenTogether() {
    List<Answer> level =
        Answers.six().stream()
            .map(a -> new Answer(a.truth(), a.classProbabilities(), a.location(), 0.5, null))
            .toList();

    RiskCoverage curve = RiskCoverage.of(level, Answers.TAXONOMY);

    assertThat(curve.points()).containsExactly(new RiskCoverage.Point(1, 4 / 6.0, 0.5));
    assertThat(curve.area()).isCloseTo(4 / 6.0, within(EPS));
    assertThat(curve.best()).isLessThan(curve.area());
  }

  @Test
  void nothingHasNoCurve() {
    RiskCoverage curve = RiskCoverage.of(List.of(), Answers.TAXONOMY);
    assertThat(curve.area()).isNaN();
    assertThat(curve.best()).isNaN();
    assertThat(curve.points()).isEmpty();
  }
}
