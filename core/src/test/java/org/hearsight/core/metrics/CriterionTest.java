package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriterionTest {
  private static final double[] END = {0, 10};

  @ParameterizedTest
  @CsvSource({
    "-25, below 0 dB",
    "-0.01, below 0 dB",
    "0, 0–10 dB",
    "9.99, 0–10 dB",
    "10, 10–20 dB",
    "29.9, 20–30 dB",
    "30, from 30 dB",
    "71, from 30 dB"
  })
  void signalToNoiseIsPartedByTensOfDecibels(double decibels, String part) {
    assertThat(Criterion.SIGNAL_TO_NOISE.part(Answers.heardAt(decibels, END).truth()))
        .isEqualTo(part);
    assertThat(Criterion.SIGNAL_TO_NOISE.parts(List.of(Answers.heardAt(decibels, END).truth())))
        .containsExactly(part);
  }

  @Test
  void whatIsNotKnownBelongsToNoPart() {
    assertThat(Criterion.SIGNAL_TO_NOISE.part(Answers.heardAt(null, END).truth())).isNull();
    assertThat(Criterion.MOTION.part(Answers.hazard("siren", 0, 10, 0, 1))).isNull();
    assertThat(Criterion.ORIGIN.part(Answers.hazard("siren", 0, 10, 0, 1))).isNull();
    for (Criterion c : List.of(Criterion.HIDDEN, Criterion.SIGNAL_TO_NOISE, Criterion.MOTION)) {
      assertThat(c.part(Answers.background(0.5))).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, below 5 m",
    "4.99, below 5 m",
    "5, 5–10 m",
    "19.9, 10–20 m",
    "20, 20–40 m",
    "41, from 40 m"
  })
  void distanceIsPartedByMetres(double metres, String part) {
    assertThat(Criterion.DISTANCE.part(Answers.hazard("siren", 30, metres, 0, 1))).isEqualTo(part);
    assertThat(Criterion.DISTANCE.part(Answers.background(0.5))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0, 0–20 %", "0.2, 20–40 %", "0.79, 60–80 %", "1, 80–100 %"})
  void occlusionIsPartedByFifths(double level, String part) {
    assertThat(Criterion.OCCLUSION.part(Answers.hazard("siren", 30, 10, 0, level))).isEqualTo(part);
    assertThat(Criterion.OCCLUSION.part(Answers.background(level))).isNull();
  }

  @Test
  void partsStandInTheirOrderWhateverTheScenarios() {
    List<Scenario> scenarios =
        List.of(
            Answers.hazard("siren", 0, 50, 0, 1),
            Answers.hazard("dog", 0, 2, 0, 1),
            Answers.background(0.5));
    assertThat(Criterion.DISTANCE.parts(scenarios)).containsExactly("below 5 m", "from 40 m");
    assertThat(Criterion.CLASS.parts(scenarios)).containsExactly("background", "dog", "siren");
    assertThat(Criterion.MOTION.parts(scenarios)).isEmpty();
  }

  @Test
  void whatIsHiddenStandsBehindSomethingOrOutsideTheView() {
    assertThat(Criterion.HIDDEN.part(Answers.hazard("siren", 44, 10, 0, 1)))
        .isEqualTo("behind something");
    for (double azimuth : List.of(46.0, -46.0, 180.0)) {
      assertThat(Criterion.HIDDEN.part(Answers.hazard("siren", azimuth, 10, 0, 1)))
          .isEqualTo("outside the view");
    }
    assertThat(Criterion.HIDDEN.part(Answers.hazard("siren", 0, 10, 0.01, 1))).isNull();
  }

  @Test
  void partsAreScoredByTheirOwnAnswers() throws JsonProcessingException {
    List<Answer> answers =
        List.of(
            Answers.heardAt(5.0, END),
            Answers.heardAt(7.0, new double[] {-8, 10}, END),
            Answers.heardAt(35.0, new double[] {0, 18}, END),
            Answers.six().get(1));

    ImaginationScores scores = ImaginationScores.of(answers, Answers.TAXONOMY, 7);

    Map<String, PartScores> loud = scores.parts(Criterion.SIGNAL_TO_NOISE);
    assertThat(loud.keySet()).containsExactly("0–10 dB", "from 30 dB");
    assertThat(loud.get("0–10 dB").overall().count()).isEqualTo(2);
    assertThat(loud.get("0–10 dB").overall().localization().medianAngle())
        .isCloseTo(10, within(1e-9));
    assertThat(loud.get("0–10 dB").overall().localization().medianRelativeDistance())
        .isCloseTo(0.2, within(1e-9));
    assertThat(scores.parts(Criterion.MOTION).keySet())
        .containsExactly("standing", "approaching", "crossing");
    assertThat(scores.parts(Criterion.HIDDEN).keySet()).containsExactly("outside the view");
    assertThat(scores.byVisibility().keySet())
        .containsExactly("hidden", "hidden outside the view", "partly", "visible");
    assertThat(scores.byVisibility().get("hidden outside the view").localization())
        .isEqualTo(scores.hidden().localization());
    assertThat(scores.parts(Criterion.CLASS).keySet()).containsExactly("horn", "siren");
    assertThat(scores.parts(Criterion.SCENE).keySet()).containsExactly("street_corner");
    assertThat(scores.parts(Criterion.SETTING).keySet()).containsExactly("outdoor");
    assertThat(PartTable.of(scores, Criterion.MOTION).rows())
        .noneMatch(row -> row.label().startsWith("false alarms"))
        .contains(new PartTable.Row("scenarios", List.of("1", "1", "1")));

    JsonNode json = new ObjectMapper().valueToTree(scores);
    assertThat(json.at("/parts/signal_to_noise/from 30 dB/overall/count").asInt()).isEqualTo(1);
    ImaginationScores read = new ObjectMapper().treeToValue(json, ImaginationScores.class);
    assertThat(read.parts(Criterion.MOTION).keySet())
        .isEqualTo(scores.parts(Criterion.MOTION).keySet());
    assertThat(new ObjectMapper().<JsonNode>valueToTree(read)).isEqualTo(json);
  }

  @Test
  void fifthsOfOcclusionAreMeansOverTheirScenarios() {
    List<ReliabilityBin> tenths =
        List.of(
            new ReliabilityBin(0.2, 0.3, 1, 0.2, 0.8),
            new ReliabilityBin(0.3, 0.4, 3, 0.4, 0.6),
            new ReliabilityBin(0.9, 1, 2, 0.9, 0.1));

    List<ReliabilityBin> fifths = ReliabilityBin.fifths(tenths);

    assertThat(fifths).extracting(ReliabilityBin::from).containsExactly(0.2, 0.8);
    assertThat(fifths).extracting(ReliabilityBin::to).containsExactly(0.4, 1.0);
    assertThat(fifths).extracting(ReliabilityBin::count).containsExactly(4, 2);
    assertThat(fifths.get(0).audio()).isCloseTo(0.35, within(1e-12));
    assertThat(fifths.get(0).visual()).isCloseTo(0.65, within(1e-12));
  }
}
