package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hearsight.core.taxonomy.Taxonomy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeldReportTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/metrics");
  private static final SeldClasses THREE = SeldClasses.numbered(3);

  private static SeldFolders golden(SeldMetrics metrics) {
    return SeldFolders.read(
        new SeldFolders.Side(GOLDEN.resolve("reference"), null, "--reference-distance"),
        new SeldFolders.Side(GOLDEN.resolve("prediction"), null, "--distance"),
        metrics,
        SeldClasses.numbered(13));
  }

  private static SeldReport score(
      SeldMetrics metrics, List<SeldEvent> reference, List<SeldEvent> prediction) {
    SeldFolders one =
        new SeldFolders(List.of(new ScoredClip("a.csv", reference, prediction)), List.of());
    return SeldReport.of(one, metrics, Average.MACRO, THREE);
  }

  private static SeldEvent event(int frame, int classIndex, double azimuth, double distance) {
    return new SeldEvent(frame, classIndex, 0, azimuth, 0, distance);
  }

  /** Every class in every frame of three seconds, and a last event that closes the clip. */
  private static List<SeldEvent> busy() {
    List<SeldEvent> events = new ArrayList<>();
    for (int frame = 0; frame <= 30; frame++) {
      for (int c = 0; c < 3; c++) {
        events.add(event(frame, c, 50 * c - frame, 1 + c));
        events.add(event(frame, c, 180 + 50 * c - frame, 2 + c));
      }
    }
    return events;
  }

  private static double value(SeldReport report, String key) {
    return report.scores().get(key).value();
  }

  private static double value(SeldReport report, int classIndex, String key) {
    return report.classes().get(classIndex).scores().get(key).value();
  }

  @ParameterizedTest
  @CsvSource({"DCASE_2024,MACRO", "DCASE_2024,MICRO", "DCASE_2023,MACRO", "DCASE_2023,MICRO"})
  void scoresAreTheBaselines(SeldMetrics metrics, Average average) throws IOException {
    JsonNode expected =
        new ObjectMapper()
            .readTree(GOLDEN.resolve("expected.json").toFile())
            .get("dcase" + metrics.year() + "_" + (average == Average.MACRO ? "macro" : "micro"));
    Map<String, String> keys =
        metrics == SeldMetrics.DCASE_2024
            ? Map.of(
                "ER",
                "ER20",
                "F20",
                "F20",
                "DOAE",
                "DOAE_CD",
                "DE",
                "DE_CD",
                "RDE",
                "RDE_CD",
                "LR",
                "LR_CD",
                "seld_error",
                "seld_error")
            : Map.of(
                "ER20",
                "ER20",
                "F20",
                "F20",
                "LE_CD",
                "LE_CD",
                "LR_CD",
                "LR_CD",
                "seld_error",
                "seld_error");
    List<String> rows =
        metrics == SeldMetrics.DCASE_2024
            ? List.of("ER20", "F20", "DOAE_CD", "DE_CD", "RDE_CD", "LR_CD", "seld_error")
            : List.of("ER20", "F20", "LE_CD", "LR_CD", "seld_error");

    SeldReport report = SeldReport.of(golden(metrics), metrics, average, SeldClasses.numbered(13));

    keys.forEach(
        (theirs, ours) ->
            assertThat(value(report, ours))
                .as(ours)
                .isCloseTo(expected.get(theirs).doubleValue(), within(1e-6)));
    JsonNode classwise = expected.get("classwise");
    assertThat(classwise.size()).isEqualTo(average == Average.MACRO ? rows.size() : 0);
    for (int r = 0; r < classwise.size(); r++) {
      for (int c = 0; c < 13; c++) {
        JsonNode theirs = classwise.get(r).get(c);
        double ours = value(report, c, rows.get(r));
        if (theirs.isNull()) {
          assertThat(ours).as(rows.get(r) + " of class " + c).isNaN();
        } else {
          assertThat(ours)
              .as(rows.get(r) + " of class " + c)
              .isCloseTo(theirs.doubleValue(), within(1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SeldMetrics.class)
  void aPerfectPredictionCannotBeBettered(SeldMetrics metrics) {
    List<SeldEvent> shuffled = new ArrayList<>(busy());
    Collections.reverse(shuffled);

    SeldReport report = score(metrics, busy(), shuffled);

    assertThat(value(report, "F20")).isEqualTo(1);
    assertThat(value(report, "LR_CD")).isEqualTo(1);
    assertThat(value(report, "ER20")).isZero();
    assertThat(value(report, "seld_error")).isCloseTo(0, within(1e-9));
    assertThat(value(report, metrics.key(SeldScore.ANGLE))).isCloseTo(0, within(1e-9));
  }

  @Test
  void noPredictionIn2024HasNoAngleAndTheWorstScore() {
    SeldReport report = score(SeldMetrics.DCASE_2024, busy(), List.of());

    assertThat(value(report, "F20")).isZero();
    assertThat(value(report, "LR_CD")).isZero();
    assertThat(value(report, "ER20")).isEqualTo(1);
    assertThat(value(report, "DOAE_CD")).isNaN();
    assertThat(value(report, "RDE_CD")).isNaN();
    assertThat(value(report, "seld_error")).isEqualTo(1);
  }

  @Test
  void noPredictionIn2023IsHalfACircleOff() {
    SeldReport report = score(SeldMetrics.DCASE_2023, busy(), List.of());

    assertThat(value(report, "LE_CD")).isEqualTo(180);
    assertThat(value(report, "seld_error")).isEqualTo(1);
  }

  /** Class 2 is never predicted: skipped by the angle in 2024, 180° in 2023. */
  @Test
  void aClassNeverMatchedIsHandledByTheYear() {
    List<SeldEvent> guess = busy().stream().filter(e -> e.classIndex() < 2).toList();

    SeldReport y2024 = score(SeldMetrics.DCASE_2024, busy(), guess);
    SeldReport y2023 = score(SeldMetrics.DCASE_2023, busy(), guess);

    assertThat(value(y2024, 2, "DOAE_CD")).isNaN();
    assertThat(value(y2024, "DOAE_CD")).isCloseTo(0, within(1e-9));
    assertThat(value(y2024, "F20")).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(value(y2023, 2, "LE_CD")).isEqualTo(180);
    assertThat(value(y2023, "LE_CD")).isCloseTo(60, within(1e-9));
  }

  @Test
  void distanceCountsIn2024Alone() {
    List<SeldEvent> truth = List.of(event(0, 0, 0, 1), event(1, 0, 0, 1), event(2, 0, 0, 1));
    List<SeldEvent> guess = List.of(event(0, 0, 10, 2), event(1, 0, 10, 2.5));

    SeldReport y2024 = score(SeldMetrics.DCASE_2024, truth, guess);

    assertThat(value(y2024, 0, "F20")).isEqualTo(0.5);
    assertThat(value(y2024, 0, "RDE_CD")).isCloseTo(1.25, within(1e-9));
    assertThat(value(y2024, 0, "DE_CD")).isCloseTo(1.25, within(1e-9));
    assertThat(value(y2024, 0, "DOAE_CD")).isCloseTo(10, within(1e-9));
    assertThat(value(score(SeldMetrics.DCASE_2023, truth, guess), 0, "F20")).isEqualTo(1);
  }

  @Test
  void whatLiesFurtherOffThanTwentyDegreesIsWrongButMatched() {
    List<SeldEvent> truth = List.of(event(0, 0, 0, 1), event(1, 0, 0, 1));

    SeldReport report = score(SeldMetrics.DCASE_2024, truth, List.of(event(0, 0, 20.1, 1)));

    assertThat(value(report, 0, "F20")).isZero();
    assertThat(value(report, 0, "LR_CD")).isEqualTo(1);
    assertThat(value(report, 0, "DOAE_CD")).isCloseTo(20.1, within(1e-9));
  }

  @Test
  void aWrongClassIsOneSubstitution() {
    List<SeldEvent> truth = List.of(event(0, 0, 0, 1), event(1, 0, 0, 1));

    SeldReport report = score(SeldMetrics.DCASE_2024, truth, List.of(event(0, 1, 0, 1)));

    assertThat(value(report, "ER20")).isEqualTo(1);
  }

  @Test
  void aClipWithoutReferenceEventsCountsFalseAlarms() {
    SeldReport report = score(SeldMetrics.DCASE_2024, List.of(), List.of(event(5, 0, 0, 1)));

    assertThat(value(report, 0, "F20")).isZero();
    assertThat(value(report, "ER20")).isNaN();
    assertThat(report.classes().get(0).references()).isZero();
  }

  @Test
  void aTaxonomysBackgroundIsNotScored() {
    Taxonomy taxonomy = new Taxonomy("two", Arrays.asList("background", "siren"));
    List<SeldEvent> truth = List.of(event(0, 1, 0, 1), event(1, 1, 0, 1));
    SeldFolders one = new SeldFolders(List.of(new ScoredClip("a.csv", truth, truth)), List.of());

    SeldReport report =
        SeldReport.of(one, SeldMetrics.DCASE_2024, Average.MACRO, SeldClasses.of(taxonomy));

    assertThat(value(report, "F20")).isEqualTo(1);
    assertThat(report.classes()).extracting(SeldReport.OfClass::name).containsExactly("siren");
  }

  @Test
  void intervalsNarrowRoundTheScore() {
    SeldReport report =
        SeldReport.of(
            golden(SeldMetrics.DCASE_2024),
            SeldMetrics.DCASE_2024,
            Average.MICRO,
            SeldClasses.numbered(13));

    Jackknife f = report.scores().get("F20");

    assertThat(f.low()).isLessThan(f.value());
    assertThat(f.high()).isGreaterThan(f.value());
    assertThat(f.high() - f.low()).isLessThan(0.3);
  }

  /** A training and the report judge alike. */
  @ParameterizedTest
  @CsvSource({"DCASE_2024,MACRO", "DCASE_2024,MICRO", "DCASE_2023,MACRO", "DCASE_2023,MICRO"})
  void theScoresAloneAreTheReports(SeldMetrics metrics, Average average) {
    SeldFolders folders = golden(metrics);
    SeldClasses classes = SeldClasses.numbered(13);
    SeldReport report = SeldReport.of(folders, metrics, average, classes);

    Map<SeldScore, Double> scores = SeldReport.scores(folders.clips(), metrics, average, classes);

    assertThat(scores).containsOnlyKeys(metrics.scores());
    scores.forEach(
        (score, value) -> assertThat(value).isEqualTo(value(report, metrics.key(score))));
  }
}
