package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.hearsight.simulator.draw.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerturbationTest {
  private static float[] tone(double hertz, double seconds) {
    float[] x = new float[Synth.samples(seconds)];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(2 * Math.PI * hertz * i / Synth.RATE);
    }
    return x;
  }

  private static Draw draw(long seed) {
    return new Draw(new SplittableRandom(seed));
  }

  /** Zero crossings upwards per second, the first and last tenth left out. */
  private static double pitch(float[] x) {
    int from = x.length / 10;
    int to = x.length - from;
    int crossings = 0;
    for (int i = from + 1; i < to; i++) {
      crossings += x[i - 1] < 0 && x[i] >= 0 ? 1 : 0;
    }
    return crossings * Synth.RATE / (to - from);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.85, 1, 1.17})
  void anotherTempoKeepsThePitch(double tempo) {
    float[] x = tone(440, 2);
    float[] out = Perturbation.stretched(x, tempo);
    assertThat(out.length).isCloseTo((int) (x.length / tempo), within(2));
    assertThat(pitch(out)).isCloseTo(440, within(4.0));
  }

  @Test
  void anotherSpeedMovesThePitch() {
    assertThat(pitch(Perturbation.played(tone(440, 2), 1.1))).isCloseTo(484, within(3.0));
  }

  @ParameterizedTest
  @EnumSource(Perturbation.class)
  void theRecordingItselfIsNeverChangedAndTheSameDrawGivesTheSame(Perturbation perturbation) {
    for (int seed = 0; seed < 60; seed++) {
      float[] x = tone(500, 0.9);
      float[] out = perturbation.of(x, draw(seed));
      assertThat(x).isEqualTo(tone(500, 0.9));
      assertThat(perturbation.of(x, draw(seed))).isEqualTo(out);
      for (float v : out) {
        assertThat(Float.isFinite(v)).isTrue();
      }
    }
  }

  @Test
  void shortOnesAreLeftAtTheirTempo() {
    float[] x = tone(500, 0.03);
    assertThat(Perturbation.stretched(x, 1.1)).isSameAs(x);
  }
}
