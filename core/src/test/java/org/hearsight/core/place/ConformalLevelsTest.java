package org.hearsight.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hearsight.core.dataset.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformalLevelsTest {
  @Test
  void theLevelIsTheScoreOfTheRankThatTheBoundAsksFor() {
    ConformalLevels nine =
        ConformalLevels.of(new double[] {0.9, 0.1, 0.5, 0.3, 0.7, 0.2, 0.4, 0.8, 0.6});

    assertThat(nine.of(0.1)).isEqualTo(0.1); // ⌈10 · 0.1⌉ = 1
    assertThat(nine.of(0.5)).isEqualTo(0.5);
    assertThat(nine.of(0.55)).isEqualTo(0.6); // ⌈5.5⌉ = 6
    assertThat(nine.of(0.9)).isEqualTo(0.9);
    assertThat(nine.of(0.91)).isEqualTo(1); // ⌈9.1⌉ = 10 of 9: the whole map
    assertThat(nine.of(0)).isEqualTo(0.1);
    assertThat(ConformalLevels.of(new double[] {0.2}).of(0.5)).isEqualTo(0.2);
    assertThat(ConformalLevels.of(new double[] {0.2}).of(0.51)).isEqualTo(1);
  }

  @Test
  void ofManyScoresTheNextLargerOneThatIsKeptCounts() {
    int n = 50_000;
    double[] scores = IntStream.range(0, n).mapToDouble(i -> (i + 0.5) / n).toArray();
    ConformalLevels thinned = ConformalLevels.of(scores);

    assertThat(thinned.scores()).hasSize(2000);
    for (int i = 1; i < 1000; i++) {
      double p = i / 1000.0;
      double exact = scores[(int) Math.ceil((n + 1) * p - 1e-9) - 1];
      assertThat(thinned.of(p)).isBetween(exact, exact + 1 / 2000.0);
    }
    ConformalLevels whole = ConformalLevels.of(Arrays.copyOf(scores, 2000));
    assertThat(whole.scores()).hasSize(2000);
    assertThat(whole.of(0.5)).isEqualTo(scores[1000]); // ⌈2001 / 2⌉ = 1001st
  }

  /**
   * Scenes of which the map is far too sure, sorted at random into those that calibrate and those
   * that test: on average the share of the latter in their region lies in [p, p + 1 / (n + 1)].
   */
  @ParameterizedTest
  @CsvSource({"99, 0.5", "99, 0.8", "99, 0.9", "30, 0.8", "200, 0.9"})
  void overManySplitsCoverageIsWhatWasAskedAndLittleMore(int n, double p) {
    SplittableRandom random = new SplittableRandom(7);
    int tests = 100;
    int splits = 2000;
    double[] scores = new double[n + tests];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = 1 - Math.pow(random.nextDouble(), 4);
    }
    double sum = 0;
    for (int s = 0; s < splits; s++) {
      shuffle(scores, random);
      double level = ConformalLevels.of(Arrays.copyOf(scores, n)).of(p);
      sum += Arrays.stream(scores, n, n + tests).filter(x -> x <= level).count();
    }
    double mean = sum / splits / tests;
    // Splits of one set of scenes are not independent of each other, but each is exchangeable: a
    // single coverage deviates by √(p (1 − p) (1 / n + 1 / tests)) or so.
    double tolerance = 4 * Math.sqrt(p * (1 - p) * (1.0 / n + 1.0 / tests) / splits);
    assertThat(mean).isBetween(p - tolerance, p + 1.0 / (n + 1) + tolerance);
  }

  private static void shuffle(double[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double v = values[i];
      values[i] = values[j];
      values[j] = v;
    }
  }

  /** A map that puts twice the logits it should on its places. */
  @Test
  void regionsOfAMapThatIsTooSureHoldTheTruthAsOftenAsAsked() {
    SplittableRandom random = new SplittableRandom(11);
    int n = 500;
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      Scene scene = Scene.drawn(random);
      scores[i] = scene.said().score(scene.truth());
    }
    ConformalLevels levels = ConformalLevels.of(scores);
    for (double p : new double[] {0.5, 0.8, 0.9}) {
      int held = 0;
      int heldAtItsWord = 0;
      for (int i = 0; i < 1000; i++) {
        Scene scene = Scene.drawn(random);
        int cell = PlaceGrid.cell(scene.truth());
        int[] region = scene.said().region(p, levels);
        boolean inside = Arrays.stream(region).anyMatch(c -> c == cell);
        assertThat(scene.said().holds(scene.truth(), p, levels)).isEqualTo(inside);
        held += inside ? 1 : 0;
        heldAtItsWord += scene.said().holds(scene.truth(), p, null) ? 1 : 0;
      }
      assertThat(held / 1000.0).isCloseTo(p, within(0.07));
      assertThat(heldAtItsWord / 1000.0).isLessThan(p - 0.08);
    }
  }

  /** A truth drawn from a map, and what a map of doubled logits says. */
  private record Scene(PlacePosterior said, Location truth) {
    static Scene drawn(SplittableRandom random) {
      double[] p = new double[PlaceGrid.CELLS];
      double sum = 0;
      for (int i = 0; i < p.length; i++) {
        p[i] = Math.exp(2.5 * random.nextGaussian());
        sum += p[i];
      }
      for (int i = 0; i < p.length; i++) {
        p[i] /= sum;
      }
      PlacePosterior right = new PlacePosterior(p, 0);
      double u = random.nextDouble();
      int cell = 0;
      while (u > p[cell] && cell + 1 < p.length) {
        u -= p[cell++];
      }
      Location truth =
          PlaceGrid.place(
              PlaceGrid.azimuth(PlaceGrid.azimuthOf(cell)),
              PlaceGrid.distance(PlaceGrid.distanceOf(cell)),
              0);
      return new Scene(right.tempered(0.5), truth);
    }
  }

  @Test
  void scoresThatNoFitGivesAreRefused() {
    assertThatThrownBy(() -> new ConformalLevels(2, List.of(0.5)))
        .hasMessageContaining("regions.scores: expected 2 of 2 scenes");
    assertThatThrownBy(() -> new ConformalLevels(2, List.of(0.5, 0.4)))
        .hasMessageContaining("regions.scores: 0.4");
    assertThatThrownBy(() -> new ConformalLevels(1, List.of(1.5)))
        .hasMessageContaining("regions.scores: 1.5");
    assertThatThrownBy(() -> new ConformalLevels(0, List.of()))
        .hasMessageContaining("regions.count: 0");
  }
}
