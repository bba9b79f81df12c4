package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTest {
  @TempDir private Path folder;

  private static float[][] foa(int samples) {
    return new float[Foa.CHANNELS][samples];
  }

  @Test
  void arraysAt24KilohertzAreTakenAsTheyAre() {
    float[][] foa = foa(100);
    Clip clip = Clip.of(foa, Foa.SAMPLE_RATE);
    assertThat(clip.foa()).isSameAs(foa);
    assertThat(clip.notes()).isEmpty();
    assertThat(clip.samples()).isEqualTo(100);
    assertThat(clip.noting(List.of("a")).noting(List.of("b")).notes()).containsExactly("a", "b");
  }

  @Test
  void otherRatesAreResampledAsFilesAre() {
    float[][] foa = foa(4800);
    foa[2][2400] = 0.5f;
    Path file = folder.resolve("a.wav");
    Wav.write(file, new Audio(48_000, foa), Encoding.FLOAT_32);

    Clip clip = Clip.of(foa, 48_000);

    assertThat(clip.foa()).isDeepEqualTo(Clip.read(file).foa());
    assertThat(clip.samples()).isEqualTo(2400);
    assertThat(clip.notes()).containsExactly("audio: resampled from 48000 Hz to 24000 Hz");
    assertThat(Clip.read(file).notes())
        .containsExactly(file + ": resampled from 48000 Hz to 24000 Hz");
  }

  @Test
  void arraysThatAreNotSoundAreRefused() {
    assertRefused(null, 24_000, "audio: channels: missing, expected 4 (W, Y, Z, X)");
    assertRefused(new float[2][100], 24_000, "audio: channels: 2, expected 4 (W, Y, Z, X)");
    assertRefused(new float[4][], 24_000, "audio: channel 1: missing");
    assertRefused(foa(0), 24_000, "audio: duration: no samples");
    assertRefused(foa(10), 0, "audio: sample rate: 0 Hz, expected 1000 to 768000");
    assertRefused(foa(10), -24_000, "audio: sample rate: -24000 Hz");
    assertRefused(foa(10), 10_000_000, "audio: sample rate: 10000000 Hz");
    float[][] uneven = foa(10);
    uneven[3] = new float[9];
    assertRefused(uneven, 24_000, "audio: channel 4: 9 samples, but channel 1 has 10");
    for (float number : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 32_767, -101}) {
      float[][] broken = foa(10);
      broken[1][7] = number;
      assertRefused(broken, 24_000, "audio: data: sample 7 of channel 2 is " + number);
      assertRefused(broken, 48_000, "audio: data: sample 7 of channel 2 is " + number);
    }
  }

  private static void assertRefused(float[][] foa, int sampleRate, String message) {
    assertThatThrownBy(() -> Clip.of(foa, sampleRate))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }
}
