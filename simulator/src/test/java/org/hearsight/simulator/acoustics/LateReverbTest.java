package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Room;
import org.junit.jupiter.api.Test;

class LateReverbTest {
  /** 5 m x 4 m x 3 m, plaster all around: the same absorption everywhere. */
  private static final Room ROOM = new Room(1.8, 60, 54, 20, Material.PLASTER, Material.PLASTER, 0);

  private static final LateReverb REVERB = new LateReverb(ROOM, Material.PLASTER, 24000);

  @Test
  void reverberationTimeIsEyrings() {
    double absorption = 0.05; // of plaster at 1 kHz
    double withoutAir = 0.161 * 60 / (-94 * Math.log(1 - absorption));
    assertThat(REVERB.seconds(3)).isLessThan(withoutAir).isGreaterThan(0.8 * withoutAir);
  }

  @Test
  void theTailDecaysWithTheReverberationTime() {
    float[] tail = REVERB.impulse(new SplittableRandom(2), 1, 0.01);
    BandSplit bands = new BandSplit(tail, 24000);
    for (int b = 2; b < 6; b++) {
      // Energy of two windows a quarter of the reverberation time apart: 15 dB.
      int window = (int) (0.1 * 24000);
      int gap = (int) (REVERB.seconds(b) / 4 * 24000);
      double drop =
          10 * Math.log10(energy(bands, b, 2400, window) / energy(bands, b, 2400 + gap, window));
      assertThat(drop).as("band %d", b).isCloseTo(15, within(1.5));
    }
  }

  @Test
  void theTailHoldsTheEnergyOfTheDiffuseField() {
    float[] tail = REVERB.impulse(new SplittableRandom(4), 1, 0.01);
    BandSplit bands = new BandSplit(tail, 24000);
    int band = 5; // 4 kHz: an octave holds enough independent values
    double sum = energy(bands, band, 0, tail.length);
    // White noise of unit pressure splits its energy over the bands by their width.
    double share = 0;
    for (int k = 0; k < 12000; k++) {
      share += Math.pow(OctaveBands.share(band, k), 2) / 12000;
    }
    double start = 0.01 + 4 * 60 / 94.0 / 343.2;
    double late = Math.exp(-2 * Math.log(1000) / REVERB.seconds(band) * start);
    assertThat(sum / share).isCloseTo(REVERB.energy(band) * late, within(0.15 * sum / share));
  }

  private static double energy(BandSplit bands, int band, int from, int length) {
    double sum = 0;
    for (int i = from; i < Math.min(bands.length(), from + length); i++) {
      double v = bands.samples()[i * BandSplit.STRIDE + band];
      sum += v * v;
    }
    return sum;
  }

  @Test
  void theTailBeginsAfterTheFirstArrival() {
    float[] tail = REVERB.impulse(new SplittableRandom(6), 1, 0.04);
    for (int i = 0; i < 0.045 * 24000; i++) {
      assertThat(tail[i]).isZero();
    }
    assertThat(tail[1300]).isNotZero();
  }
}
