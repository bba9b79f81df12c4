package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final double EPS = 1e-12;

  @Test
  void mcNemarIsTheSignTestOfWhatDiffers() {
    // Two-sided: 2 (C(6,0) + C(6,1)) / 2⁶.
    assertThat(PairedBootstrap.mcNemar(1, 5)).isCloseTo(14 / 64.0, within(EPS));
    assertThat(PairedBootstrap.mcNemar(5, 1)).isCloseTo(14 / 64.0, within(EPS));
    assertThat(PairedBootstrap.mcNemar(3, 3)).isEqualTo(1);
    assertThat(PairedBootstrap.mcNemar(0, 0)).isEqualTo(1);
  }

  @Test
  void holmAdjustsByRankAndNeverFalls() {
    assertThat(PairedBootstrap.holm(new double[] {0.01, 0.04, 0.03}))
        .containsExactly(new double[] {0.03, 0.06, 0.06}, within(EPS));
    assertThat(PairedBootstrap.holm(new double[] {0.9, 0.8})).containsExactly(1, 1);
  }

  @Test
  void pairsTellApartWhatUnpairedSamplesWouldNot() {
    double[] a = new double[60];
    double[] b = new double[60];
    for (int i = 0; i < a.length; i++) {
      a[i] = 3 * i; // from 0 to 177: far more than the difference
      b[i] = a[i] + 2 + i % 2;
    }
    PairedBootstrap drawn = PairedBootstrap.of(a, b, Statistics::mean, 1);

    assertThat(drawn.second() - drawn.first()).isCloseTo(2.5, within(EPS));
    assertThat(drawn.low()).isBetween(2.3, 2.5);
    assertThat(drawn.high()).isBetween(2.5, 2.7);
    assertThat(drawn.p()).isLessThan(0.001);
    assertThat(PairedBootstrap.of(a, a, Statistics::mean, 1).p()).isEqualTo(1);
  }

  @Test
  void aWorseModelIsFoundWorseAndItsScenesAreNamed() {
    List<Answer> good = answers(5, 0);
    List<Answer> bad = answers(40, 30);
    Map<String, List<Answer>> answers = Map.of("good", good, "bad", bad);

    Comparison comparison =
        Comparison.of(
            answers, "good", List.of("bad"), List.of(Measure.values()), Answers.TAXONOMY, 1);
    Comparison.Pair pair = comparison.pairs().get(0);

    Comparison.Test angle = pair.test(Measure.HIDDEN_MEDIAN_ANGLE);
    assertThat(angle.count()).isEqualTo(40);
    assertThat(angle.first()).isCloseTo(5, within(1e-9));
    assertThat(angle.difference()).isCloseTo(35, within(1e-9));
    assertThat(angle.verdict()).isEqualTo(-1);
    assertThat(angle.holm()).isGreaterThan(angle.p());
    Comparison.Test classes = pair.test(Measure.CLASS);
    assertThat(classes.onlyFirst()).isEqualTo(30);
    assertThat(classes.onlySecond()).isZero();
    assertThat(classes.p()).isCloseTo(PairedBootstrap.mcNemar(30, 0), within(EPS));
    assertThat(classes.difference()).isCloseTo(-0.75, within(EPS));
    assertThat(pair.test(Measure.MAP)).as("without maps").isNull();
    assertThat(pair.apart()).hasSize(12);
    assertThat(pair.apart().get(0).secondAngle() - pair.apart().get(0).firstAngle())
        .isCloseTo(35, within(1e-9));
    assertThat(comparison.text()).contains("bad – good", "worse", "farthest apart:", "scene0");
    Comparison reversed =
        Comparison.of(answers, "bad", List.of("good"), List.of(Measure.CLASS), Answers.TAXONOMY, 1);
    assertThat(reversed.pairs().get(0).test(Measure.CLASS).verdict()).isEqualTo(1);
  }

  @Test
  void systemsThatAnsweredOtherScenesAreNotPaired() {
    List<Answer> one = answers(5, 0);
    Map<String, List<Answer>> answers = Map.of("a", one, "b", one.subList(1, one.size()));
    assertThatThrownBy(
            () ->
                Comparison.of(
                    answers, "a", List.of("b"), List.of(Measure.CLASS), Answers.TAXONOMY, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Forty hidden sirens so many degrees off, the first of them called horns. */
  private static List<Answer> answers(double degrees, int horns) {
    List<Answer> answers = new ArrayList<>();
    Scenario.Files files = new Scenario.Files("a.wav", "a.csv", null, null, null);
    for (int i = 0; i < 40; i++) {
      Scenario truth =
          new Scenario(
              "scene" + i,
              Split.TEST,
              "siren",
              new Location(0, 0, 10),
              0,
              1,
              null,
              1,
              List.of(),
              files,
              null);
      float[] p = new float[Answers.TAXONOMY.size()];
      p[Answers.TAXONOMY.indexOf(i < horns ? "horn" : "siren", "test")] = 1;
      answers.add(new Answer(truth, p, new Location(degrees, 0, 10), 0.5, null));
    }
    return answers;
  }

  @Test
  void whatCannotBeMeasuredIsNotADifference() {
    double[] endless = {Double.POSITIVE_INFINITY, 1, 2};
    PairedBootstrap drawn = PairedBootstrap.of(endless, endless, Statistics::mean, 1);
    assertThat(drawn.p()).isEqualTo(1);
  }
}
