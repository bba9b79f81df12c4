package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToDoubleFunction;
import org.hearsight.simulator.sound.Birds.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BirdsTest {
  private static final int SOUNDS = 11;
  private static final int SAMPLES = Synth.samples(4);

  /** The middle of a typical one's energy, and the share of time it sings. */
  @ParameterizedTest
  @CsvSource({
    "SONG, 2000, 5000, 0.2, 0.5",
    "TRILL, 2300, 6400, 0.3, 0.55",
    "WHISTLE, 1400, 4000, 0.3, 0.6",
    "CHIRP, 1800, 4000, 0.1, 0.7",
    "CROW, 1200, 2400, 0.2, 0.6",
    "GULL, 1100, 2500, 0.3, 0.7",
    "COCK, 1300, 2800, 0.35, 0.65",
    "HEN, 1000, 2300, 0.1, 0.4",
    "PIGEON, 280, 620, 0.35, 0.7",
    "OWL, 320, 900, 0.2, 0.5",
    "CUCKOO, 550, 800, 0.2, 0.4",
    "DUCK, 1000, 2400, 0.1, 0.5"
  })
  void voicesHaveThePitchAndPausesOfPractice(
      Kind kind, double low, double high, double least, double most) {
    double[] sounding = sorted(kind, x -> Listening.sounding(x, 0.25));
    assertThat(Listening.quantile(sorted(kind, Listening::middle), 0.5)).isBetween(low, high);
    assertThat(Listening.quantile(sounding, 0.5)).isBetween(least, most);
  }

  /** Songbirds sing above the noise of towns, and below 10 kHz. */
  @ParameterizedTest
  @EnumSource(names = {"SONG", "TRILL", "CHIRP"})
  void songsAreHigh(Kind kind) {
    double[] share = sorted(kind, x -> Listening.share(x, 1500, 9700));
    assertThat(share[0]).isGreaterThan(0.9);
  }

  @Test
  void trillsRepeatTheirSyllableQuickly() {
    double[] rate = sorted(Kind.TRILL, x -> Listening.beats(x, 3, 60));
    assertThat(Listening.quantile(rate, 0.1)).isGreaterThan(6);
    assertThat(Listening.quantile(rate, 0.9)).isBetween(12.0, 45.0);
  }

  /** A falling third, a little wider or narrower as each note bends. */
  @Test
  void cuckoosCallTwoNotes() {
    double[] span =
        sorted(
            Kind.CUCKOO,
            x -> {
              double[] pitches = Listening.pitches(x, 300, 1200);
              return Listening.quantile(pitches, 0.9) / Listening.quantile(pitches, 0.1);
            });
    assertThat(Listening.quantile(span, 0.5)).isBetween(1.12, 1.45);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theSameDrawsSoundTheSameAndOthersDoNot(Kind kind) {
    Listening.requireOneSoundForEachSeed(24000, draw -> Birds.generate(kind, 24000, draw));
  }

  private static double[] sorted(Kind kind, ToDoubleFunction<float[]> measured) {
    return Listening.sorted(SOUNDS, draw -> Birds.generate(kind, SAMPLES, draw), measured);
  }
}
