package org.hearsight.core.vision;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.hearsight.core.error.InputException;

/**
 * The undecoded bytes of a PNG or JPEG file, from a disk or a request.
 *
 * @param name what error messages call it: the path or the field of a form
 * @param bytes the whole file
 */
public record Picture(String name, byte[] bytes) {
  /** Pictures of more pixels are refused before they are decoded. */
  public static final long MAX_PIXELS = 32_000_000;

  /** Files of more bytes are refused before they are read. */
  public static final long MAX_BYTES = 256L << 20;

  private static final Pattern DAMAGE =
      Pattern.compile("truncated|premature|corrupt", Pattern.CASE_INSENSITIVE);

  /**
   * Reads a file.
   *
   * @throws InputException if it is missing, a folder, unreadable, empty or too large
   */
  public static Picture read(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException(file, "is a folder, not a picture", "give a PNG or JPEG file");
    }
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new InputException(
            file,
            "size: %d MiB, at most %d".formatted(size >> 20, MAX_BYTES >> 20),
            "give a smaller picture");
      }
      return new Picture(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new InputException(file, "does not exist", "check the path", e);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read", "check its permissions", e);
    }
  }

  /**
   * Decodes colour, or gray as three equal planes; transparency is dropped.
   *
   * @throws InputException if it is no picture, truncated or of absurd size
   */
  Rgb rgb() {
    BufferedImage image = decode();
    int w = image.getWidth();
    int h = image.getHeight();
    int[] pixels = new int[w * h];
    if (image.getColorModel().getNumColorComponents() == 1) {
      // getRGB would take the gray values for linear light and brighten them.
      int[] gray = samples(image);
      int max = (1 << image.getColorModel().getComponentSize(0)) - 1;
      for (int i = 0; i < pixels.length; i++) {
        int v = (int) Math.round(gray[i] * 255.0 / max);
        pixels[i] = v << 16 | v << 8 | v;
      }
    } else {
      image.getRGB(0, 0, w, h, pixels, 0, w);
    }
    return new Rgb(w, h, pixels);
  }

  /**
   * Decodes grayscale of exactly {@code bits} bits.
   *
   * @param field what the picture is for, as in {@code depth}
   * @throws InputException as {@link #rgb()}, or if it has colour or other bits
   */
  Gray gray(String field, int bits) {
    BufferedImage image = decode();
    int components = image.getColorModel().getNumComponents();
    int size = image.getColorModel().getComponentSize(0);
    boolean indexed = image.getColorModel() instanceof IndexColorModel;
    if (components != 1 || indexed || size != bits) {
      String found =
          indexed
              ? "a palette"
              : image.getColorModel().getNumColorComponents() > 1
                  ? "colour"
                  : size + "-bit grayscale" + (components > 1 ? " with transparency" : "");
      throw new InputException(
          name,
          "%s: %s, expected %d-bit grayscale".formatted(field, found, bits),
          "save it as grayscale PNG of %d bits".formatted(bits));
    }
    return new Gray(image.getWidth(), image.getHeight(), samples(image));
  }

  private static int[] samples(BufferedImage image) {
    Raster raster = image.getRaster();
    return raster.getSamples(
        0,
        0,
        image.getWidth(),
        image.getHeight(),
        0,
        new int[raster.getWidth() * raster.getHeight()]);
  }

  private BufferedImage decode() {
    String format = format();
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    AtomicReference<String> warning = new AtomicReference<>();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      // libjpeg fills a truncated picture with gray and only warns. It warns of a strange colour
      // profile or thumbnail as well, which harms no pixel.
      reader.addIIOReadWarningListener(
          (source, text) -> {
            if (DAMAGE.matcher(text).find()) {
              warning.compareAndSet(null, text);
            }
          });
      checkSize(reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0);
      if (format.equals("jpeg") && image.getColorModel().getNumComponents() > 3) {
        throw new InputException(name, "colour: CMYK", "save the picture as RGB");
      }
      if (warning.get() != null) {
        throw damaged(new IOException(warning.get()));
      }
      return image;
    } catch (IOException | RuntimeException e) {
      if (e instanceof InputException refused) {
        throw refused;
      }
      // Damaged headers make the JDK's readers throw almost any runtime exception.
      throw damaged(e);
    } finally {
      reader.dispose();
    }
  }

  private String format() {
    if (bytes.length > 8 && bytes[0] == (byte) 0x89 && bytes[1] == 'P' && bytes[2] == 'N') {
      return "png";
    }
    if (bytes.length > 3 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8) {
      return "jpeg";
    }
    throw new InputException(
        name,
        bytes.length == 0 ? "is empty" : "is neither PNG nor JPEG",
        "save the picture as PNG or JPEG");
  }

  private void checkSize(int width, int height) {
    if ((long) width * height > MAX_PIXELS) {
      throw new InputException(
          name,
          "size: %d x %d pixels, at most %d million"
              .formatted(width, height, MAX_PIXELS / 1_000_000),
          "shrink the picture");
    }
  }

  private InputException damaged(Exception e) {
    return new InputException(
        name,
        "is truncated or damaged" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"),
        "save or copy the picture again as 8-bit RGB or grayscale",
        e);
  }

  /** Decoded colour, {@code 0xRRGGBB} (the highest byte means nothing), row by row. */
  record Rgb(int width, int height, int[] pixels) {}

  /** Decoded gray values, row by row. */
  record Gray(int width, int height, int[] values) {}
}
