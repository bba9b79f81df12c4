package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.hearsight.core.audio.Foa;
import org.hearsight.simulator.draw.Draw;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
  private static float[][] drawn(long seed) {
    float[][] foa = new float[Foa.CHANNELS][2 * Foa.SAMPLE_RATE];
    Disturbance.draw(foa, 60, new Draw(new SplittableRandom(seed)));
    return foa;
  }

  private static double energy(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += (double) v * v;
    }
    return sum;
  }

  @Test
  void mostClipsAreLeftAlone() {
    int disturbed = 0;
    for (int seed = 0; seed < 500; seed++) {
      disturbed += energy(drawn(seed)[Foa.W]) > 0 ? 1 : 0;
    }
    assertThat(disturbed).isBetween(50, 130); // 17 %
  }

  @Test
  void disturbancesAreLowAndNoLouderThanDrawn() {
    for (int seed = 0; seed < 100; seed++) {
      float[][] foa = drawn(seed);
      for (float[] channel : foa) {
        float[] high = Synth.highPass(Synth.highPass(channel.clone(), 2500), 2500);
        assertThat(energy(high)).isLessThanOrEqualTo(0.05 * energy(channel));
        // 66 dB SPL is 0.04 Pa; wind and bumps may meet.
        assertThat(Math.sqrt(energy(channel) / channel.length)).isLessThan(0.3);
      }
    }
  }

  @Test
  void theSameDrawGivesTheSame() {
    for (int seed = 0; seed < 30; seed++) {
      assertThat(drawn(seed)).isDeepEqualTo(drawn(seed));
    }
  }
}
