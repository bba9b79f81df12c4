package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
  @TempDir Path folder;

  @Test
  void missingFilesFoldersAndEmptyFilesAreRefused() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.png"));

    assertRefused(() -> Picture.read(folder.resolve("none.png")), "none.png: does not exist; ");
    assertRefused(() -> Picture.read(folder), "is a folder");
    assertRefused(() -> Picture.read(empty).rgb(), "is empty");
  }

  @Test
  void whatIsNoPictureIsRefused() {
    Picture text = new Picture("notes.txt", "hello, world".getBytes(StandardCharsets.UTF_8));

    assertRefused(
        text::rgb,
        "notes.txt: is neither PNG nor JPEG nor TIFF; save the picture as PNG, JPEG or TIFF");
    assertRefused(
        () -> DepthMap.read(text),
        "notes.txt: depth: is neither PNG nor TIFF nor EXR nor NPY nor PFM; save it as 16-bit"
            + " grayscale PNG in millimetres (0 = unknown)");
    assertRefused(
        text::occlusion,
        "notes.txt: occlusion: is neither PNG nor JPEG nor TIFF; save it as 8-bit grayscale PNG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void truncatedPicturesAreRefusedWhereverTheyEnd(String format) throws IOException {
    byte[] whole = photo(format);

    for (double share : new double[] {0.01, 0.1, 0.5, 0.9}) {
      Picture part =
          new Picture("part." + format, Arrays.copyOf(whole, (int) (whole.length * share) + 9));
      assertRefused(part::rgb, "is truncated or damaged");
    }
    assertThat(new Picture("whole", whole).rgb().width()).isEqualTo(64);
  }

  /** The decoder warns of it, but every pixel is there. */
  @Test
  void aBrokenColourProfileHarmsNoPicture() throws IOException {
    byte[] plain = photo("jpeg");
    byte[] profile = "ICC_PROFILE\0\1\1 no profile".getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer marked = ByteBuffer.allocate(plain.length + profile.length + 4);
    // After the start of the image and its JFIF header.
    int at = 4 + ByteBuffer.wrap(plain).getShort(4);
    marked.put(plain, 0, at).putShort((short) 0xffe2).putShort((short) (profile.length + 2));
    marked.put(profile).put(plain, at, plain.length - at);

    assertThat(new Picture("odd.jpg", marked.array()).rgb().pixels())
        .isEqualTo(new Picture("plain.jpg", plain).rgb().pixels());
  }

  @Test
  void absurdSizesAreRefusedBeforeDecoding() {
    byte[] png = Png.gray8(new byte[4], 2, 2);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 60_000);
    header.putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());

    assertRefused(() -> DepthMap.read(new Picture("bomb.png", png)), "size: 60000 x 60000 pixels");
  }

  @Test
  void grayOfOtherBitsAndColourAreRefused() {
    Picture eight = new Picture("a.png", Png.gray8(new byte[4], 2, 2));
    Picture sixteen = new Picture("b.png", Png.gray16(new short[4], 2, 2));
    Picture colour = new Picture("c.png", Png.rgb(new int[4], 2, 2));

    assertRefused(
        () -> DepthMap.read(eight), "a.png: depth: 8-bit grayscale, expected 16-bit grayscale");
    assertRefused(() -> sixteen.occlusion(), "occlusion: 16-bit grayscale, expected 8-bit");
    assertRefused(() -> colour.occlusion(), "occlusion: colour, expected 8-bit grayscale");
  }

  @Test
  void grayPicturesKeepTheirBrightnessAsColour() {
    Picture gray = new Picture("gray.png", Png.gray8(new byte[] {0, 100, (byte) 200, -1}, 2, 2));

    assertThat(gray.rgb().pixels()).containsExactly(0, 0x646464, 0xc8c8c8, 0xffffff);
  }

  private static byte[] photo(String format) throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 64 * 48; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
