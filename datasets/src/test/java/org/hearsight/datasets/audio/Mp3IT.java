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

  @Test
  void lessIsLeftAtALowerRate() {
    float[] tone = tone(440, 0.5f);
    double good = error(tone, Mp3.through(tone, RATE, 64_000));
    double bad = error(tone, Mp3.through(tone, RATE, 8_000));
    assertThat(good).isLessThan(0.08);
    assertThat(bad).isGreaterThan(good);
  }

  private static double error(float[] a, float[] b) {
    double sum = 0;
    double power = 0;
    for (int i = 2000; i < a.length - 2000; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
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
