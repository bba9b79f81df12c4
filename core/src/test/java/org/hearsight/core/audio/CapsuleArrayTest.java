package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Microphones of some size, against plane waves whose capsule signals are known in closed form. */
class CapsuleArrayTest {
  private static final double SPEED_OF_SOUND = 343;
  private static final int SAMPLES = 9_600;
  private static final int MIDDLE = SAMPLES / 2;
  private static final int AROUND = 2400;

  @TempDir private Path folder;

  /**
   * A tone from afar at a capsule p + (1 − p)·cos that lies where the microphone says: earlier by
   * the way that the capsule is nearer.
   */
  private static float[][] open(CapsuleArray array, Direction from, double hertz) {
    float[][] out = new float[array.capsules().size()][SAMPLES];
    for (int c = 0; c < out.length; c++) {
      double cosine = array.capsules().get(c).unit().dot(from.unit());
      double pattern = array.pattern() + (1 - array.pattern()) * cosine;
      double ahead = array.radius() * cosine / SPEED_OF_SOUND;
      for (int i = 0; i < SAMPLES; i++) {
        double t = (double) i / Foa.SAMPLE_RATE + ahead;
        out[c][i] = (float) (0.5 * pattern * Math.sin(2 * Math.PI * hertz * t));
      }
    }
    return out;
  }

  private static double rms(float[] channel) {
    double sum = 0;
    for (int i = MIDDLE - AROUND; i < MIDDLE + AROUND; i++) {
      sum += channel[i] * channel[i];
    }
    return Math.sqrt(sum / (2 * AROUND));
  }

  private static Direction heard(float[][] foa) {
    return new IntensityDirection().of(foa, MIDDLE - AROUND, MIDDLE + AROUND);
  }

  /** Below kr = 1 a microphone of some size is as good as one in a point. */
  @ParameterizedTest
  @CsvSource({
    "ambeo-vr, 200",
    "ambeo-vr, 1000",
    "ambeo-vr, 2500",
    "tetramic, 500",
    "tetramic, 1500",
    "h3-vr, 300",
    "h3-vr, 3000",
    "tetrahedron, 100",
    "tetrahedron, 9000"
  })
  void tonesComeFromWhereTheyComeFromAndAreAsLoudAsTheyAre(String name, double hertz) {
    FoaFormat format = FoaFormat.of("a-format:" + name);
    CapsuleArray array = CapsuleArray.preset(name);
    double kr = 2 * Math.PI * hertz / SPEED_OF_SOUND * array.radius();
    for (Direction from : FoaFormatTest.directions().subList(5, 25)) {
      float[][] foa = Clip.of(open(array, from, hertz), Foa.SAMPLE_RATE, format).foa();
      assertThat(heard(foa).angleTo(from)).isLessThan(0.5 + 15 * kr * kr);
      Vec3 u = from.unit();
      double[] expected = {1, u.y(), u.z(), u.x()};
      for (int c = 0; c < 4; c++) {
        double level = rms(foa[c]) / (0.5 / Math.sqrt(2));
        // Four capsules cannot tell the first order from the second, which grows with kr.
        assertThat(level).isCloseTo(Math.abs(expected[c]), within(0.02 + 0.45 * kr));
      }
    }
  }

  /**
   * A rigid sphere, against its known limits: far below kr = 1 the pressure at a capsule is 1 + 3/2
   * i kr cos γ, and the filters bring back what a plane wave has, direction and level.
   */
  @ParameterizedTest
  @CsvSource({"300", "500"})
  void onASphereTheSurfacePressureIsUndone(double hertz) {
    CapsuleArray array = CapsuleArray.preset("starss23-mic");
    FoaFormat format = FoaFormat.capsules(array);
    double kr = 2 * Math.PI * hertz / SPEED_OF_SOUND * array.radius();
    for (Direction from : FoaFormatTest.directions().subList(5, 25)) {
      float[][] signals = new float[4][SAMPLES];
      for (int c = 0; c < 4; c++) {
        double cosine = array.capsules().get(c).unit().dot(from.unit());
        for (int i = 0; i < SAMPLES; i++) {
          double phase = 2 * Math.PI * hertz * i / Foa.SAMPLE_RATE;
          signals[c][i] = (float) (0.5 * (Math.sin(phase) + 1.5 * kr * cosine * Math.cos(phase)));
        }
      }
      float[][] foa = Clip.of(signals, Foa.SAMPLE_RATE, format).foa();
      assertThat(heard(foa).angleTo(from)).isLessThan(1);
      double velocity = Math.sqrt(square(rms(foa[1])) + square(rms(foa[2])) + square(rms(foa[3])));
      assertThat(velocity / rms(foa[0])).isCloseTo(1, within(0.12));
    }
  }

  private static double square(double v) {
    return v * v;
  }

  /** What the four channels hold comes back, in the band in which a microphone is of that order. */
  @ParameterizedTest
  @ValueSource(strings = {"tetrahedron", "ambeo-vr", "tetramic", "starss23-mic"})
  void thereAndBackIsTheSame(String name) {
    FoaFormat format = FoaFormat.of("a-format:" + name);
    float[][] foa = new float[4][];
    for (int c = 0; c < 4; c++) {
      foa[c] = Sounds.sine(350 + 40 * c, Foa.SAMPLE_RATE, SAMPLES, 0.4);
    }
    float[][] back = Clip.of(format.fromFoa(foa), Foa.SAMPLE_RATE, format).foa();
    for (int c = 0; c < 4; c++) {
      double error = 0;
      for (int i = MIDDLE - AROUND; i < MIDDLE + AROUND; i++) {
        error += square(back[c][i] - foa[c][i]);
      }
      assertThat(Math.sqrt(error / (2 * AROUND))).isLessThan(0.06 * rms(foa[c]));
    }
  }

  @Test
  void theEndOfARecordingIsConvertedAsTheWholeIs() {
    float[][] signals = new float[4][];
    for (int c = 0; c < 4; c++) {
      signals[c] = Sounds.noise(c, 40_000, 0.5);
    }
    Path file = folder.resolve("a.wav");
    Wav.write(file, new Audio(48_000, signals), Encoding.FLOAT_32);
    FoaFormat format = FoaFormat.of("a-format:starss23-mic");
    float[][] whole = Foa.read(file, format, note -> {}).channels();
    float[][] end = Foa.readEnd(file, format, 5000, note -> {}).channels();
    for (int c = 0; c < 4; c++) {
      assertThat(end[c])
          .containsExactly(
              Arrays.copyOfRange(whole[c], whole[c].length - 5000, whole[c].length), within(1e-5f));
    }
  }

  @Test
  void aFileDescribesAMicrophone() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.json"),
            """
            {"name": "mine", "radius": 0.01, "mount": "open", "pattern": 0.6,
             "capsules": [{"azimuth": 0, "elevation": 90}, {"azimuth": 0, "elevation": -19.47},
                          {"azimuth": 120, "elevation": -19.47},
                          {"azimuth": -120, "elevation": -19.47}]}
            """);
    FoaFormat format = FoaFormat.of("a-format:" + file);
    assertThat(format.name()).isEqualTo("a-format:mine");
    CapsuleArray mine = CapsuleArray.read(file);
    assertThat(FoaFormat.capsules(mine)).isEqualTo(format);
    Direction from = new Direction(70, 40);
    float[][] foa = Clip.of(open(mine, from, 600), Foa.SAMPLE_RATE, format).foa();
    assertThat(heard(foa).angleTo(from)).isLessThan(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"radius\": 0.01|\"radius\": 1|radius: 1, expected 0 to 0.1",
        "\"pattern\": 0.5|\"pattern\": 0|pattern: 0, expected 0.2 to 0.8",
        "\"open\"|\"closed\"|mount: ",
        "\"mount\": \"open\",||mount: missing, expected open or sphere",
        "\"open\"|\"sphere\"|pattern: 0.5, expected 1 to 1",
        "\"elevation\": 30|\"elevation\": 0|capsules: their directions lie near a plane",
        "\"azimuth\": 90|\"azimut\": 90|capsules[0].azimut: ",
      })
  void whatDescribesNoMicrophoneIsRefused(String from, String to, String message)
      throws IOException {
    String text =
        """
        {"name": "mine", "radius": 0.01, "mount": "open", "pattern": 0.5,
         "capsules": [{"azimuth": 90, "elevation": 0}, {"azimuth": -90, "elevation": 0},
                      {"azimuth": 0, "elevation": 0}, {"azimuth": 180, "elevation": 30}]}
        """;
    Path file =
        Files.writeString(folder.resolve("mine.json"), text.replace(from, to == null ? "" : to));
    assertThatThrownBy(() -> CapsuleArray.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": " + message);
  }
}
