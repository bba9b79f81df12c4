package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.file.Json;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.junit.jupiter.api.Test;

class PlaceScoresTest {
  private static final Location TRUTH = Answers.at(20, 7.4);

  /** A map with a cell of 60 %, one of 25 %, and the rest everywhere else. */
  private static PlacePosterior map(Location first, Location second) {
    double[] p = new double[PlaceGrid.CELLS];
    Arrays.fill(p, 0.15 / (PlaceGrid.CELLS - 2));
    p[PlaceGrid.cell(first)] = 0.6;
    p[PlaceGrid.cell(second)] = 0.25;
    return new PlacePosterior(p, 0);
  }

  private static Answer answer(PlacePosterior places) {
    Location said = places == null ? null : places.best();
    return new Answer(
        Answers.hazard("siren", TRUTH.azimuth(), TRUTH.distance(), 0, 1),
        new float[Answers.TAXONOMY.size()],
        said,
        0.5,
        null,
        places);
  }

  @Test
  void countsWhatRegionsHold() {
    Location elsewhere = Answers.at(-100, 20);
    Location third = Answers.at(100, 3);
    List<Answer> answers = new ArrayList<>();
    answers.add(answer(map(TRUTH, elsewhere))); // in all regions
    answers.add(answer(map(elsewhere, TRUTH))); // beyond 60 %
    answers.add(answer(map(elsewhere, third))); // beyond 85 %, early or late among equals
    answers.add(answer(null));

    PlaceScores scores = PlaceScores.of(answers);

    assertThat(scores.count()).isEqualTo(3);
    assertThat(scores.coverage50()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(scores.coverage80()).isCloseTo(2 / 3.0, within(1e-12));
    // One cell holds 60 %, two hold 85 %.
    assertThat(scores.size50()).isCloseTo(1.0 / PlaceGrid.CELLS, within(1e-12));
    assertThat(scores.size80()).isCloseTo(2.0 / PlaceGrid.CELLS, within(1e-12));
    assertThat(scores.size90()).isGreaterThan(300.0 / PlaceGrid.CELLS);
    double mean = 0;
    for (Answer a : answers.subList(0, 3)) {
      mean += a.places().crossEntropy(TRUTH) / 3;
    }
    assertThat(scores.negativeLogLikelihood()).isCloseTo(mean, within(1e-9));
    assertThat(PlaceScores.of(answers.subList(3, 4))).isNull();
  }

  @Test
  void tableAndJsonHaveThemOnlyWhereThereIsAMap() {
    ImaginationScores with =
        ImaginationScores.of(List.of(answer(map(TRUTH, Answers.at(90, 3)))), Answers.TAXONOMY, 1);
    ImaginationScores without = ImaginationScores.of(List.of(answer(null)), Answers.TAXONOMY, 1);

    String text =
        ScoreTable.text(
            List.of(new ScoreTable.Named("model", with), new ScoreTable.Named("classic", without)));

    assertThat(text.lines().filter(line -> line.contains("100.0 %  100.0 %  100.0 %")))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("model  hidden behind something"))
        .allMatch(line -> line.startsWith("model  hidden"));
    assertThat(Json.page(with)).contains("\"coverage_80\" : 1.0");
    assertThat(Json.page(without)).doesNotContain("coverage_80");
  }
}
