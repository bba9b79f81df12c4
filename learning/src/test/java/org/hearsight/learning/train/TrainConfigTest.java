package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.junit.jupiter.api.Test;

class TrainConfigTest {
  private static final TrainConfig DEFAULTS = TrainConfig.defaults();

  @Test
  void defaultsAreTheSeedsStages() {
    assertThat(DEFAULTS.stage1Epochs()).isEqualTo(30);
    assertThat(DEFAULTS.stage2Epochs()).isEqualTo(20);
    assertThat(DEFAULTS.frozenShare()).isEqualTo(0.5);
    assertThat(DEFAULTS.rates()).isEqualTo(new TrainConfig.Rates(1e-3, 1e-4, 1e-4, 1e-5));
  }

  @Test
  void stagesFollowEachOther() {
    TrainConfig c = DEFAULTS.withSchedule(4, 2, 3);
    assertThat(c.epochs()).isEqualTo(5);
    int[] stages = {1, 1, 2, 2, 2};
    for (int epoch = 1; epoch <= 5; epoch++) {
      assertThat(c.stageOf(epoch)).isEqualTo(stages[epoch - 1]);
    }
  }

  @Test
  void witherMethodsChangeNothingElse() {
    TrainConfig c =
        DEFAULTS
            .withSeed(9)
            .withForms(Fusion.SEED, false, LocationForm.SEED, ConfidenceTarget.SEED)
            .withSchedule(4, 2, 3)
            .withShares(0.1, 0.3, 0.7)
            .withData(5, true);
    assertThat(c.mirrorShare()).isEqualTo(0.1);
    assertThat(c.blindShare()).isEqualTo(0.3);
    assertThat(c.tokenDropout()).isEqualTo(0.7);
    assertThat(c.trainScenes()).isEqualTo(5);
    assertThat(c.fromScratch()).isTrue();
    TrainConfig back =
        c.withSeed(DEFAULTS.seed())
            .withForms(
                DEFAULTS.fusion(), DEFAULTS.cues(), DEFAULTS.location(), DEFAULTS.confidence())
            .withSchedule(DEFAULTS.batch(), 30, 20)
            .withShares(DEFAULTS.mirrorShare(), DEFAULTS.blindShare(), DEFAULTS.tokenDropout())
            .withData(0, false);
    assertThat(c).isNotEqualTo(DEFAULTS);
    assertThat(back).isEqualTo(DEFAULTS);
  }

  @Test
  void survivesJson() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(DEFAULTS);
    assertThat(text).contains("\"stage1_epochs\":30").contains("\"fusion\":\"spatial\"");
    assertThat(json.readValue(text, TrainConfig.class)).isEqualTo(DEFAULTS);
  }

  @Test
  void refusesSchedulesWithoutAStep() {
    for (int[] s : new int[][] {{0, 1, 1}, {8, -1, 3}, {8, 3, -1}, {8, 0, 0}}) {
      assertThatThrownBy(() -> DEFAULTS.withSchedule(s[0], s[1], s[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("batch or epochs");
    }
    assertThat(DEFAULTS.withSchedule(1, 0, 1).epochs()).isEqualTo(1);
  }

  @Test
  void refusesSharesThatAreNone() {
    double[][] bad = {{-0.1, 0, 0}, {1.1, 0, 0}, {0, -0.1, 0}, {0, 1, 0}, {0, 0, -0.1}, {0, 0, 1}};
    for (double[] s : bad) {
      assertThatThrownBy(() -> DEFAULTS.withShares(s[0], s[1], s[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("share");
    }
    assertThat(DEFAULTS.withShares(1, 0, 0).mirrorShare()).isEqualTo(1);
    assertThatThrownBy(() -> DEFAULTS.withData(-1, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
