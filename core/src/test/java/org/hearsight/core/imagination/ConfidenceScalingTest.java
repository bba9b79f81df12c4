package org.hearsight.core.imagination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.imagination.ConfidenceScaling.Evidence;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.junit.jupiter.api.Test;

class ConfidenceScalingTest {
  private static final int ROWS = 4000;

  private interface LogitOfRight {
    double of(double logit, double occlusion, double own);
  }

  /**
   * Fits to answers that are right as often as a logit says; what is said has logits of its own.
   */
  private static ConfidenceScaling fitted(long seed, LogitOfRight logitOfRight) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Evidence> answers = new ArrayList<>();
    boolean[] right = new boolean[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double logit = 6 * random.nextDouble() - 1;
      double occlusion = random.nextDouble();
      double own = 8 * random.nextDouble() - 4;
      answers.add(new Evidence(sigmoid(logit), occlusion, sigmoid(own)));
      right[i] = random.nextDouble() < sigmoid(logitOfRight.of(logit, occlusion, own));
    }
    return ConfidenceScaling.fit(answers, right);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Right as often as a third of the logit less one says. */
  @Test
  void findsWhatMadeTheRows() {
    ConfidenceScaling fitted = fitted(1, (logit, occlusion, own) -> logit / 3 - 1);

    assertThat(fitted.factor()).isCloseTo(1 / 3.0, within(0.08));
    assertThat(fitted.term()).isCloseTo(-1, within(0.15));
    assertThat(fitted.occlusion()).isCloseTo(0, within(0.2));
    assertThat(fitted.own()).isCloseTo(0, within(0.05));
  }

  /** Right less often where less is seen, which the head does not say. */
  @Test
  void findsWhatOcclusionHasToDoWithIt() {
    ConfidenceScaling fitted =
        fitted(2, (logit, occlusion, own) -> 0.5 * logit + 1 - 3 * occlusion);

    assertThat(fitted.factor()).isCloseTo(0.5, within(0.08));
    assertThat(fitted.term()).isCloseTo(1, within(0.2));
    assertThat(fitted.occlusion()).isCloseTo(-3, within(0.35));
    assertThat(fitted.of(new Evidence(0.5, 1, 0.5))).isCloseTo(sigmoid(-2), within(0.03));
    assertThat(fitted.of(new Evidence(0.5, 0, 0.5))).isCloseTo(sigmoid(1), within(0.03));
  }

  /** Right as often as the probabilities say, whatever the head says. */
  @Test
  void findsThatTheProbabilitiesKnowMoreThanTheHead() {
    ConfidenceScaling fitted = fitted(4, (logit, occlusion, own) -> 0.8 * own);

    assertThat(fitted.factor()).isCloseTo(0, within(0.08));
    assertThat(fitted.own()).isCloseTo(0.8, within(0.06));
    assertThat(fitted.of(new Evidence(0.9, 0.5, 0.2)))
        .isLessThan(fitted.of(new Evidence(0.9, 0.5, 0.8)) - 0.4);
  }

  /** At the minimum of a logistic likelihood with a term, the mean said is the share of rights. */
  @Test
  void theMeanOfWhatIsSaidIsTheShareOfRightAnswers() {
    SplittableRandom random = new SplittableRandom(3);
    int n = 400;
    List<Evidence> answers = new ArrayList<>();
    boolean[] right = new boolean[n];
    int rights = 0;
    for (int i = 0; i < n; i++) {
      answers.add(
          new Evidence(random.nextDouble(0.6, 1), random.nextDouble(), random.nextDouble()));
      right[i] = random.nextInt(3) > 0;
      rights += right[i] ? 1 : 0;
    }
    ConfidenceScaling fitted = ConfidenceScaling.fit(answers, right);
    double said = answers.stream().mapToDouble(fitted::of).average().orElseThrow();
    // Platt's targets are a little less than certain.
    double high = (rights + 1.0) / (rights + 2);
    double low = 1.0 / (n - rights + 2);
    double expected = (rights * high + (n - rights) * low) / n;
    assertThat(said).isCloseTo(expected, within(1e-6));
  }

  @Test
  void fewRowsSayNothingOfOcclusionAndProbabilities() {
    List<Evidence> answers = new ArrayList<>();
    boolean[] right = new boolean[49];
    for (int i = 0; i < 49; i++) {
      answers.add(new Evidence(0.5, i / 48.0, 1 - i / 60.0));
      right[i] = i < 20;
    }
    ConfidenceScaling fitted = ConfidenceScaling.fit(answers, right);
    assertThat(fitted.occlusion()).isZero();
    assertThat(fitted.own()).isZero();
  }

  /** What it says is right on average, whatever the logits were. */
  @Test
  void whatSaysTheOppositeBecomesTheShareOfRightAnswers() {
    double[] said = {0.9, 0.8, 0.95, 0.1, 0.2, 0.9, 0.7, 0.99};
    boolean[] right = {false, false, false, true, true, false, true, false};

    ConfidenceScaling fitted = ConfidenceScaling.fit(heads(said), right);

    assertThat(fitted.factor()).isZero();
    assertThat(fitted.of(new Evidence(0.993, 0.3, 0.3))).isCloseTo(3 / 8.0, within(0.06));
  }

  /** Probabilities that are sure of what is wrong do not turn the scale round. */
  @Test
  void probabilitiesThatSayTheOppositeAreNotBelieved() {
    ConfidenceScaling fitted = fitted(5, (logit, occlusion, own) -> logit - own);

    assertThat(fitted.own()).isZero();
    assertThat(fitted.factor()).isPositive();
  }

  @Test
  void aFewRowsAreNotCertain() {
    ConfidenceScaling fitted =
        ConfidenceScaling.fit(heads(1, 1, 0.5), new boolean[] {true, true, true});

    assertThat(fitted.of(new Evidence(0.5, 0, 1))).isBetween(0.5, 0.9);
    assertThat(fitted.of(new Evidence(1, 0, 1))).isBetween(0.5, 0.999999);
  }

  /** The class and, of a hazard, the map have their say; background has no place. */
  @Test
  void whatAnAnswerSaysOfItself() {
    double[] cells = new double[PlaceGrid.CELLS];
    cells[PlaceGrid.cell(10, 3)] = 0.75;
    cells[PlaceGrid.cell(46, 3)] = 0.25;
    PlacePosterior places = new PlacePosterior(cells, 0);

    assertThat(Evidence.of(0.9, 0.2, new double[] {0.2, 0.5, 0.3}, places))
        .isEqualTo(new Evidence(0.9, 0.2, 0.5 * places.rightness()));
    assertThat(places.rightness()).isCloseTo(0.75, within(1e-6));
    assertThat(Evidence.of(0.9, 0.2, new double[] {0.6, 0.1, 0.3}, places).own()).isEqualTo(0.6);
    assertThat(Evidence.of(0.9, 0.2, new double[] {0.1, 0.1, 0.8}, null).own()).isEqualTo(0.8);
  }

  private static List<Evidence> heads(double... said) {
    return Arrays.stream(said).mapToObj(s -> new Evidence(s, 0, 0.5)).toList();
  }
}
