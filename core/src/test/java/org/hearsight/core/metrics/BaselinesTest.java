package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  private final Baselines baselines =
      Baselines.majority(
          List.of(
              Answers.hazard("horn", 80, 4, 0, 1),
              Answers.hazard("siren", 100, 6, 0, 1),
              Answers.hazard("siren", 90, 20, 0, 1),
              Answers.hazard("horn", 90, 30, 0, 1),
              Answers.background(1)),
          Answers.TAXONOMY);

  @Test
  void ofEquallyFrequentClassesTheLowestIndexWins() {
    assertThat(baselines.majorityClass()).isEqualTo(1);
    assertThat(baselines.majorityShare()).isEqualTo(0.4);
  }

  @Test
  void placesAreTheTrainingHazardsMeanDirectionAndMedianDistance() {
    Answer answer = baselines.majority(Answers.background(0));

    assertThat(answer.location().azimuth()).isCloseTo(90, within(1e-9));
    assertThat(answer.location().distance()).isEqualTo(13);
    assertThat(answer.answeredClass()).isEqualTo(1);
    assertThat(answer.confidence()).isEqualTo(0.4);
  }

  @Test
  void directionsAreTakenAtTheirWord() {
    Answer answer = baselines.toward(Answers.hazard("siren", -40, 26, 0, 1), new Direction(-50, 0));

    assertThat(answer.angle()).isCloseTo(10, within(1e-9));
    assertThat(answer.relativeDistance()).isEqualTo(0.5);
    assertThat(baselines.toward(answer.truth(), null).angle()).isEqualTo(180);
  }

  @Test
  void neverAHazardIsBackground() {
    assertThat(baselines.background(Answers.background(0)).answeredClass()).isZero();
  }
}
