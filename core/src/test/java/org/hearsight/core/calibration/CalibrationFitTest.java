package org.hearsight.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceScaling.Evidence;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.probability.Softmax;
import org.hearsight.core.taxonomy.Taxonomy;
import org.junit.jupiter.api.Test;

/** A model made up: it is right about what is likely, but twice as sure as it should be. */
class CalibrationFitTest {
  private static final Taxonomy TAXONOMY =
      new Taxonomy("made up", List.of(Taxonomy.BACKGROUND, "siren", "horn"));
  private static final Calibration.FittedOn DATA =
      new Calibration.FittedOn("calibration", 1, 0, 1, "abc");

  @Test
  void itFindsTheModelOutAndSaysWhatIsTrueAfterwards() {
    List<CalibrationCase> cases = cases(500, 2, true);
    CalibrationFit fit = fit(cases);

    assertThat(fit.temperature()).isCloseTo(2, within(0.5));
    // Above 2: the label of a place is spread over its neighbours.
    assertThat(fit.calibration().placesTemperature()).isBetween(1.9, 2.4);
    // The head knows the class alone; how far the map is spread is in its own probabilities.
    assertThat(fit.calibration().confidence().own()).isGreaterThan(0.5);
    assertThat(fit.calibration().regions().bins()).hasSize(4);

    Calibration none = new Calibration(1.0, null, null, DATA);
    CalibrationReport report =
        CalibrationReport.of(
            cases, TAXONOMY, ConfidenceTarget.CORRECTNESS, new CalibrationFit(1, none), fit);

    CalibrationReport.Side before = report.before();
    CalibrationReport.Side after = report.after();
    assertThat(after.negativeLogLikelihood()).isLessThan(before.negativeLogLikelihood());
    assertThat(after.placesNegativeLogLikelihood())
        .isLessThan(before.placesNegativeLogLikelihood());
    assertThat(before.calibrationError().get("overall")).isGreaterThan(0.15);
    assertThat(after.calibrationError().get("overall")).isLessThan(0.06);
    assertThat(after.calibrationError().get("hidden"))
        .isLessThan(before.calibrationError().get("hidden"));
    assertThat(before.coverage().get("overall").of80()).isLessThan(0.7);
    assertThat(after.coverage()).hasSize(1 + 3 + 4);
    after
        .coverage()
        .forEach(
            (group, c) -> {
              if (group.startsWith("entropy") || group.equals("overall")) {
                double sd = 1 / Math.sqrt(c.count());
                assertThat(c.of50()).as(group).isCloseTo(0.5, within(3 * 0.5 * sd));
                assertThat(c.of80()).as(group).isCloseTo(0.8, within(3 * 0.4 * sd));
                assertThat(c.of90()).as(group).isCloseTo(0.9, within(3 * 0.3 * sd));
              }
            });
    assertThat(report.text())
        .contains("negative log-likelihood, place", "calibration error, hidden")
        .contains("regions, entropy 0.00 to ");
  }

  @Test
  void aModelWithoutAMapHasTemperatureAndConfidenceAlone() {
    CalibrationFit fit = fit(cases(600, 3, false));

    assertThat(fit.temperature()).isCloseTo(2, within(0.4));
    assertThat(fit.calibration().placesTemperature()).isNull();
    assertThat(fit.calibration().regions()).isNull();
    assertThat(fit.calibration().confidence()).isNotNull();
    CalibrationFit seed =
        CalibrationFit.of(cases(600, 3, false), TAXONOMY, ConfidenceTarget.SEED, DATA);
    assertThat(seed.calibration().confidence()).isNull();
    assertThat(
            CalibrationReport.of(cases(60, 3, false), TAXONOMY, ConfidenceTarget.SEED, seed, seed)
                .text())
        .contains("class")
        .doesNotContain("place", "regions");
  }

  @Test
  void aHandfulOfScenesIsEnoughToGoOn() {
    for (int n = 1; n <= 3; n++) {
      CalibrationFit fit = fit(cases(n, 4, true));
      assertThat(fit.temperature()).isBetween(0.049, 20.1);
      assertThat(fit.calibration().confidence().of(new Evidence(0.9, 0.5, 0.3)))
          .isBetween(0.0, 1.0);
    }
  }

  private static CalibrationFit fit(List<CalibrationCase> cases) {
    return CalibrationFit.of(cases, TAXONOMY, ConfidenceTarget.CORRECTNESS, DATA);
  }

  private static List<CalibrationCase> cases(int n, long seed, boolean map) {
    SplittableRandom random = new SplittableRandom(seed);
    List<CalibrationCase> cases = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      cases.add(drawn(random, map));
    }
    return cases;
  }

  /** The truth is drawn from the probabilities at temperature 2; the model says those at 1. */
  private static CalibrationCase drawn(SplittableRandom random, boolean map) {
    double occlusion = random.nextDouble();
    double[] logits = random.doubles(3).map(u -> 8 * u).toArray();
    int c = index(Softmax.of(logits, 2), random);
    double azimuth = random.nextDouble(-180, 180);
    double width = 5 + 30 * occlusion;
    double[] placeLogits = new double[PlaceGrid.CELLS];
    for (int i = 0; i < placeLogits.length; i++) {
      double off = PlaceGrid.azimuth(PlaceGrid.azimuthOf(i)) - azimuth;
      off -= 360 * Math.rint(off / 360);
      double far = (PlaceGrid.distanceOf(i) - 8) / 2.0;
      placeLogits[i] = -off * off / (width * width) - far * far;
    }
    int cell = index(Softmax.of(placeLogits, 2), random);
    Location truth =
        PlaceGrid.place(
            PlaceGrid.azimuth(PlaceGrid.azimuthOf(cell)),
            PlaceGrid.distance(PlaceGrid.distanceOf(cell)),
            0);
    double[] said = Softmax.of(logits, 1);
    Map<String, Double> probabilities = new LinkedHashMap<>();
    int best = 0;
    for (int k = 0; k < 3; k++) {
      probabilities.put(TAXONOMY.nameOf(k), said[k]);
      best = said[k] > said[best] ? k : best;
    }
    PlacePosterior places = new PlacePosterior(Softmax.of(placeLogits, 1), 0);
    Imagination answer =
        new Imagination(
            TAXONOMY.nameOf(best),
            probabilities,
            places.best(),
            null,
            map ? places : null,
            null,
            0.95 * said[best],
            null,
            new Imagination.Reliability(0.5, 0.5),
            occlusion,
            List.of());
    String name = TAXONOMY.nameOf(c);
    Scenario.Files files = new Scenario.Files("a.wav", "a.csv", null, null, null);
    // Visible where little is occluded.
    double visibility = c == 0 ? 0 : Math.max(0, 1 - 1.5 * occlusion);
    Scenario scene =
        new Scenario(
            name,
            Split.CALIBRATION,
            name,
            c == 0 ? null : truth,
            visibility,
            occlusion,
            null,
            1,
            List.of(),
            files,
            null);
    return new CalibrationCase(scene, answer);
  }

  private static int index(double[] p, SplittableRandom random) {
    double u = random.nextDouble();
    int i = 0;
    while (u > p[i] && i + 1 < p.length) {
      u -= p[i++];
    }
    return i;
  }
}
