package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelFramesTest {
  private static final int FRAMES = 20;

  @Test
  void aFrameCountsWhenItsSoundArrives() {
    float[] dry = new float[Sound.FRAME];
    Arrays.fill(dry, 1);
    assertThat(heard(dry, 0.5, 0)).containsExactly(5);
    assertThat(heard(dry, 0.5, 0.087)).containsExactly(5, 6); // 30 m away
    assertThat(heard(dry, 0.5, 0.3)).containsExactly(8);
    assertThat(heard(dry, -0.25, 0.3)).containsExactly(0, 1);
  }

  @Test
  void pausesBetweenStepsBelongToTheSoundLongerOnesDoNot() {
    float[] dry = new float[20 * Sound.FRAME];
    for (int f : new int[] {0, 3, 7, 12}) {
      Arrays.fill(dry, f * Sound.FRAME, (f + 1) * Sound.FRAME, 1);
    }
    assertThat(heard(dry, 0, 0)).containsExactly(0, 1, 2, 3, 7, 12);
  }

  @Test
  void whatIsThirtyFiveDecibelsBelowTheLoudestIsAPause() {
    float[] dry = new float[20 * Sound.FRAME];
    Arrays.fill(dry, 0, Sound.FRAME, 1);
    Arrays.fill(dry, 5 * Sound.FRAME, 6 * Sound.FRAME, (float) Math.pow(10, -34 / 20.0));
    Arrays.fill(dry, 10 * Sound.FRAME, 11 * Sound.FRAME, (float) Math.pow(10, -36 / 20.0));
    assertThat(heard(dry, 0, 0)).containsExactly(0, 5);
    assertThat(heard(new float[100], 0, 0)).isEmpty();
  }

  private static List<Integer> heard(float[] dry, double start, double travel) {
    boolean[] active = LabelFrames.heard(dry, start, t -> travel, FRAMES);
    List<Integer> frames = new ArrayList<>();
    for (int f = 0; f < FRAMES; f++) {
      if (active[f]) {
        frames.add(f);
      }
    }
    return frames;
  }
}
