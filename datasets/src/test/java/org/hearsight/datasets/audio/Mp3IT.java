package org.hearsight.datasets.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Mp3IT {
  private static final int RATE = 24_000;

  /** Samples at either end that are not compared: a tone that begins at once is no tone there. */
  private static final int EDGE = 2000;

  @TempDir private Path folder;

  @Test
  void aFileIsSmallAndPlays() throws IOException {
    float[] tone = tone(440, 0.5f);
    float[] other = tone(1000, 0.25f);

    byte[] mp3 = Mp3.encode(new float[][] {tone, other}, RATE, 40_000);

    assertThat(mp3.length).isBetween(4_500, 6_500); // 5,000 bytes a second
    Path file = Files.write(folder.resolve("a.mp3"), mp3);
    try (FfmpegSound sound = FfmpegSound.open(file)) {
      assertThat(sound.channels()).isEqualTo(2);
      assertThat(sound.sampleRate()).isEqualTo(RATE);
      assertThat(sound.frames()).isBetween(24_000L, 28_000L);
    }
    assertThat(Mp3.encode(new float[][] {tone, other}, RATE, 40_000)).isEqualTo(mp3);
  }

  @Test
  void whatIsLeftStandsAtTheSameTimes() {
    float[] click = new float[RATE];
    click[12_345] = 0.9f;

    float[] left = Mp3.through(click, RATE, 64_000);

    assertThat(left).hasSize(RATE);
    int loudest = 0;
    for (int i = 0; i < left.length; i++) {
      loudest = Math.abs(left[i]) > Math.abs(left[loudest]) ? i : loudest;
    }
    assertThat(loudest).isCloseTo(12_345, within(1));
  }

  /**
   * LAME makes sound quieter by 5 % at rates up to 160 kb/s, so that what it adds does not clip
   * (its presets' column "scale"). Beside that, a bit rate at which a sample has 2.7 bits leaves a
   * tone, of which few coefficients are not zero, whole but for 2 %.
   */
  @Test
  void lessIsLeftAtALowerRate() {
    float[] tone = tone(440, 0.5f);
    float[] good = Mp3.through(tone, RATE, 64_000);
    double gain = gain(tone, good);
    assertThat(gain).isCloseTo(0.95, within(0.005));
    assertThat(error(tone, good, gain)).isLessThan(0.02);
    float[] bad = Mp3.through(tone, RATE, 8_000);
    assertThat(error(tone, bad, gain(tone, bad))).isGreaterThan(error(tone, good, gain));
  }

  /** By how much the second is the first, by least squares. */
  private static double gain(float[] a, float[] b) {
    double product = 0;
    double power = 0;
    for (int i = EDGE; i < a.length - EDGE; i++) {
      product += a[i] * b[i];
      power += a[i] * a[i];
    }
    return product / power;
  }

  /** What the second has beside the first at this gain, against the first. */
  private static double error(float[] a, float[] b, double gain) {
    double sum = 0;
    double power = 0;
    for (int i = EDGE; i < a.length - EDGE; i++) {
      double off = gain * a[i] - b[i];
      sum += off * off;
      power += a[i] * a[i];
    }
    return Math.sqrt(sum / power);
  }

  private static float[] tone(double hertz, float level) {
    float[] samples = new float[RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = level * (float) Math.sin(2 * Math.PI * hertz * i / RATE);
    }
    return samples;
  }
}
