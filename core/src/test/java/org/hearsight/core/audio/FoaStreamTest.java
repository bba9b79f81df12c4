package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoaStreamTest {
  @TempDir private Path folder;

  private static float[][] noise(int channels, int samples) {
    float[][] sound = new float[channels][];
    for (int c = 0; c < channels; c++) {
      sound[c] = Sounds.noise(c, samples, 0.5);
    }
    return sound;
  }

  /** Chunks of drawn sizes, none among them. */
  private static float[][] streamed(float[][] sound, FoaStream stream, int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[][]> pieces = new ArrayList<>();
    for (int at = 0; at < sound[0].length; ) {
      int from = at;
      int to = Math.min(sound[0].length, at + random.nextInt(most + 1));
      pieces.add(
          stream.push(
              Arrays.stream(sound)
                  .map(c -> Arrays.copyOfRange(c, from, to))
                  .toArray(float[][]::new)));
      at = to;
    }
    pieces.add(stream.end());
    return joined(pieces);
  }

  private static float[][] joined(List<float[][]> pieces) {
    float[][] all = new float[Foa.CHANNELS][];
    for (int c = 0; c < all.length; c++) {
      int channel = c;
      all[c] = new float[pieces.stream().mapToInt(p -> p[0].length).sum()];
      int at = 0;
      for (float[][] piece : pieces) {
        System.arraycopy(piece[channel], 0, all[c], at, piece[c].length);
        at += piece[c].length;
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "24000, ambix, 4, 700",
    "48000, ambix, 4, 700",
    "44100, fuma, 4, 5000",
    "16000, acn-n3d, 4, 1",
    "48000, ambix, 9, 20000"
  })
  void anyChunksAreAsTheWhole(int rate, String format, int channels, int most) {
    float[][] sound = noise(channels, 9_001);
    float[][] expected = Clip.of(sound, rate, FoaFormat.of(format)).foa();
    for (long seed = 1; seed <= 3; seed++) {
      FoaStream stream = new FoaStream(rate, FoaFormat.of(format));
      assertThat(streamed(sound, stream, most, seed)).isEqualTo(expected);
    }
  }

  @Test
  void capsulesAreFilteredInBlocksThatDoNotDependOnTheChunks() {
    FoaFormat format = FoaFormat.of("a-format:" + CapsuleArray.presets().get(0));
    float[][] sound = noise(4, 20_001);
    float[][] expected = Clip.of(sound, 48_000, format).foa();
    float[][] one = streamed(sound, new FoaStream(48_000, format), 300, 1);
    float[][] other = streamed(sound, new FoaStream(48_000, format), 30_000, 2);
    assertThat(one).isEqualTo(other);
    for (int c = 0; c < Foa.CHANNELS; c++) {
      assertThat(one[c]).containsExactly(expected[c], within(1e-5f));
    }
  }

  @Test
  void soundComesOutAsSoonAsItCan() {
    assertThat(new FoaStream(24_000, FoaFormat.AMBIX).push(noise(4, 100))[0]).hasSize(100);
    assertThat(new FoaStream(48_000, FoaFormat.AMBIX).push(noise(4, 4800))[0])
        .hasSizeBetween(2400 - 61, 2400);
  }

  @Test
  void aFilePieceByPieceIsTheWholeFile() {
    Path file = folder.resolve("foa.wav");
    Wav.write(file, new Audio(48_000, noise(4, 30_000)), Encoding.FLOAT_32);
    List<float[][]> pieces = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Foa.stream(file, null, notes::add, pieces::add);
    assertThat(joined(pieces)).isEqualTo(Foa.read(file).channels());
    assertThat(notes).containsExactly(file + ": resampled from 48000 Hz to 24000 Hz");
    assertThat(pieces).hasSize(8);
  }

  @Test
  void whatIsNoSoundIsRefused() {
    assertThatThrownBy(() -> new FoaStream(7, FoaFormat.AMBIX))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("audio: sample rate: 7 Hz");
    FoaStream stream = new FoaStream(48_000, FoaFormat.AMBIX);
    assertThatThrownBy(() -> stream.push(noise(3, 10)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("audio: channels: 3");
    float[][] broken = noise(4, 10);
    broken[2][3] = Float.NaN;
    assertThatThrownBy(() -> stream.push(broken))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sample 3 of channel 3 is NaN");
  }
}
