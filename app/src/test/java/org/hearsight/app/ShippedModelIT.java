package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.sound.SoundBank;
import org.hearsight.simulator.sound.SoundClass;
import org.junit.jupiter.api.Test;

/** The model in the repository is whole, fits the code, and answers what anyone would. */
class ShippedModelIT {
  private static final Path MODEL = Path.of("..", "weights", "default");
  private static final int SAMPLES = 5 * Foa.SAMPLE_RATE;

  @Test
  void silenceAndNoiseAreBackground() {
    try (Hearsight hearsight = Hearsight.load(MODEL, 1)) {
      for (double level : new double[] {0, 0.001, 0.05}) {
        Imagination answer = hearsight.imagine(noise(level), View.blind());
        assertThat(answer.className()).as("noise of " + level).isEqualTo(Taxonomy.BACKGROUND);
        assertThat(answer.probabilities().get(Taxonomy.BACKGROUND)).isGreaterThan(0.8);
      }
    }
  }

  /** Eyes shut and in the open, so that hearing alone names and places it. */
  @Test
  void aSirenIsNamedWhereItSounds() {
    try (Hearsight hearsight = Hearsight.load(MODEL, 1)) {
      int right = 0;
      for (int seed = 0; seed < 5; seed++) {
        Direction truth = new Direction(-120 + 60 * seed, 0);
        float[] siren =
            SoundBank.generated()
                .sound(SoundClass.SIREN, Split.TEST, SAMPLES, new Draw(new SplittableRandom(seed)))
                .samples();
        Imagination answer =
            hearsight.imagine(Clip.of(from(truth, siren), Foa.SAMPLE_RATE), View.blind());
        boolean there = answer.location().direction().angleTo(truth) < 15;
        right += answer.className().equals("siren") && there ? 1 : 0;
        assertThat(answer.places()).isNotNull();
        assertThat(answer.reliability().audio()).isGreaterThan(0.99);
      }
      assertThat(right).isGreaterThanOrEqualTo(4);
    }
  }

  private static float[][] from(Direction direction, float[] mono) {
    float[] gains = FoaEncoder.gains(direction);
    float[][] foa = new float[Foa.CHANNELS][mono.length];
    for (int c = 0; c < Foa.CHANNELS; c++) {
      for (int i = 0; i < mono.length; i++) {
        foa[c][i] = 0.1f * gains[c] * mono[i];
      }
    }
    return foa;
  }

  /** Of all directions alike. */
  private static Clip noise(double level) {
    SplittableRandom random = new SplittableRandom(4);
    float[][] foa = new float[Foa.CHANNELS][SAMPLES];
    for (int c : List.of(Foa.W, Foa.Y, Foa.Z, Foa.X)) {
      double gain = c == Foa.W ? level : level / Math.sqrt(3);
      for (int i = 0; i < SAMPLES; i++) {
        foa[c][i] = (float) (gain * random.nextGaussian());
      }
    }
    return Clip.of(foa, Foa.SAMPLE_RATE);
  }
}
