package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window of a recording is what the whole has there, whatever its rate. */
class FoaWindowTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {24_000, 48_000, 44_100, 16_000})
  void aWindowIsAPartOfTheWhole(int rate) {
    Path file = folder.resolve("noise.wav");
    SplittableRandom random = new SplittableRandom(rate);
    float[][] noise = new float[Foa.CHANNELS][rate];
    for (float[] channel : noise) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) (random.nextDouble() - 0.5);
      }
    }
    Wav.write(file, new Audio(rate, noise), Encoding.PCM_16);
    float[][] whole = Foa.read(file).channels();
    for (int from : new int[] {0, 1, 777, 12_000, 23_500, 23_999}) {
      float[][] window = Foa.readWindow(file, null, from, 2400, note -> {}).channels();
      int end = Math.min(whole[0].length, from + 2400);
      for (int c = 0; c < Foa.CHANNELS; c++) {
        assertThat(window[c]).containsExactly(Arrays.copyOfRange(whole[c], from, end));
      }
    }
    assertThatThrownBy(() -> Foa.readWindow(file, null, 24_000, 1, note -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("noise.wav: duration: 1.0 s, and a window at 1.0 s was asked for");
  }
}
