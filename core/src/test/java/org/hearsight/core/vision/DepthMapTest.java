package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Depth as other programs write it; {@code golden/pictures} says which. */
class DepthMapTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/pictures");
  private static final int WIDTH = 12;
  private static final int HEIGHT = 8;

  /** Ten bits behind the point; FFmpeg cuts off what follows them, the others round. */
  private static final double HALF = 1 / 1024.0;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d16.png",
        "d16_swapped.png",
        "d16_little.tif",
        "d16_big.tif",
        "d16_lzw_predictor.tif",
        "d16_orientation_6.tif",
        "i16.tif",
        "u32.tif",
        "u16.npy",
        "i64_batch.npy"
      })
  void wholeNumbersAreKept(String name) {
    DepthMap map = read(name);

    assertThat(map.whole()).isTrue();
    assertMetres(map, 1000, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f32_little.tif",
        "f32_big.tif",
        "f32_lzw.tif",
        "f32_lzw_predictor.tif",
        "f32_zip_predictor.tif",
        "f32_tiles.tif",
        "f64.tif",
        "f32.npy",
        "f32_big.npy",
        "f64_fortran.npy",
        "f32_le.pfm",
        "f32_be.pfm",
        "float_none.exr",
        "float_rle.exr",
        "float_zip16.exr"
      })
  void floatsAreKept(String name) {
    DepthMap map = read(name);

    assertThat(map.whole()).isFalse();
    assertThat(map.notes()).isEmpty();
    assertMetres(map, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f16.tif", "f16.npy", "half_none.exr"})
  void halvesAreKeptWithinTheirPrecision(String name) {
    assertMetres(read(name), 1, HALF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps_rle.exr", "steps_zip1.exr", "steps_zip16.exr"})
  void packedRowsAreUnpacked(String name) {
    float[] values = read(name).values();

    for (int i = 0; i < values.length; i++) {
      int row = i / WIDTH;
      assertThat(values[i]).isEqualTo((float) (1 + row));
    }
  }

  @Test
  void theChannelThatMeansDepthIsFoundAmongTheLayers() {
    DepthMap map = read("layers.exr");

    assertThat(map.notes()).containsExactly("channel View.Depth.Z of the EXR file");
    assertMetres(map, 1, 0);
  }

  @Test
  void equalColoursAreOneChannel() {
    DepthMap map = read("gray_rgb.exr");

    for (int i = 0; i < map.values().length; i++) {
      assertThat(map.values()[i]).isCloseTo((float) (i % WIDTH) / 12, within((float) HALF));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour_zips.exr | no channel of B, G, R means depth",
        "piz.exr | EXR with compression PIZ is not read; save scan lines of one part with",
        "archive.npz | is an archive (.npz, .zip); save the array itself: np.save(",
        "rgb.npy | shape: (8, 12, 3), expected (height, width); save one array of metres",
        "object.npy | type: |O, expected floats or whole numbers of 16 bits or more; ",
        "gray8_white_is_zero.tif | 8-bit grayscale, expected 16-bit grayscale or floats; save it",
        "rgb.tif | colour, expected one plane of numbers; save it as 16-bit grayscale PNG",
        "palette.tif | a palette, expected one plane of numbers; save it",
        "rgb16.png | colour, expected 16-bit grayscale; save it",
        "cmyk_adobe.jpg | is a JPEG; save it as 16-bit grayscale PNG in millimetres (0 = unknown)",
      })
  void whatIsNotDepthIsRefusedByName(String name, String message) {
    assertRefused(
        Picture.read(GOLDEN.resolve(name.strip())), name.strip() + ": depth: " + message.strip());
  }

  @Test
  void aFactorOfThePfmIsNotApplied() {
    DepthMap map = DepthMap.read(pfm("Pf\n2 1\n-0.25\n"));

    assertThat(map.values()).containsExactly(3, 4);
    assertThat(map.notes()).containsExactly("the PFM's factor of 0.25 is not applied");
  }

  /** As programs for Windows write them: one byte too early, and every number is another. */
  @Test
  void linesOfAPfmMayEndAsInWindows() {
    assertThat(DepthMap.read(pfm("Pf\r\n2 1\r\n-1.0\r\n")).values()).containsExactly(3, 4);
  }

  /** A header, and 3 and 4 behind it. */
  private static Picture pfm(String header) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(text.length + 8).order(ByteOrder.LITTLE_ENDIAN).put(text);
    file.putFloat(3).putFloat(4);
    return new Picture("a.pfm", file.array());
  }

  @Test
  void anExrThatClaimsABlockOfAbsurdSizeIsRefused() {
    ByteBuffer file = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
    file.put("v/1\u0001".getBytes(StandardCharsets.US_ASCII)).putInt(2);
    attribute(file, "channels", 2 + 16 + 1);
    file.put("Z\0".getBytes(StandardCharsets.US_ASCII)).putInt(2).putInt(0).putInt(1).putInt(1);
    file.put((byte) 0);
    attribute(file, "compression", 1);
    file.put((byte) 3);
    for (String window : new String[] {"dataWindow", "displayWindow"}) {
      attribute(file, window, 16);
      file.putInt(0).putInt(0).putInt(1_999_999).putInt(15);
    }

    assertRefused(
        new Picture("a.exr", file.array()),
        "a.exr: depth: EXR with 1 channels of 2000000 x 16 is not read");
  }

  private static void attribute(ByteBuffer exr, String name, int size) {
    exr.put((name + "\0any\0").getBytes(StandardCharsets.US_ASCII)).putInt(size);
  }

  /** In whole millimetres it is 65.504 m; among floats it is the sky, whatever the unit. */
  @Test
  void theLargestHalfIsUnknownAmongFloats() {
    assertThat(new DepthMap(2, 1, new float[] {65504, 65503}, false).values())
        .containsExactly(0, 65503);
    assertThat(new DepthMap(2, 1, new float[] {65504, 65535}, true).values())
        .containsExactly(65504, 0);
  }

  @Test
  void coloursOfAPfmAreRefused() {
    byte[] file = "PF\n1 1\n-1\n000000000000".getBytes(StandardCharsets.US_ASCII);

    assertRefused(new Picture("a.pfm", file), "a.pfm: depth: the PFM has three colours");
  }

  /** Metres at 256 a metre have no low byte: they look smoother with swapped bytes, but are not. */
  @Test
  void wholeMetresOfKittiAreNotTakenForSwapped() {
    int[] metres = new Random(1).ints(64 * 64, 1, 80).map(m -> m * 256).toArray();
    int[] halves = new Random(1).ints(64 * 64, 1, 160).map(m -> m * 128).toArray();
    int[] noise = new Random(1).ints(64 * 64, 1, 65535).toArray();

    assertThat(DepthMap.isSwapped(metres, 64)).isFalse();
    assertThat(DepthMap.isSwapped(halves, 64)).isFalse();
    assertThat(DepthMap.isSwapped(noise, 64)).isFalse();
    assertThat(read("d16_swapped.png").notes()).singleElement().asString().contains("swapped");
    assertThat(read("d16.png").notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.npy|\u0093NUMPY\1\0|{'descr': '<f4', 'fortran_order': False, 'shape': (60000, 60000), }",
        "a.npy|\u0093NUMPY\1\0|{'descr': '<f4', 'fortran_order': False, 'shape': (900000000, 1), }",
      })
  void absurdSizesAreRefusedBeforeMemoryIsTaken(String text) {
    String[] parts = text.split("\\|", -1);
    ByteBuffer file = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    file.put(parts[1].getBytes(StandardCharsets.ISO_8859_1)).putShort((short) 200);
    file.put(parts[2].getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(new Picture(parts[0], file.array()), "pixels, at most 32 million");
  }

  @Test
  void absurdPfmSizesAreRefused() {
    byte[] file = "Pf 999999999 999999999 -1\n....".getBytes(StandardCharsets.US_ASCII);

    assertRefused(new Picture("a.pfm", file), "pixels, at most 32 million");
  }

  /** Cut anywhere, or with bytes overwritten: an answer or one line, never another exception. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "d16_lzw_predictor.tif",
        "f32_zip_predictor.tif",
        "f32_tiles.tif",
        "d16_big.tif",
        "f64_fortran.npy",
        "f32_le.pfm",
        "half_none.exr",
        "steps_rle.exr",
        "steps_zip16.exr",
        "layers.exr"
      })
  void damagedFilesAreAnsweredOrRefused(String name) {
    byte[] whole = Picture.read(GOLDEN.resolve(name)).bytes();
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] damaged =
          Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int n = random.nextInt(5); n > 0 && damaged.length > 0; n--) {
        int within = random.nextBoolean() ? damaged.length : Math.min(damaged.length, 400);
        damaged[random.nextInt(within)] = (byte) random.nextInt();
      }
      try {
        DepthMap map = DepthMap.read(new Picture(name, damaged));
        assertThat(map.values()).hasSize(map.width() * map.height());
      } catch (InputException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  /** The formula of the golden depth maps; four pixels are unknown. */
  private static void assertMetres(DepthMap map, double scale, double relative) {
    assertThat(map.width()).isEqualTo(WIDTH);
    assertThat(map.height()).isEqualTo(HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int millimetres = i < 4 ? 0 : 500 + 731 * (i % WIDTH) + 113 * (i / WIDTH);
      double metres = millimetres / 1000.0;
      float expected = (float) (metres * scale);
      assertThat(map.values()[i]).isCloseTo(expected, within((float) (relative * expected)));
    }
  }

  private static void assertRefused(Picture picture, String message) {
    assertThatThrownBy(() -> DepthMap.read(picture))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private static DepthMap read(String name) {
    return DepthMap.read(Picture.read(GOLDEN.resolve(name)));
  }
}
