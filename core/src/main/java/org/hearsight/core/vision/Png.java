package org.hearsight.core.vision;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.hearsight.core.file.AtomicFile;

/** Pixels as the bytes of a PNG file; the same pixels give the same bytes. */
public final class Png {
  private Png() {}

  /**
   * A colour picture.
   *
   * @param pixels {@code 0xRRGGBB}, row by row
   */
  public static byte[] rgb(int[] pixels, int width, int height) {
    BufferedImage image = image(pixels.length, width, height, BufferedImage.TYPE_INT_RGB);
    System.arraycopy(
        pixels, 0, ((DataBufferInt) image.getRaster().getDataBuffer()).getData(), 0, pixels.length);
    return encode(image);
  }

  /** An 8-bit grayscale picture. */
  public static byte[] gray8(byte[] pixels, int width, int height) {
    BufferedImage image = image(pixels.length, width, height, BufferedImage.TYPE_BYTE_GRAY);
    System.arraycopy(
        pixels,
        0,
        ((DataBufferByte) image.getRaster().getDataBuffer()).getData(),
        0,
        pixels.length);
    return encode(image);
  }

  /** A 16-bit grayscale picture of unsigned values. */
  public static byte[] gray16(short[] pixels, int width, int height) {
    BufferedImage image = image(pixels.length, width, height, BufferedImage.TYPE_USHORT_GRAY);
    System.arraycopy(
        pixels,
        0,
        ((DataBufferUShort) image.getRaster().getDataBuffer()).getData(),
        0,
        pixels.length);
    return encode(image);
  }

  /** Writes any picture as a PNG file, in one step. */
  public static void write(Path file, BufferedImage image) {
    write(file, encode(image));
  }

  /** Writes bytes made by this class, in one step. */
  public static void write(Path file, byte[] png) {
    AtomicFile.write(file, out -> out.write(png));
  }

  private static BufferedImage image(int pixels, int width, int height, int type) {
    if ((long) width * height != pixels) {
      throw new IllegalArgumentException(pixels + " pixels are not " + width + " x " + height);
    }
    return new BufferedImage(width, height, type);
  }

  private static byte[] encode(BufferedImage image) {
    // Not ImageIO.write: its stream cache puts a temporary file on the disk for every picture.
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(image);
    } catch (IOException e) {
      throw new UncheckedIOException("PNG in memory", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
