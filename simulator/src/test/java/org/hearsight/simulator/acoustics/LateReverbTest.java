package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Fourier;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Room;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Trajectory;
import org.jtransforms.fft.FloatFFT_1D;
import org.junit.jupiter.api.Test;

class LateReverbTest {
  /** 5 m x 4 m x 3 m, plaster all around: the same absorption everywhere. */
  private static final Room ROOM = new Room(1.8, 60, 54, 20, Material.PLASTER, Material.PLASTER, 0);

  private static final LateReverb REVERB = new LateReverb(ROOM, Material.PLASTER);

  /** The tail alone, of W, Y, Z and X. */
  private static float[][] tails(int seed, double firstArrival) {
    return Response.of(List.of(), REVERB.field(firstArrival), new SplittableRandom(seed)).taps();
  }

  @Test
  void reverberationTimeIsEyrings() {
    double absorption = 0.05; // of plaster at 1 kHz
    double withoutAir = 0.161 * 60 / (-94 * Math.log(1 - absorption));
    assertThat(REVERB.seconds(3)).isLessThan(withoutAir).isGreaterThan(0.8 * withoutAir);
  }

  @Test
  void theTailDecaysWithTheReverberationTime() {
    float[] tail = tails(2, 0.01)[0];
    BandSplit bands = new BandSplit(tail);
    for (int b = 2; b < 6; b++) {
      // Energy of two windows a quarter of the reverberation time apart: 15 dB.
      int window = (int) (0.1 * 24000);
      int gap = (int) (REVERB.seconds(b) / 4 * 24000);
      double drop =
          10 * Math.log10(energy(bands, b, 2400, window) / energy(bands, b, 2400 + gap, window));
      assertThat(drop).as("band %d", b).isCloseTo(15, within(1.5));
    }
  }

  /** Over many rooms nothing of a tone is alike in two channels: no more than chance has it. */
  @Test
  void theChannelsOfTheTailHaveNothingToDoWithEachOther() {
    int rooms = 100;
    double[][] real = new double[4][4];
    double[][] imaginary = new double[4][4];
    double[] energy = new double[4];
    for (int seed = 0; seed < rooms; seed++) {
      float[][] tails = tails(seed, 0.01);
      double[][] at = new double[4][2]; // the response to a tone of 440 Hz
      for (int c = 0; c < 4; c++) {
        for (int i = 0; i < tails[c].length; i++) {
          at[c][0] += tails[c][i] * Math.cos(2 * Math.PI * 440 * i / 24000);
          at[c][1] += tails[c][i] * Math.sin(2 * Math.PI * 440 * i / 24000);
        }
        energy[c] += at[c][0] * at[c][0] + at[c][1] * at[c][1];
        for (int d = 0; d < c; d++) {
          real[c][d] += at[c][0] * at[d][0] + at[c][1] * at[d][1];
          imaginary[c][d] += at[c][0] * at[d][1] - at[c][1] * at[d][0];
        }
      }
    }
    for (int c = 0; c < 4; c++) {
      assertThat(energy[c] / energy[0]).isCloseTo(c == 0 ? 1 : 1 / 3.0, within(0.15));
      for (int d = 0; d < c; d++) {
        double alike = Math.hypot(real[c][d], imaginary[c][d]) / Math.sqrt(energy[c] * energy[d]);
        assertThat(alike).as("channels %d and %d", c, d).isLessThan(0.25);
      }
    }
  }

  /**
   * Tolerance: 10 %, T20 of the rendered response by M. R. Schroeder's backward integration, mean
   * of eight (one alone strays by 5 % in the bass). The highest band is measured above its centre,
   * where its slower neighbour has no share.
   */
  @Test
  void reverberationTimeOfWhatIsRenderedIsEyringsWithinTenPercent() {
    Scene room =
        new Scene(
            "test",
            Setting.INDOOR,
            1.2,
            Material.PLASTER,
            List.of(),
            ROOM,
            null,
            new Vec3(0, 0, 1));
    float[] click = new float[Emission.samplesFor(2 * 24000)];
    int lead = click.length - 2 * 24000;
    click[lead + 100] = 1;
    Trajectory standing = Trajectory.standing(new Vec3(2, 1, 0), 2);
    double[] measured = new double[OctaveBands.COUNT];
    for (int seed = 0; seed < 8; seed++) {
      Acoustics acoustics = new Acoustics(new SceneOfBoxes(room), 2 * 24000);
      acoustics.add(new Emission(click, lead, standing), new SplittableRandom(seed));
      BandSplit bands = new BandSplit(acoustics.pressure()[0]);
      for (int b = 1; b < OctaveBands.COUNT; b++) {
        boolean highest = b == OctaveBands.COUNT - 1;
        float[] band = bands.band(b);
        measured[b] += schroeder(highest ? above(OctaveBands.centre(b), band) : band, 24000) / 8;
      }
    }
    for (int b = 1; b < OctaveBands.COUNT; b++) {
      double eyring =
          24
              * Math.log(10)
              / 343.2
              * 60
              / (-94 * Math.log(1 - Material.PLASTER.absorption(b))
                  + 4 * 60 * AirAbsorption.decibelsPerMetre(b) / 4.3429);
      assertThat(measured[b]).as("band %d", b).isCloseTo(eyring, within(0.1 * eyring));
    }
  }

  /** What of a signal lies above a frequency, without phase shift. */
  private static float[] above(double hertz, float[] signal) {
    int size = signal.length & ~1;
    float[] spectrum = Arrays.copyOf(signal, size);
    FloatFFT_1D fft = Fourier.ofFloats(size);
    fft.realForward(spectrum);
    Arrays.fill(spectrum, 0, 2 * (int) Math.ceil(hertz * size / 24000), 0);
    fft.realInverse(spectrum, true);
    return spectrum;
  }

  /** Reverberation time from the decay between −5 and −25 dB. */
  private static double schroeder(float[] response, double rate) {
    double[] left = new double[response.length + 1];
    for (int i = response.length - 1; i >= 0; i--) {
      left[i] = left[i + 1] + (double) response[i] * response[i];
    }
    int onset = 0;
    while (left[onset] > left[0] * 0.999) {
      onset++;
    }
    onset += 1200; // past direct sound and ground
    double whole = left[onset];
    int at5 = onset;
    while (left[at5] > whole * Math.pow(10, -0.5)) {
      at5++;
    }
    int at25 = at5;
    while (left[at25] > whole * Math.pow(10, -2.5)) {
      at25++;
    }
    return 3 * (at25 - at5) / rate;
  }

  @Test
  void theTailHoldsTheEnergyOfTheDiffuseField() {
    float[] tail = tails(4, 0.01)[0];
    BandSplit bands = new BandSplit(tail);
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
      double v = bands.band(band)[i];
      sum += v * v;
    }
    return sum;
  }

  @Test
  void theTailBeginsAfterTheFirstArrival() {
    float[] tail = tails(6, 0.04)[0];
    for (int i = 0; i < 0.045 * 24000; i++) {
      assertThat(tail[i]).isZero();
    }
    assertThat(tail[1300]).isNotZero();
  }
}
