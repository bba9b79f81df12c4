package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToDoubleFunction;
import org.hearsight.simulator.sound.Impacts.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImpactsTest {
  private static final int SOUNDS = 11;
  private static final int SAMPLES = Synth.samples(4);

  /** The middle of a typical one's energy, and how many blows are heard in four seconds. */
  @ParameterizedTest
  @CsvSource({
    "GLASS, 2500, 6500, 4, 20",
    "POTTERY, 900, 2500, 4, 20",
    "METAL, 350, 2000, 3, 12",
    "WOOD, 200, 900, 3, 12",
    "DOOR, 60, 300, 2, 4",
    "THUD, 50, 250, 1, 3",
    "BANG, 500, 1500, 2, 5",
    "DEBRIS, 600, 2500, 8, 25",
    "CRASH, 500, 3500, 5, 14"
  })
  void soundsHaveThePitchAndBlowsOfPractice(
      Kind kind, double low, double high, double least, double most) {
    assertThat(Listening.quantile(sorted(kind, Listening::middle), 0.5)).isBetween(low, high);
    assertThat(Listening.quantile(sorted(kind, Listening::onsets), 0.5)).isBetween(least, most);
  }

  /** What is heavy and soft is deep, glass is not. */
  @Test
  void thudsAndDoorsAreDeepAndGlassIsNot() {
    ToDoubleFunction<float[]> deep = x -> Listening.share(x, 0, 300);
    assertThat(Listening.quantile(sorted(Kind.THUD, deep), 0.5)).isGreaterThan(0.5);
    assertThat(Listening.quantile(sorted(Kind.DOOR, deep), 0.5)).isGreaterThan(0.4);
    assertThat(Listening.quantile(sorted(Kind.GLASS, deep), 0.9)).isLessThan(0.1);
  }

  /** Blows die away, and there are pauses between them. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void mostOfTheTimeIsNearlySilent(Kind kind) {
    double[] sounding = sorted(kind, x -> Listening.sounding(x, 0.1));
    assertThat(Listening.quantile(sounding, 0.5)).isBetween(0.02, 0.4);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theSameDrawsSoundTheSameAndOthersDoNot(Kind kind) {
    Listening.requireOneSoundForEachSeed(24000, draw -> Impacts.generate(kind, 24000, draw));
  }

  private static double[] sorted(Kind kind, ToDoubleFunction<float[]> measured) {
    return Listening.sorted(SOUNDS, draw -> Impacts.generate(kind, SAMPLES, draw), measured);
  }
}
