package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoaTest {
  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("x.wav");
  }

  @Test
  void readsTwentyFourKilohertzAsItStands() {
    float[][] foa = Sounds.planeWave(Sounds.noise(1, 2400, 0.9), new Direction(20, 30));
    Wav.write(file, new Audio(24000, foa), Encoding.FLOAT_32);
    Audio audio = Foa.read(file, notes::add);
    assertThat(audio.channels()).isDeepEqualTo(foa);
    assertThat(notes).isEmpty();
  }

  @Test
  void resamplesOtherRatesSaysSoAndKeepsTheDirection() {
    Direction direction = new Direction(20, 30);
    float[][] foa = Sounds.planeWave(Sounds.sine(700, 48000, 48000, 0.5), direction);
    Wav.write(file, new Audio(48000, foa), Encoding.PCM_24);
    Audio audio = Foa.read(file, notes::add);
    assertThat(audio.sampleRate()).isEqualTo(Foa.SAMPLE_RATE);
    assertThat(audio.samples()).isEqualTo(24000);
    assertThat(notes).containsExactly(file + ": resampled from 48000 Hz to 24000 Hz");
    assertThat(new IntensityDirection().of(audio.channels(), 0, 24000).angleTo(direction))
        .isLessThan(0.01);
  }

  @ParameterizedTest
  @ValueSource(ints = {24000, 48000, 44100, 16000, 22051, 8000})
  void theEndOfARecordingIsTheEndOfTheWholeToTheBit(int rate) {
    float[][] foa = new float[4][];
    for (int c = 0; c < 4; c++) {
      foa[c] = Sounds.noise(c, 3 * rate + 17, 0.9);
    }
    Wav.write(file, new Audio(rate, foa), Encoding.FLOAT_32);
    float[][] whole = Foa.read(file).channels();
    assertThat(Foa.length(file)).isEqualTo(whole[0].length);

    for (int samples : new int[] {1, 2400, 23_999, 24_000, 71_000, 1_000_000}) {
      float[][] end = Foa.readEnd(file, samples, notes::add).channels();
      for (int c = 0; c < 4; c++) {
        int from = Math.max(0, whole[c].length - samples);
        assertThat(end[c]).isEqualTo(Arrays.copyOfRange(whole[c], from, whole[c].length));
      }
    }
  }

  @Test
  void arraysAreRefusedAsFilesAre() {
    assertRefused(new float[3][10], "mine: channels: 3, expected 4 (W, Y, Z, X)");
    float[][] uneven = new float[4][10];
    uneven[2] = new float[9];
    assertRefused(uneven, "mine: channel 3: 9 samples, but channel 1 has 10");
    uneven[2] = null;
    assertRefused(uneven, "mine: channel 3: missing");
    for (float v : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 101}) {
      float[][] foa = new float[4][10];
      foa[1][7] = v;
      assertRefused(foa, "mine: data: sample 7 of channel 2 is " + v);
    }
    Foa.require("mine", new float[4][0]);
  }

  private static void assertRefused(float[][] foa, String message) {
    assertThatThrownBy(() -> Foa.require("mine", foa))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void silenceIsFine() {
    Wav.write(file, new Audio(24000, new float[4][2400]), Encoding.PCM_16);
    assertThat(Foa.read(file).channels()).isDeepEqualTo(new float[4][2400]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void refusesOtherThanFourChannels(int channels) {
    Wav.write(file, new Audio(24000, new float[channels][24]), Encoding.PCM_16);
    assertThatThrownBy(() -> Foa.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            file
                + ": channels: "
                + channels
                + ", expected 4 (W, Y, Z, X)"
                + (channels > 4 ? ", or 9, 16, 25 … of a higher order" : "")
                + "; record or convert");
  }

  @Test
  void labelFramesAreTenASecond() {
    assertThat(Foa.LABEL_FRAME_SAMPLES).isEqualTo(2400);
    assertThat(Foa.CLIP_SAMPLES / Foa.LABEL_FRAME_SAMPLES).isEqualTo(50);
  }
}
