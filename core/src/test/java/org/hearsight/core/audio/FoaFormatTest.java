package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoaFormatTest {
  private static final int SAMPLES = 50;

  @TempDir private Path folder;

  /** From all around, on a spiral that is about evenly dense. */
  static List<Direction> directions() {
    List<Direction> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double elevation = Math.toDegrees(Math.asin((2 * i + 1) / 60.0 - 1));
      all.add(new Direction(i * 137.50776405, elevation));
    }
    return all;
  }

  /** One sound, so many times as loud in each channel. */
  private static float[][] scaled(double... gains) {
    float[][] channels = new float[gains.length][SAMPLES];
    float[] mono = Sounds.noise(3, SAMPLES, 0.9);
    for (int c = 0; c < gains.length; c++) {
      for (int i = 0; i < SAMPLES; i++) {
        channels[c][i] = (float) (gains[c] * mono[i]);
      }
    }
    return channels;
  }

  private static void assertAlike(float[][] actual, float[][] expected) {
    assertThat(actual).hasNumberOfRows(expected.length);
    for (int c = 0; c < expected.length; c++) {
      assertThat(actual[c]).containsExactly(expected[c], within(2e-6f));
    }
  }

  /** Both ways, against what the definitions say of a plane wave. */
  @ParameterizedTest
  @MethodSource("directions")
  void planeWavesBecomeAmbixAndBack(Direction from) {
    Vec3 u = from.unit();
    float[][] ambix = scaled(1, u.y(), u.z(), u.x());
    double n = Math.sqrt(3);
    assertBothWays(FoaFormat.AMBIX, ambix, ambix);
    assertBothWays(FoaFormat.ACN_N3D, scaled(1, n * u.y(), n * u.z(), n * u.x()), ambix);
    assertBothWays(FoaFormat.FUMA, scaled(1 / Math.sqrt(2), u.x(), u.y(), u.z()), ambix);

    // Four cardioids in one point: what each hears is (1 + cos of the angle to its axis) / 2.
    double[] cardioids =
        IntStream.range(0, 4)
            .mapToDouble(
                c -> 0.5 + 0.5 * Math.cos(Math.toRadians(from.angleTo(TETRAHEDRON.get(c)))))
            .toArray();
    assertBothWays(FoaFormat.of("a-format:tetrahedron"), scaled(cardioids), ambix);
  }

  /** Front left up, front right down, back left down, back right up. */
  private static final List<Direction> TETRAHEDRON =
      List.of(
          Direction.of(new Vec3(1, 1, 1)),
          Direction.of(new Vec3(1, -1, -1)),
          Direction.of(new Vec3(-1, 1, -1)),
          Direction.of(new Vec3(-1, -1, 1)));

  private static void assertBothWays(FoaFormat format, float[][] theirs, float[][] ours) {
    assertAlike(format.toFoa(format.pick(theirs)), ours);
    assertAlike(format.fromFoa(ours), theirs);
    assertAlike(Clip.of(theirs, Foa.SAMPLE_RATE, format).foa(), ours);
  }

  @Test
  void higherOrdersGiveTheirFirstFourChannels() {
    float[][] third = new float[16][SAMPLES];
    float[][] first = scaled(1, 0.1, 0.2, 0.3);
    System.arraycopy(first, 0, third, 0, 4);
    Clip clip = Clip.of(third, Foa.SAMPLE_RATE, FoaFormat.AMBIX);
    assertAlike(clip.foa(), first);
    assertThat(clip.notes()).containsExactly("audio: 16 channels: the first four are heard");
    assertThat(FoaFormat.FUMA.require("x", 11, false))
        .isEqualTo("11 channels: the first four are heard");
    assertThat(FoaFormat.AMBIX.require("x", 4, false)).isNull();
  }

  @Test
  void aFewChannelsOfAHigherOrderHaveToBeSaid() {
    String refusal = "x: channels: 8, expected 4 (W, Y, Z, X), or 9, 16, 25 … of a higher order; ";
    assertRefused(() -> FoaFormat.ACN_N3D.require("x", 8, false), refusal);
    assertThat(FoaFormat.ACN_N3D.require("x", 8, true))
        .isEqualTo("8 channels are not a whole order: the first four are heard");
  }

  @Test
  void channelsThatAreNotThereAreRefused() {
    for (FoaFormat format : List.of(FoaFormat.AMBIX, FoaFormat.ACN_N3D)) {
      assertRefused(
          () -> format.require("x", 3, true), "x: channels: 3, expected 4 (W, Y, Z, X); ");
    }
    for (int channels : new int[] {3, 5, 7}) {
      assertRefused(
          () -> FoaFormat.FUMA.require("x", channels, true),
          "x: channels: " + channels + " in FuMa are horizontal, without Z; ");
    }
    assertRefused(
        () -> FoaFormat.of("a-format:ambeo-vr").require("x", 5, true),
        "x: channels: 5, but a-format:ambeo-vr has 4 capsules; ");
    assertRefused(
        () -> Clip.of(new float[2][9], Foa.SAMPLE_RATE, FoaFormat.FUMA), "audio: channels: 2, ");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(InputException.class).hasMessageStartingWith(message);
  }

  @Test
  void wordsNameFormats() {
    for (FoaFormat format : List.of(FoaFormat.AMBIX, FoaFormat.ACN_N3D, FoaFormat.FUMA)) {
      assertThat(FoaFormat.of(format.name())).isEqualTo(format);
      assertThat(FoaFormat.file(format.name())).isEmpty();
    }
    for (String name : CapsuleArray.presets()) {
      assertThat(FoaFormat.of("a-format:" + name).name()).isEqualTo("a-format:" + name);
    }
    assertRefused(
        () -> FoaFormat.of("a-format:ambeo"),
        "ambeo: does not exist; give a description of the microphone or one of tetrahedron,");
    assertThat(FoaFormat.file("a-format:mine.json")).isEqualTo(Optional.of(Path.of("mine.json")));
    assertThat(FoaFormat.of("a-format:ambeo-vr")).isNotEqualTo(FoaFormat.of("a-format:tetramic"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FuMa", "n3d", "a-format", "a-format:"})
  void otherWordsAreRefused(String words) {
    assertThatThrownBy(() -> FoaFormat.of(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "'" + words + "' is not a format; expected ambix, acn-n3d, fuma or");
  }

  @Test
  void filesAreReadInTheFormatThatIsSaid() {
    Path file = folder.resolve("a.wav");
    Vec3 u = new Direction(50, -20).unit();
    float[][] ours = scaled(1, u.y(), u.z(), u.x());
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, FoaFormat.FUMA.fromFoa(ours)), Encoding.FLOAT_32);
    List<String> notes = new ArrayList<>();
    assertAlike(Foa.read(file, FoaFormat.FUMA, notes::add).channels(), ours);
    assertAlike(Foa.readEnd(file, FoaFormat.FUMA, SAMPLES, notes::add).channels(), ours);
    assertAlike(Clip.read(file, FoaFormat.FUMA).foa(), ours);
    assertThat(notes).isEmpty();
    assertThat(Foa.length(file, FoaFormat.FUMA)).isEqualTo(SAMPLES);
  }
}
