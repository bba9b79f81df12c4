package org.hearsight.core.imagination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownDetectorTest {
  private static final List<Float> SPREAD = List.of(1f, 2f);

  /** Two classes, one kind. */
  private final UnknownDetector detector =
      new UnknownDetector(
          0.5, SPREAD, List.of(List.of(0f, 0f), List.of(10f, 0f)), List.of(List.of(0f, 8f)));

  @Test
  void theScoreIsHowMuchNearerUnknownSoundsAre() {
    // In units of the spread: (0, 4) away from the kind, that is (0 + 16) / 2.
    assertThat(score(0, 0)).isCloseTo(-8, within(1e-9));
    assertThat(score(0, 8)).isCloseTo(8, within(1e-9));
    assertThat(score(0, 4)).isZero();
    assertThat(score(10, 0)).isCloseTo(-(100 + 16) / 2.0, within(1e-9));
    assertThat(score(9, 2)).isCloseTo((1 + 1) / 2.0 - (81 + 9) / 2.0, within(1e-9));
  }

  private double score(float... summary) {
    return detector.judge(summary).score();
  }

  @Test
  void fromTheThresholdOnASoundIsSaidToBeUnknown() throws Exception {
    assertThat(detector.judge(new float[] {0, 4.25f}).said()).isTrue();
    assertThat(detector.judge(new float[] {0, 4.24f}).said()).isFalse();
    assertThat(detector.withThreshold(9).judge(new float[] {0, 8}).said()).isFalse();
    assertThat(new ObjectMapper().writeValueAsString(detector.judge(new float[] {0, 8})))
        .isEqualTo("{\"said\":true,\"score\":8.0,\"threshold\":0.5}");
  }

  @Test
  void aClipIsSummedUpByMeansAndLargestValues() {
    assertThat(UnknownDetector.summary(new float[] {1, -4, 3, -2, 2, -9}, 2))
        .containsExactly(2, -5, 3, -2);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> detector.judge(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a summary of 3 numbers, expected 2");
    assertThatThrownBy(() -> detector.judge(new float[] {Float.NaN, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown.score: NaN");
    assertThatThrownBy(() -> new UnknownDetector(0, SPREAD, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown.known: empty");
    assertThatThrownBy(
            () ->
                new UnknownDetector(
                    0, SPREAD, List.of(List.of(0f, 0f)), List.of(List.of(0f, 0f, 0f))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown.unknown: a centre is not of 2 numbers");
    assertThatThrownBy(() -> new UnknownDetector(0, null, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("missing");
  }
}
