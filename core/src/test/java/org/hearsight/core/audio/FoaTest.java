package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
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

  @Test
  void silenceIsFine() {
    Wav.write(file, new Audio(24000, new float[4][2400]), Encoding.PCM_16);
    assertThat(Foa.read(file).channels()).isDeepEqualTo(new float[4][2400]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 16})
  void refusesOtherThanFourChannels(int channels) {
    Wav.write(file, new Audio(24000, new float[channels][24]), Encoding.PCM_16);
    assertThatThrownBy(() -> Foa.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            file + ": channels: " + channels + ", expected 4 (W, Y, Z, X); record or convert");
  }

  @Test
  void labelFramesAreTenASecond() {
    assertThat(Foa.LABEL_FRAME_SAMPLES).isEqualTo(2400);
    assertThat(Foa.CLIP_SAMPLES / Foa.LABEL_FRAME_SAMPLES).isEqualTo(50);
  }
}
