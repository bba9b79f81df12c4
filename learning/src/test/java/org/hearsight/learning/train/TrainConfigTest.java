package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.learning.loop.RateSchedule;
import org.junit.jupiter.api.Test;

class TrainConfigTest {
  private static final TrainConfig DEFAULTS = TrainConfig.defaults();

  @Test
  void theSeedsStagesAreThoseOfTheDesign() {
    TrainConfig seeds = TrainConfig.seeds();
    assertThat(seeds.stage1())
        .isEqualTo(new TrainConfig.Stage1(30, 1e-3, 1e-3, RateSchedule.CONSTANT));
    assertThat(seeds.stage2())
        .isEqualTo(new TrainConfig.Stage2(20, 1e-4, 1e-5, RateSchedule.CONSTANT));
    assertThat(seeds.encoder().frozenShare()).isEqualTo(0.5);
    assertThat(seeds.loss()).isEqualTo(new TrainConfig.Loss(1, 2, 0.5));
    assertThat(seeds.model().location()).isEqualTo(LocationForm.SEED);
  }

  @Test
  void aMapIsTheDefault() {
    assertThat(DEFAULTS.model().location()).isEqualTo(LocationForm.MAP);
    assertThat(DEFAULTS.stage1().schedule()).isEqualTo(RateSchedule.COSINE);
    assertThat(DEFAULTS.loss()).isEqualTo(TrainConfig.seeds().loss());
  }

  @Test
  void theSecondStageTrainsTheEncoder() {
    assertThat(DEFAULTS.trainsEncoder(1)).isFalse();
    assertThat(DEFAULTS.trainsEncoder(2)).isTrue();
    assertThat(DEFAULTS.with("encoder.from_scratch", true).trainsEncoder(1)).isTrue();
  }

  @Test
  void witherMethodsChangeNothingElse() {
    TrainConfig c =
        DEFAULTS
            .withSeed(9)
            .withForms(Fusion.SEED, false, LocationForm.SEED, ConfidenceTarget.SEED)
            .withSchedule(4, 2, 3)
            .withShares(0.1, 0.3, 0.7)
            .with("data.train_scenes", 5)
            .with("encoder.from_scratch", true);
    assertThat(c.augmentation()).isEqualTo(new TrainConfig.Augmentation(0.1, 0.3, 0.7, 0.1));
    assertThat(c.data().trainScenes()).isEqualTo(5);
    assertThat(c.encoder().fromScratch()).isTrue();
    assertThat(c.epochs()).isEqualTo(5);
    TrainConfig.Model m = DEFAULTS.model();
    TrainConfig.Augmentation a = DEFAULTS.augmentation();
    TrainConfig back =
        c.withSeed(DEFAULTS.seed())
            .withForms(m.fusion(), m.cues(), m.location(), m.confidence())
            .withSchedule(DEFAULTS.optimizer().batch(), 10, 5)
            .withShares(a.mirrorShare(), a.blindShare(), a.tokenDropout())
            .with("data.train_scenes", 0)
            .with("encoder.from_scratch", false);
    assertThat(c).isNotEqualTo(DEFAULTS);
    assertThat(back).isEqualTo(DEFAULTS);
  }

  @Test
  void survivesJson() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(DEFAULTS);
    assertThat(text)
        .contains("\"stage1\":{\"epochs\":10,\"rate\":0.0015")
        .contains("\"fusion\":\"spatial\"");
    assertThat(json.readValue(text, TrainConfig.class)).isEqualTo(DEFAULTS);
  }

  @Test
  void refusesSchedulesWithoutAStep() {
    int[][] bad = {{0, 1, 1}, {8, -1, 3}, {8, 3, -1}, {8, 0, 0}};
    String[] fields = {
      "optimizer.batch: 0", "stage1.epochs: -1", "stage2.epochs: -1", "stage1.epochs: 0 in both"
    };
    for (int i = 0; i < bad.length; i++) {
      int[] s = bad[i];
      assertThatThrownBy(() -> DEFAULTS.withSchedule(s[0], s[1], s[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(fields[i]);
    }
    assertThat(DEFAULTS.withSchedule(1, 0, 1).epochs()).isEqualTo(1);
  }

  @Test
  void refusesSharesThatAreNone() {
    double[][] bad = {{-0.1, 0, 0}, {1.1, 0, 0}, {0, -0.1, 0}, {0, 1, 0}, {0, 0, -0.1}, {0, 0, 1}};
    String[] fields = {"mirror_share", "blind_share", "token_dropout"};
    for (int i = 0; i < bad.length; i++) {
      double[] s = bad[i];
      assertThatThrownBy(() -> DEFAULTS.withShares(s[0], s[1], s[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("augmentation." + fields[i / 2] + ": ");
    }
    assertThat(DEFAULTS.withShares(1, 0, 0).augmentation().mirrorShare()).isEqualTo(1);
    assertThatThrownBy(() -> DEFAULTS.with("data.train_scenes", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("data.train_scenes: -1");
  }
}
