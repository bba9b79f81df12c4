package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
  private static final int WIDTH = 5;
  private static final int HEIGHT = 3;
  private static final int[] SHOWN = new SplittableRandom(4).ints(15, 0, 1 << 24).toArray();

  /** The places of the stored row and column 0 in the shown picture, as EXIF defines the values. */
  enum Stored {
    TOP_LEFT(1),
    TOP_RIGHT(2),
    BOTTOM_RIGHT(3),
    BOTTOM_LEFT(4),
    LEFT_TOP(5),
    RIGHT_TOP(6),
    RIGHT_BOTTOM(7),
    LEFT_BOTTOM(8);

    private final int value;

    Stored(int value) {
      this.value = value;
    }

    int value() {
      return value;
    }

    boolean sideways() {
      return value() >= 5;
    }

    int width() {
      return sideways() ? HEIGHT : WIDTH;
    }

    int[] pixels() {
      boolean right = name().contains("RIGHT");
      boolean bottom = name().contains("BOTTOM");
      int[] stored = new int[SHOWN.length];
      for (int i = 0; i < stored.length; i++) {
        int row = i / width();
        int column = i % width();
        int x = sideways() ? row : column;
        int y = sideways() ? column : row;
        stored[i] = SHOWN[(bottom ? HEIGHT - 1 - y : y) * WIDTH + (right ? WIDTH - 1 - x : x)];
      }
      return stored;
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyOrientationIsShownUpright(Stored stored) {
    byte[] png = Png.rgb(stored.pixels(), stored.width(), SHOWN.length / stored.width());
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      Picture.Rgb seen = new Picture("a", withChunk(png, exif(stored.value(), order))).rgb();
      assertThat(seen.width()).isEqualTo(WIDTH);
      assertThat(seen.height()).isEqualTo(HEIGHT);
      for (int i = 0; i < SHOWN.length; i++) {
        assertThat(seen.pixels()[i] & 0xffffff).isEqualTo(SHOWN[i]);
      }
    }
  }

  @Test
  void depthAndOcclusionAreTurnedAsWell() {
    byte[] exif = exif(6, ByteOrder.BIG_ENDIAN);
    // Stored with the right column of what is shown as the first row.
    Picture depth = new Picture("d", withChunk(Png.gray16(new short[] {2, 4, 1, 3}, 2, 2), exif));
    Picture map = new Picture("o", withChunk(Png.gray8(new byte[] {2, 4, 1, 3}, 2, 2), exif));
    assertThat(DepthMap.read(depth).values()).containsExactly(1, 2, 3, 4);
    assertThat(map.occlusion().values()).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @CsvSource({"6, 40, 64", "8, 40, 64", "3, 64, 40", "1, 64, 40"})
  void aJpegSaysItInItsFirstSegments(int value, int width, int height) throws IOException {
    Picture picture = new Picture("a.jpg", withSegment(jpeg(), exif(value, ByteOrder.BIG_ENDIAN)));
    assertThat(picture.orientation().value()).isEqualTo(value);
    assertThat(picture.rgb().width()).isEqualTo(width);
    assertThat(picture.rgb().height()).isEqualTo(height);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, -1, 32767})
  void valuesThatExifDoesNotKnowAreUpright(int value) throws IOException {
    byte[] jpeg = withSegment(jpeg(), exif(value, ByteOrder.LITTLE_ENDIAN));
    assertThat(new Picture("a.jpg", jpeg).orientation()).isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void damagedExifIsUprightAndNeverAnException() throws IOException {
    byte[] jpeg = jpeg();
    byte[] png = Png.rgb(SHOWN, WIDTH, HEIGHT);
    byte[] exif = exif(6, ByteOrder.LITTLE_ENDIAN);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 4000; i++) {
      byte[] damaged = Arrays.copyOf(exif, random.nextInt(exif.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      byte[] file = i % 2 == 0 ? withSegment(jpeg, damaged) : withChunk(png, damaged);
      if (i % 3 == 0) {
        file = Arrays.copyOf(file, random.nextInt(10, file.length));
      }
      assertThat(new Picture("a", file).orientation().value()).isBetween(1, 8);
    }
  }

  /** The first directory of a TIFF with an entry before the orientation, which is its second. */
  private static byte[] exif(int value, ByteOrder order) {
    ByteBuffer b = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
    b.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    b.putShort((short) 42).putInt(8).putShort((short) 2);
    b.putShort((short) 0x0100)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) 5)
        .putShort((short) 0);
    b.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    return b.putShort((short) value).putShort((short) 0).putInt(0).array();
  }

  /** A PNG with a chunk eXIf behind its header. */
  private static byte[] withChunk(byte[] png, byte[] exif) {
    ByteBuffer b = ByteBuffer.allocate(png.length + exif.length + 12);
    int header = 8 + 25;
    byte[] type = "eXIf".getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(exif);
    b.put(png, 0, header).putInt(exif.length).put(type).put(exif).putInt((int) crc.getValue());
    return b.put(png, header, png.length - header).array();
  }

  /** A JPEG with APP1 behind its start. */
  private static byte[] withSegment(byte[] jpeg, byte[] exif) {
    ByteBuffer b = ByteBuffer.allocate(jpeg.length + exif.length + 10);
    b.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (exif.length + 8));
    b.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif);
    return b.put(jpeg, 2, jpeg.length - 2).array();
  }

  private static byte[] jpeg() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 40, BufferedImage.TYPE_INT_RGB), "jpeg", out);
    return out.toByteArray();
  }
}
