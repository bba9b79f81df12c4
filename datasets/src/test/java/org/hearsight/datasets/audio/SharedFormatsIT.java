package org.hearsight.datasets.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.audio.SoundField;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.api.Test;

/** Files in other formats than ours as others wrote them, where they lie beside the checkout. */
class SharedFormatsIT {
  /** A room response in ACN and N3D; its direct sound comes from the front, 10° below. */
  @Test
  void directSoundOfANormalizedResponseComesFromWhereItShould() {
    Path file = shared("IR_Gewandhaus_SH1.wav");
    float[][] foa = Clip.read(file, FoaFormat.ACN_N3D).foa();
    int peak = 0;
    for (int i = 0; i < foa[0].length; i++) {
      peak = Math.abs(foa[0][i]) > Math.abs(foa[0][peak]) ? i : peak;
    }
    int around = Foa.SAMPLE_RATE / 1000;
    Direction heard = new IntensityDirection().of(foa, peak - around, peak + around);
    assertThat(heard.angleTo(new Direction(0, -10))).isLessThan(0.5);
    double[] power = new double[4];
    for (int c = 0; c < 4; c++) {
      for (int i = peak - around; i < peak + around; i++) {
        power[c] += foa[c][i] * foa[c][i];
      }
    }
    // Of a plane wave, in SN3D; as the file has it, it is three times as much.
    assertThat((power[1] + power[2] + power[3]) / power[0]).isCloseTo(1, within(0.02));
  }

  /** FuMa without height: read as ambix, the silent channel is X. */
  @Test
  void theOrderOfFuMaPutsSilenceWhereItBelongs() {
    Path file = shared("BF_rec1.ogg");
    Clip right = Clip.read(file, FoaFormat.FUMA);
    Clip wrong = Clip.read(file, FoaFormat.AMBIX);
    assertThat(Foa.level(new float[][] {right.foa()[Foa.Z]}))
        .isLessThan(Foa.level(right.foa()) - 30);
    assertThat(right.foa()[Foa.Z]).isEqualTo(wrong.foa()[Foa.X]);
    assertThat(Foa.level(right.foa()) - Foa.level(wrong.foa())).isCloseTo(3.01, within(0.01));
    assertThat(
            SoundField.doubt(
                Arrays.stream(wrong.foa()).map(float[]::clone).toArray(float[][]::new)))
        .hasValueSatisfying(doubt -> assertThat(doubt).contains("X"));
  }

  /** Eight of sixteen channels: no whole order, but whoever says what they are is believed. */
  @Test
  void theFirstFourOfEightChannelsAreTheFirstOrder() {
    Path file = shared("HOA3_rec1_01-08ch.ogg");
    assertThatThrownBy(() -> Clip.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": channels: 8, expected 4 (W, Y, Z, X), or 9, 16, 25 …");
    Clip clip = Clip.read(file, FoaFormat.ACN_N3D);
    assertThat(clip.notes())
        .contains(file + ": 8 channels are not a whole order: the first four are heard");
    assertThat(SoundField.doubt(clip.foa())).isEmpty();
  }

  private static Path shared(String name) {
    String set = System.getenv("HEARSIGHT_SHARED");
    Path file = Path.of(set == null ? "../../shared" : set).resolve("foa/formats").resolve(name);
    assumeTrue(Files.exists(file), "no file " + file);
    return file;
  }
}
