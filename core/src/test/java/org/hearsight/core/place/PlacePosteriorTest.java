package org.hearsight.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacePosteriorTest {
  @TempDir private Path folder;

  @Test
  void theAnswerToALabelIsItsPlace() {
    for (Location place :
        new Location[] {
          new Location(33, 6, 7.4), new Location(-179, -3, 22), new Location(1, 0, 2)
        }) {
      Location answer = posterior(place, 1, place, PlaceGrid.rise(place)).best();

      assertThat(answer.direction().angleTo(place.direction())).isLessThan(0.8);
      assertThat(answer.distance()).isCloseTo(place.distance(), within(0.03 * place.distance()));
    }
  }

  @Test
  void ofTwoHillsTheHeavierIsAnsweredAndNotTheirMiddle() {
    Location left = new Location(52, 0, 9);
    Location right = new Location(-38, 0, 5);
    PlacePosterior posterior = posterior(left, 0.65, right, 0.4);

    assertThat(posterior.best().azimuth()).isCloseTo(52, within(1.0));
    List<PlaceHill> hills = posterior.hills();
    assertThat(hills).hasSize(2);
    assertThat(hills.get(0).mass()).isCloseTo(0.65, within(1e-3));
    assertThat(hills.get(0).place().azimuth()).isCloseTo(52, within(1.0));
    assertThat(hills.get(1).mass()).isCloseTo(0.35, within(1e-3));
    assertThat(hills.get(1).place().distance()).isCloseTo(Math.hypot(5, 0.4), within(0.2));
    assertThat(hills.get(1).cells().get(0)).isEqualTo(PlaceGrid.cell(right));
  }

  @Test
  void hillsThatTouchAreOne() {
    PlacePosterior across = posterior(new Location(177, 0, 9), 0.5, new Location(-177, 0, 9), 0);

    assertThat(across.hills()).hasSize(1);
    assertThat(Math.abs(across.best().azimuth())).isGreaterThan(179);
    assertThat(across.best()).isEqualTo(across.hills().get(0).place());
  }

  @Test
  void aRegionIsTheSmallestSetAndHoldsWhatScoresBelowIt() {
    PlacePosterior posterior = random(1);
    double[] p = posterior.probabilities();
    for (double share : new double[] {0, 0.3, 0.8, 1}) {
      int[] region = posterior.region(share);
      double held = Arrays.stream(region).mapToDouble(c -> p[c]).sum();
      double least = Arrays.stream(region).mapToDouble(c -> p[c]).min().orElse(1);
      boolean[] inside = new boolean[p.length];
      Arrays.stream(region).forEach(c -> inside[c] = true);

      assertThat(held).isGreaterThanOrEqualTo(share - 1e-9);
      assertThat(held - (region.length == 0 ? 0 : least)).isLessThanOrEqualTo(share);
      for (int c = 0; c < p.length; c++) {
        assertThat(inside[c] || p[c] <= least).isTrue();
        double score = posterior.score(center(c));
        assertThat(inside[c]).as("cell " + c).isEqualTo(score < share);
      }
    }
  }

  @Test
  void placesDrawnFromTheMapAreCoveredAsOftenAsAsked() {
    PlacePosterior posterior = random(2);
    SplittableRandom random = new SplittableRandom(3);
    Location[] drawn = new Location[4000];
    for (int i = 0; i < drawn.length; i++) {
      double u = random.nextDouble();
      int cell = 0;
      while (u > posterior.probability(cell) && cell + 1 < PlaceGrid.CELLS) {
        u -= posterior.probability(cell++);
      }
      drawn[i] = center(cell);
    }
    for (double share : new double[] {0.5, 0.8, 0.9}) {
      long held = Arrays.stream(drawn).filter(d -> posterior.holds(d, share, null)).count();
      assertThat(held / 4000.0).isCloseTo(share, within(0.02));
    }
  }

  @Test
  void crossEntropyIsLeastForTheTruthItself() {
    Location truth = new Location(-100, 0, 4);
    double own = posterior(truth, 1, truth, 0).crossEntropy(truth);
    double beside = posterior(new Location(-95, 0, 4), 1, truth, 0).crossEntropy(truth);
    double none = uniform().crossEntropy(truth);

    // The label's own entropy: ln of σ√(2πe) cells in azimuth and in distance.
    double expected = Math.log(4 / 5.0 * 0.7 * 2 * Math.PI * Math.E);
    assertThat(own).isCloseTo(expected, within(0.03));
    assertThat(beside).isGreaterThan(own);
    assertThat(none).isCloseTo(Math.log(PlaceGrid.CELLS), within(1e-4));
    assertThat(posterior(new Location(80, 0, 50), 1, truth, 0).crossEntropy(truth)).isFinite();
  }

  @Test
  void widthsAreThoseOfTheMap() {
    Location place = new Location(52.5, 0, 9);
    PlacePosterior posterior = posterior(place, 1, place, 0);

    // Half of the label lies in the middle cell, 0.23 in each of its neighbours.
    assertThat(posterior.within(52.5, 0.68)).isCloseTo(2.5 + 5 * 0.09 / 0.229, within(0.3));
    assertThat(posterior.logDistanceSpread(52.5))
        .isCloseTo(PlaceGrid.LABEL_CELLS * PlaceGrid.LOG_STEP, within(0.005));
    assertThat(uniform().within(0, 0.5)).isCloseTo(90, within(1.0));
  }

  @Test
  void logitsAreASoftmaxAndMustBeNumbers() {
    float[] logits = new float[PlaceGrid.CELLS];
    logits[7] = (float) Math.log(PlaceGrid.CELLS - 1) + 300;
    Arrays.fill(logits, 0, 7, 300);
    Arrays.fill(logits, 8, logits.length, 300);

    assertThat(PlacePosterior.ofLogits(logits, 0).probability(7)).isCloseTo(0.5, within(1e-5));
    logits[3] = Float.NaN;
    assertThatThrownBy(() -> PlacePosterior.ofLogits(logits, 0)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> PlacePosterior.ofLogits(new float[3], 0))
        .hasMessageContaining("3 places");
  }

  @Test
  void numbersThatAreNoMapAreRefused() {
    double[] p = uniform().probabilities();
    p[5] = -0.1;
    assertThatThrownBy(() -> new PlacePosterior(p, 0)).hasMessageContaining("-0.1");
    p[5] = 0.5;
    assertThatThrownBy(() -> new PlacePosterior(p, 0)).hasMessageContaining("sum");
    double[] good = uniform().probabilities();
    assertThatThrownBy(() -> new PlacePosterior(good, Double.NaN)).hasMessageContaining("rise");
    PlacePosterior kept = new PlacePosterior(good, 0);
    good[0] = 1;
    kept.probabilities()[0] = 1;
    assertThat(kept.probability(0)).isCloseTo(1.0 / PlaceGrid.CELLS, within(1e-12));
  }

  @Test
  void jsonComesBackAsItWas() throws Exception {
    Path file = folder.resolve("map.json");
    PlacePosterior posterior = random(4);
    Files.writeString(file, Json.page(posterior));

    PlacePosterior back = Json.read(file, PlacePosterior.class, "write it again");
    double[] expected = posterior.probabilities();
    assertThat(back.probabilities()).containsExactly(expected, within(1e-15));
    assertThat(back.rise()).isEqualTo(posterior.rise());

    Files.writeString(file, Json.page(posterior).replace("-177.5", "-175.0"));
    assertThatThrownBy(() -> Json.read(file, PlacePosterior.class, "write it again"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("azimuths");
  }

  private static PlacePosterior posterior(Location a, double share, Location b, double rise) {
    float[] one = PlaceGrid.label(a);
    float[] two = PlaceGrid.label(b);
    double[] p = new double[PlaceGrid.CELLS];
    for (int i = 0; i < p.length; i++) {
      p[i] = share * one[i] + (1 - share) * two[i];
    }
    return new PlacePosterior(p, rise);
  }

  private static PlacePosterior uniform() {
    double[] p = new double[PlaceGrid.CELLS];
    Arrays.fill(p, 1.0 / PlaceGrid.CELLS);
    return new PlacePosterior(p, 0);
  }

  private static PlacePosterior random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] logits = new float[PlaceGrid.CELLS];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextDouble(-4, 4);
    }
    return PlacePosterior.ofLogits(logits, 1.5);
  }

  private static Location center(int cell) {
    return PlaceGrid.place(
        PlaceGrid.azimuth(PlaceGrid.azimuthOf(cell)),
        PlaceGrid.distance(PlaceGrid.distanceOf(cell)),
        0);
  }
}
