package org.hearsight.core.vision;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * The undecoded bytes of a PNG or JPEG file, from a disk or a request.
 *
 * @param name what error messages call it: the path or the field of a form
 * @param bytes the whole file
 */
public record Picture(String name, byte[] bytes) {
  /** Pictures of more pixels are refused before they are decoded. */
  public static final long MAX_PIXELS = 32_000_000;

  private static final Pattern DAMAGE =
      Pattern.compile("truncated|premature|corrupt", Pattern.CASE_INSENSITIVE);

  private static final String SAVE = "save the picture as PNG or JPEG";

  /** Depth comes in many formats, most of which lose the metres when they become a picture. */
  private static final String SAVE_DEPTH =
      "save it as 16-bit grayscale PNG in millimetres (0 = unknown)";

  private static final String SAVE_OCCLUSION =
      "save it as 8-bit grayscale PNG (255 = occluder, 0 = open)";

  /**
   * Reads a file.
   *
   * @throws InputException as {@link InputFile#bytes}
   */
  public static Picture read(Path file) {
    return new Picture(file.toString(), InputFile.bytes(file, InputFile.MEDIUM));
  }

  /** How the picture is turned before it is shown; upright if it is not a picture. */
  Orientation orientation() {
    return isPng()
        ? Orientation.ofPng(bytes)
        : isJpeg() ? Orientation.ofJpeg(bytes) : Orientation.UPRIGHT;
  }

  /**
   * Decodes colour, or gray as three equal planes, as a viewer shows it; transparency is dropped.
   *
   * @throws InputException if it is not a picture, truncated or of absurd size
   */
  Rgb rgb() {
    BufferedImage image = decode("", SAVE);
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
    Orientation turn = orientation();
    int[] shown = turn.apply(pixels, w, h);
    return turn.isSideways() ? new Rgb(h, w, shown) : new Rgb(w, h, shown);
  }

  /**
   * Decodes depth: grayscale of 16 bits.
   *
   * @throws InputException as {@link #rgb()}, or if it has colour or other bits
   */
  Gray depth() {
    return gray("depth", 16, SAVE_DEPTH);
  }

  /**
   * Decodes an occlusion map: grayscale of 8 bits.
   *
   * @throws InputException as {@link #rgb()}, or if it has colour or other bits
   */
  Gray occlusion() {
    return gray("occlusion", 8, SAVE_OCCLUSION);
  }

  private Gray gray(String field, int bits, String remedy) {
    BufferedImage image = decode(field + ": ", remedy);
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
          name, "%s: %s, expected %d-bit grayscale".formatted(field, found, bits), remedy);
    }
    Orientation turn = orientation();
    int w = image.getWidth();
    int h = image.getHeight();
    int[] shown = turn.apply(samples(image), w, h);
    return turn.isSideways() ? new Gray(h, w, shown) : new Gray(w, h, shown);
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

  /**
   * The pixels as stored.
   *
   * @param field what error messages begin with
   * @param remedy against bytes that are not a picture
   */
  private BufferedImage decode(String field, String remedy) {
    if (!isPng() && !isJpeg()) {
      throw new InputException(
          name, field + (bytes.length == 0 ? "is empty" : "is neither PNG nor JPEG"), remedy);
    }
    String format = isPng() ? "png" : "jpeg";
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

  private boolean isPng() {
    return bytes.length > 8 && bytes[0] == (byte) 0x89 && bytes[1] == 'P' && bytes[2] == 'N';
  }

  private boolean isJpeg() {
    return bytes.length > 3 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8;
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
