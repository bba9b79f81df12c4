package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours as other programs write them; {@code golden/pictures} says which. */
class CameraPicturesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/pictures");
  private static final int WIDTH = 8;
  private static final int HEIGHT = 4;

  /** The formula of the golden pictures, row by row. */
  private static final int[] COLOURS =
      IntStream.range(0, WIDTH * HEIGHT)
          .map(i -> ((32 * (i % WIDTH)) << 16) | ((64 * (i / WIDTH)) << 8) | 200)
          .toArray();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "rgb.tif",
        "rgb16.png",
        "rgb16.tif",
        "palette.png",
        "palette.tif",
        "rgba_unseen.png",
        "cmyk.tif"
      })
  void coloursAreKept(String name) {
    Picture.Rgb seen = read(name);

    assertThat(seen.transparent()).isZero();
    assertClose(seen, name.equals("cmyk.tif") ? 8 : 1, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gray16.png", "gray16_big.tif", "gray8_white_is_zero.tif"})
  void graysAreThreeEqualPlanes(String name) {
    Picture.Rgb seen = read(name);

    for (int i = 0; i < COLOURS.length; i++) {
      int gray = COLOURS[i] >> 16;
      assertThat(seen.pixels()[i] & 0xffffff).isEqualTo(gray << 16 | gray << 8 | gray);
    }
  }

  @Test
  void blackAndWhiteHaveNoGrayBetween() {
    Picture.Rgb seen = read("gray1.png");

    for (int i = 0; i < COLOURS.length; i++) {
      int expected = COLOURS[i] >> 16 >= 128 ? 0xffffff : 0;
      assertThat(seen.pixels()[i] & 0xffffff).isEqualTo(expected);
    }
  }

  /** Every second pixel is transparent. */
  @ParameterizedTest
  @ValueSource(strings = {"rgba.png", "rgba.tif", "rgba16.png", "gray_alpha.png"})
  void whatIsTransparentIsBlack(String name) {
    Picture.Rgb seen = read(name);

    assertThat(seen.transparent()).isEqualTo(0.5);
    for (int i = 0; i < COLOURS.length; i++) {
      int red = COLOURS[i] >> 16;
      int opaque = name.startsWith("gray") ? red << 16 | red << 8 | red : COLOURS[i];
      boolean shown = (i % WIDTH + i / WIDTH) % 2 == 0;
      assertThat(seen.pixels()[i] & 0xffffff).isEqualTo(shown ? opaque : 0);
    }
  }

  @Test
  void oneEntryOfAPaletteIsTransparent() {
    Picture.Rgb seen = read("palette_alpha.png");
    int black = 0;
    for (int i = 0; i < COLOURS.length; i++) {
      int pixel = seen.pixels()[i] & 0xffffff;
      assertThat(pixel).isIn(0, COLOURS[i]);
      black += pixel == 0 ? 1 : 0;
    }

    assertThat(black).isPositive();
    assertThat(seen.transparent()).isEqualTo((double) black / COLOURS.length);
  }

  /** Viewers take the inks for inverted with the Adobe marker and without it. */
  @ParameterizedTest
  @ValueSource(strings = {"cmyk_adobe.jpg", "cmyk_plain.jpg", "ycck.jpg"})
  void inksAreColours(String name) {
    assertClose(read(name), 8, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyOrientationIsShownUpright(int value) {
    assertClose(read("orientation_" + value + ".tif"), 1, 0);
    assertClose(read("orientation_" + value + ".jpg"), 8, 6);
  }

  @ParameterizedTest
  @CsvSource({
    "f32_little.tif, colour: not whole numbers of at most 16 bits; save the picture as 8-bit RGB",
    "u32.tif, colour: not whole numbers of at most 16 bits; save the picture as 8-bit RGB",
    "half_none.exr, is an EXR; save the picture as PNG",
    "archive.npz, 'is an archive (.npz, .zip); save the picture as PNG'"
  })
  void otherNumbersAreRefused(String name, String message) {
    assertThatThrownBy(() -> read(name))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(name + ": " + message);
  }

  /** Cut anywhere, or with bytes overwritten: a picture or one line, never another exception. */
  @ParameterizedTest
  @ValueSource(
      strings = {"rgb.tif", "rgba.tif", "rgb16.tif", "palette.tif", "cmyk_adobe.jpg", "ycck.jpg"})
  void damagedFilesAreShownOrRefused(String name) {
    byte[] whole = Picture.read(GOLDEN.resolve(name)).bytes();
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      int length = i % 3 == 0 ? random.nextInt(whole.length) : whole.length;
      byte[] damaged = Arrays.copyOf(whole, length);
      for (int n = random.nextInt(5); n > 0 && length > 0; n--) {
        damaged[random.nextInt(Math.min(length, 400))] = (byte) random.nextInt();
      }
      try {
        Picture.Rgb seen = new Picture(name, damaged).rgb();
        assertThat(seen.pixels()).hasSize(seen.width() * seen.height());
      } catch (InputException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(80);
  }

  /**
   * @param zoom pixels of the file for one of the formula, along one side
   */
  private static void assertClose(Picture.Rgb seen, int zoom, int tolerance) {
    assertThat(seen.width()).isEqualTo(WIDTH * zoom);
    assertThat(seen.height()).isEqualTo(HEIGHT * zoom);
    for (int i = 0; i < seen.pixels().length; i++) {
      int x = i % seen.width() / zoom;
      int y = i / seen.width() / zoom;
      int expected = COLOURS[y * WIDTH + x];
      for (int shift = 0; shift <= 16; shift += 8) {
        int off = (seen.pixels()[i] >> shift & 0xff) - (expected >> shift & 0xff);
        assertThat(Math.abs(off)).as("pixel %d", i).isLessThanOrEqualTo(tolerance);
      }
    }
  }

  private static Picture.Rgb read(String name) {
    return Picture.read(GOLDEN.resolve(name)).rgb();
  }
}
