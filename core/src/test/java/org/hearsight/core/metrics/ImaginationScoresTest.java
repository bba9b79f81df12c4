package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.taxonomy.Taxonomy;
import org.junit.jupiter.api.Test;

class ImaginationScoresTest {
  private static final double EPS = 1e-9;

  private final ImaginationScores scores = ImaginationScores.of(Answers.six(), Answers.TAXONOMY, 7);

  @Test
  void classesAreCountedByHand() {
    Classification c = scores.classification();

    assertThat(c.accuracy()).isEqualTo(0.5);
    // background 2·1/(2+2), siren 2·1/(2+1), horn 2·1/(2+2); engine does not occur in the truth.
    assertThat(c.macroF1()).isCloseTo((0.5 + 2 / 3.0 + 0.5) / 3, within(EPS));
    assertThat(c.backgroundRecall()).isEqualTo(0.5);
    assertThat(c.falseAlarmRate()).isEqualTo(0.5);
    assertThat(c.missRate()).isEqualTo(0.25);
    assertThat(c.confusion()[0]).containsExactly(1, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    assertThat(c.confusion()[1]).containsExactly(0, 1, 1, 0, 0, 0, 0, 0, 0, 0);
    assertThat(c.confusion()[2]).containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void placesAreMeasuredOverHazardsOnly() {
    Localization l = scores.overall().localization();

    assertThat(scores.scenarios()).isEqualTo(6);
    assertThat(scores.overall().count()).isEqualTo(6);
    assertThat(l.count()).isEqualTo(4);
    assertThat(l.medianAngle()).isCloseTo(22.5, within(EPS));
    assertThat(l.meanAngle()).isCloseTo((10 + 30 + 15 + 180) / 4.0, within(EPS));
    assertThat(l.within20()).isEqualTo(0.5);
    assertThat(l.medianRelativeDistance()).isCloseTo(0.525, within(EPS));
    assertThat(l.meanRelativeDistance()).isCloseTo((0.2 + 0.5 + 0.55 + 1) / 4, within(EPS));
  }

  @Test
  void hazardsAreSplitByVisibility() {
    assertThat(scores.hidden().count()).isEqualTo(2);
    assertThat(scores.hidden().accuracy()).isEqualTo(0.5);
    assertThat(scores.hidden().localization().medianAngle()).isCloseTo(20, within(EPS));
    assertThat(scores.partly().localization().medianAngle()).isCloseTo(15, within(EPS));
    assertThat(scores.visible().localization().medianAngle()).isEqualTo(180);
    assertThat(scores.slice(VisibilityBin.PARTLY)).isSameAs(scores.partly());
    assertThat(ImaginationScores.angles(Answers.six(), VisibilityBin.HIDDEN))
        .containsExactly(new double[] {10, 30}, within(EPS));
  }

  @Test
  void macroF1OfAPartCountsItsOwnScenariosAlone() {
    // Hidden: one siren named, one called horn: 2·1/(2+1); horn does not occur among them.
    assertThat(scores.hidden().macroF1()).isCloseTo(2 / 3.0, within(EPS));
    // Partly: the horn was named; the hidden siren called horn is none of its mistakes.
    assertThat(scores.partly().macroF1()).isEqualTo(1);
    assertThat(scores.visible().macroF1()).isZero();
    assertThat(scores.overall().macroF1()).isEqualTo(scores.classification().macroF1());
  }

  @Test
  void confidenceIsHeldAgainstRightAnswers() {
    Reliability c = scores.overall().calibration();

    assertThat(c.rightShare()).isCloseTo(2 / 6.0, within(EPS));
    assertThat(c.meanConfidence()).isCloseTo(0.575, within(EPS));
    assertThat(c.brier()).isCloseTo(0.9125 / 6, within(EPS));
    assertThat(c.ece()).isCloseTo((0.15 + 0.4 + 0.8 + 0.1 + 0.3) / 6, within(EPS));
    assertThat(c.bins()).hasSize(5);
    assertThat(c.bins().get(4)).isEqualTo(new Reliability.Bin(0.9, 1, 2, 0.925, 1));
  }

  @Test
  void recallIsTheShareOfEachClassThatOccurs() {
    assertThat(scores.classification().recall())
        .containsExactly(entry("background", 0.5), entry("siren", 0.5), entry("horn", 0.5));
  }

  @Test
  void proceduralAndRecordedSoundsAreScoredApart() {
    ImaginationScores heard = ImaginationScores.of(Answers.sixHeard(), Answers.TAXONOMY, 7);
    assertThat(heard.parts(Criterion.ORIGIN).keySet()).containsExactly("procedural", "recorded");
    PartScores procedural = heard.parts(Criterion.ORIGIN).get("procedural");
    PartScores recorded = heard.parts(Criterion.ORIGIN).get("recorded");

    assertThat(procedural.classification().recall())
        .containsExactly(entry("siren", 1.0), entry("horn", 0.0));
    assertThat(procedural.classification().missRate()).isEqualTo(0.5);
    assertThat(procedural.ambienceAlone().count()).isZero();
    assertThat(procedural.ambienceAlone().falseAlarmRate()).isNaN();
    assertThat(recorded.classification().recall())
        .containsExactly(entry("background", 0.5), entry("siren", 0.0), entry("horn", 1.0));
    assertThat(recorded.ambienceAlone()).isEqualTo(new PartScores.Alarms(1, 0));
    assertThat(recorded.harmlessSound()).isEqualTo(new PartScores.Alarms(1, 1));
    // Right: the procedural siren, the quiet background; the horn is too far.
    assertThat(procedural.overall().calibration().ece()).isCloseTo((0.05 + 0.1) / 2, within(EPS));
    assertThat(recorded.overall().calibration().ece())
        .isCloseTo((0.4 + 0.8 + 0.1 + 0.3) / 4, within(EPS));
    assertThat(recorded.overall().localization().count()).isEqualTo(2);
    assertThat(heard.overall().count())
        .isEqualTo(procedural.overall().count() + recorded.overall().count());
  }

  @Test
  void unknownSoundsAreHeldAgainstHazardsAndAmbience() {
    List<Answer> answers =
        List.of(
            Answers.unknown("siren", null, 0.1),
            Answers.unknown("horn", null, 0.6),
            Answers.unknown("background", null, 0.2),
            Answers.unknown("background", "music", 0.9),
            Answers.unknown("background", "music", 0.15),
            Answers.unknown("background", "kettle", 0.6));

    ImaginationScores said =
        ImaginationScores.of(answers, Answers.TAXONOMY, Set.of("music", "bell"), 7);
    UnknownScores u = said.unknown();

    assertThat(u.unknown()).isEqualTo(3);
    assertThat(u.heldOut()).isEqualTo(1);
    assertThat(u.known()).isEqualTo(2);
    assertThat(u.ambience()).isEqualTo(1);
    // 0.9 is above both hazards, 0.15 above one, 0.6 above one and like the other.
    assertThat(u.auc()).isCloseTo((2 + 1 + 1.5) / 6, within(EPS));
    assertThat(u.heldOutAuc()).isCloseTo(1.5 / 2, within(EPS));
    assertThat(u.ambienceAuc()).isCloseTo(2 / 3.0, within(EPS));
    assertThat(u.unknownSaid()).isCloseTo(2 / 3.0, within(EPS));
    assertThat(u.heldOutSaid()).isEqualTo(1);
    assertThat(u.knownSaid()).isEqualTo(0.5);
    assertThat(u.ambienceSaid()).isZero();
    assertThat(said.parts(Criterion.ORIGIN).get("procedural").unknown()).isEqualTo(u);
    assertThat(said.parts(Criterion.ORIGIN)).doesNotContainKey("recorded");
    assertThat(PartTable.of(said, Criterion.ORIGIN).rows())
        .contains(
            new PartTable.Row("unknown against hazards, area", List.of("0.750 of 3")),
            new PartTable.Row("… kinds the training split lacks", List.of("0.750 of 1")),
            new PartTable.Row("… hazards", List.of("50.0 % of 2")));

    // Without a training split nobody can say which kinds it would have.
    UnknownScores alone = ImaginationScores.of(answers, Answers.TAXONOMY, 7).unknown();
    assertThat(alone.auc()).isEqualTo(u.auc());
    assertThat(alone.heldOut()).isZero();
    assertThat(alone.heldOutAuc()).isNaN();
  }

  @Test
  void whoDoesNotSaySoIsNotScoredOnUnknownSounds() throws JsonProcessingException {
    assertThat(scores.unknown()).isNull();
    assertThat(new ObjectMapper().writeValueAsString(scores)).doesNotContain("unknown");
    ImaginationScores heard = ImaginationScores.of(Answers.sixHeard(), Answers.TAXONOMY, 7);
    assertThat(PartTable.of(heard, Criterion.ORIGIN).rows())
        .noneMatch(r -> r.label().contains("unknown"));
  }

  @Test
  void scoresOfEarlierVersionsAreRead() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode older = json.valueToTree(scores);
    older.remove("parts");
    older.putObject("procedural").put("count", 3);
    older.withObject("/classification").remove("recall");

    ImaginationScores read = json.treeToValue(older, ImaginationScores.class);

    assertThat(read.classification().recall()).isEmpty();
    assertThat(read.parts(Criterion.ORIGIN)).isEmpty();
    assertThat(read.hidden().macroF1()).isEqualTo(scores.hidden().macroF1());
  }

  @Test
  void reliabilityIsAveragedByTenthsOfOcclusion() {
    List<ReliabilityBin> bins = scores.reliability();

    assertThat(bins).extracting(ReliabilityBin::from).containsExactly(0.0, 0.5, 0.9);
    assertThat(bins).extracting(ReliabilityBin::count).containsExactly(1, 2, 3);
    assertThat(bins.get(1).audio()).isCloseTo(0.5, within(EPS));
    assertThat(bins.get(2).audio()).isCloseTo(0.8, within(EPS));
    assertThat(bins.get(2).visual()).isCloseTo(0.2, within(EPS));
  }

  @Test
  void theIntervalHoldsTheMedianAndDependsOnTheSeedAlone() {
    Localization l = scores.hidden().localization();
    ImaginationScores again = ImaginationScores.of(Answers.six(), Answers.TAXONOMY, 7);

    // Two values: the resampled median is 10, 20 or 30 with chances 1/4, 1/2, 1/4.
    assertThat(l.medianAngleLow()).isCloseTo(10, within(EPS));
    assertThat(l.medianAngleHigh()).isCloseTo(30, within(EPS));
    assertThat(again.hidden().localization()).isEqualTo(l);
  }

  @Test
  void theIntervalOfAMeanMatchesTheNormalApproximation() {
    double[] values = new double[400];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2;
    }

    double[] interval = Statistics.interval95(values, Statistics::mean, 2000, 1);

    assertThat(interval[0]).isCloseTo(0.5 - 1.96 * 0.5 / 20, within(0.01));
    assertThat(interval[1]).isCloseTo(0.5 + 1.96 * 0.5 / 20, within(0.01));
  }

  @Test
  void jsonKeepsItsOrderAndSaysNullWhereNothingWasMeasured() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    ImaginationScores nothing = ImaginationScores.of(List.of(), Answers.TAXONOMY, 7);

    String text = json.writeValueAsString(scores);
    String empty = json.writeValueAsString(nothing);

    assertThat(text)
        .startsWith("{\"scenarios\":6,\"classification\":{\"accuracy\":0.5,\"macro_f1\":0.5555")
        .doesNotContain("NaN");
    assertThat(empty).contains("\"median_angle\":null").doesNotContain("NaN");
    assertThat(json.writeValueAsString(json.readValue(text, ImaginationScores.class)))
        .isEqualTo(text);
    assertThat(json.readValue(empty, ImaginationScores.class).overall().accuracy()).isNaN();
    assertThat(json.readValue(empty, ImaginationScores.class).hidden().macroF1()).isNaN();
  }

  @Test
  void answersOfAnotherTaxonomyAreRefused() {
    Taxonomy two = new Taxonomy("two", List.of("background", "siren"));

    assertThatThrownBy(() -> ImaginationScores.of(Answers.six(), two, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 class probabilities for 2 classes");
  }
}
