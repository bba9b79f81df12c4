package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.hearsight.simulator.sound.Engines.Kind;
import org.hearsight.simulator.sound.Engines.Motion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EnginesTest {
  private static final int SOUNDS = 9;
  private static final int SAMPLES = Synth.samples(4);

  /** Revolutions at idle: a cylinder fires every second turn, of a two-stroke every turn. */
  @ParameterizedTest
  @CsvSource({
    "PETROL, 600, 1050, 2",
    "DIESEL, 600, 900, 2",
    "LORRY, 450, 750, 2",
    "MOTORBIKE, 850, 1500, 2",
    "TWO_STROKE, 1300, 2600, 1"
  })
  void cylindersFireAtTheRateOfIdling(Kind kind, double slow, double quick, double turns) {
    double slowest = slow / 60 / turns;
    double quickest = quick / 60 / turns;
    double[] one = idling(kind, 1, x -> Listening.beats(x, 3, 90));
    assertThat(Listening.quantile(one, 0.1)).isGreaterThan(0.95 * slowest);
    assertThat(Listening.quantile(one, 0.5)).isBetween(slowest, 1.05 * quickest);
    if (turns == 2) {
      double[] four = idling(kind, 4, x -> Listening.beats(x, 3, 90));
      assertThat(Listening.quantile(four, 0.5)).isBetween(4 * slowest, 4.2 * quickest);
    }
  }

  /** The exhaust is deep; a diesel clatters above it. */
  @Test
  void enginesAreDeepAndDieselsClatter() {
    ToDoubleFunction<float[]> deep = x -> Listening.share(x, 0, 500);
    double petrol = Listening.quantile(idling(Kind.PETROL, 4, deep), 0.5);
    double diesel = Listening.quantile(idling(Kind.DIESEL, 4, deep), 0.5);
    assertThat(petrol).isGreaterThan(0.7);
    assertThat(diesel).isBetween(0.4, petrol);
  }

  /** An engine that idles is even; what is done with it is heard in its level. */
  @ParameterizedTest
  @CsvSource({
    "IDLING, 1, 2.2",
    "REVVING, 3, 12",
    "PULLING_AWAY, 2, 6",
    "PASSING, 2.5, 200",
    "STARTING, 1.8, 8"
  })
  void motionsHaveTheirCourse(Motion motion, double least, double most) {
    double[] loudest =
        Listening.sorted(
            SOUNDS,
            draw -> Engines.generate(Kind.PETROL, 4, motion, SAMPLES, draw),
            x -> {
              double[] levels = Listening.levels(x, 2400);
              Arrays.sort(levels);
              return levels[levels.length - 1] / levels[0];
            });
    assertThat(Listening.quantile(loudest, 0.5)).isBetween(least, most);
  }

  @ParameterizedTest
  @EnumSource(Motion.class)
  void theSameDrawsSoundTheSameAndOthersDoNot(Motion motion) {
    Listening.requireOneSoundForEachSeed(
        24000, draw -> Engines.generate(Kind.MOTORBIKE, 2, motion, 24000, draw));
  }

  @Test
  void soundsSpreadOverTheSpectrum() {
    double[] middle =
        Listening.sorted(30, draw -> new Engines().generate(48000, draw), Listening::middle);
    assertThat(Listening.quantile(middle, 0.1)).isLessThan(200);
    assertThat(Listening.quantile(middle, 0.9)).isGreaterThan(350);
  }

  private static double[] idling(Kind kind, int cylinders, ToDoubleFunction<float[]> measured) {
    return Listening.sorted(
        SOUNDS, draw -> Engines.generate(kind, cylinders, Motion.IDLING, SAMPLES, draw), measured);
  }
}
