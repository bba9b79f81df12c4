package org.hearsight.core.vision;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * The undecoded bytes of a picture or a depth map, from a disk or a request.
 *
 * @param name what error messages call it: the path or the field of a form
 * @param bytes the whole file
 * @param mostPixels pictures of more are refused before they are decoded, however small the file
 */
public record Picture(String name, byte[] bytes, long mostPixels) {
  /** Pictures of more pixels are refused, where nobody says fewer. */
  public static final long MAX_PIXELS = 32_000_000;

  private static final String SAVE = "save the picture as PNG, JPEG or TIFF";

  /** Of the many formats that depth comes in, most lose the metres when they become a picture. */
  static final String SAVE_DEPTH =
      "save it as 16-bit grayscale PNG in millimetres (0 = unknown), or as floats in metres: NPY,"
          + " TIFF, EXR, PFM";

  private static final String SAVE_OCCLUSION =
      "save it as 8-bit grayscale PNG (255 = occluder, 0 = open)";

  /** A picture of at most {@value #MAX_PIXELS} pixels. */
  public Picture(String name, byte[] bytes) {
    this(name, bytes, MAX_PIXELS);
  }

  /**
   * Reads a file.
   *
   * @throws InputException as {@link InputFile#bytes}
   */
  public static Picture read(Path file) {
    return new Picture(file.toString(), InputFile.bytes(file, InputFile.MEDIUM));
  }

  /** What the first bytes say. */
  PictureFormat format() {
    return PictureFormat.of(bytes);
  }

  /** How the picture is turned before it is shown; upright if it is not a picture. */
  Orientation orientation() {
    return switch (format()) {
      case PNG -> Orientation.ofPng(bytes);
      case JPEG -> Orientation.ofJpeg(bytes);
      case TIFF -> Orientation.ofTiff(ByteBuffer.wrap(bytes));
      default -> Orientation.UPRIGHT;
    };
  }

  /**
   * Decodes colour, or gray as three equal planes, as a viewer shows it. What is transparent lies
   * before black, which is what the model sees where there is no picture; a picture without a pixel
   * to be seen is one whose transparency was never filled in, and is shown without it.
   *
   * @throws InputException if it is not a picture, truncated or of absurd size
   */
  Rgb rgb() {
    require("", SAVE, PictureFormat.PNG, PictureFormat.JPEG, PictureFormat.TIFF);
    BufferedImage image = new PictureDecoder(this).image();
    int w = image.getWidth();
    int h = image.getHeight();
    int type = image.getRaster().getTransferType();
    boolean whole =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    if (!whole || image.getColorModel().getComponentSize(0) > 16) {
      throw new InputException(
          name, "colour: not whole numbers of at most 16 bits", "save the picture as 8-bit RGB");
    }
    int[] pixels = new int[w * h];
    boolean gray = image.getColorModel().getNumColorComponents() == 1;
    if (gray) {
      // getRGB would take the gray values for linear light and brighten them.
      int[] stored = samples(image, 0);
      int max = (1 << image.getColorModel().getComponentSize(0)) - 1;
      for (int i = 0; i < pixels.length; i++) {
        int v = (int) Math.round(stored[i] * 255.0 / max);
        pixels[i] = v << 16 | v << 8 | v;
      }
    } else {
      image.getRGB(0, 0, w, h, pixels, 0, w);
    }
    double transparent = 0;
    if (image.getColorModel().hasAlpha()) {
      if (gray) {
        addOpacity(image, pixels);
      }
      transparent = beforeBlack(pixels);
    }
    Orientation turn = orientation();
    int[] shown = turn.apply(pixels, w, h);
    return turn.isSideways()
        ? new Rgb(h, w, shown, transparent)
        : new Rgb(w, h, shown, transparent);
  }

  private static void addOpacity(BufferedImage image, int[] pixels) {
    int[] alpha = samples(image, 1);
    int max = (1 << image.getColorModel().getComponentSize(1)) - 1;
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] |= (int) Math.round(alpha[i] * 255.0 / max) << 24;
    }
  }

  /**
   * Darkens each pixel as far as it is transparent, unless all are.
   *
   * @param pixels {@code 0xAARRGGBB}
   * @return how much of the picture is transparent
   */
  private static double beforeBlack(int[] pixels) {
    long opacity = 0;
    for (int p : pixels) {
      opacity += p >>> 24;
    }
    if (opacity == 0) {
      return 0;
    }
    for (int i = 0; i < pixels.length; i++) {
      int p = pixels[i];
      int a = p >>> 24;
      pixels[i] = over(p >> 16, a) << 16 | over(p >> 8, a) << 8 | over(p, a);
    }
    return 1 - opacity / (255.0 * pixels.length);
  }

  private static int over(int value, int alpha) {
    return ((value & 0xff) * alpha + 127) / 255;
  }

  /**
   * Decodes grayscale of 16 bits, as the scenario store keeps depth, turned as it is shown.
   *
   * @throws InputException as {@link #rgb()}, or if it has colour or other bits
   */
  Gray gray16() {
    return turned(stored16());
  }

  /** As {@link #gray16()}, not turned. */
  Gray stored16() {
    return gray("depth", 16, SAVE_DEPTH);
  }

  /**
   * Decodes an occlusion map: grayscale of 8 bits.
   *
   * @throws InputException as {@link #rgb()}, or if it has colour or other bits
   */
  Gray occlusion() {
    return turned(gray("occlusion", 8, SAVE_OCCLUSION));
  }

  private Gray gray(String field, int bits, String remedy) {
    require(field + ": ", remedy, PictureFormat.PNG, PictureFormat.JPEG, PictureFormat.TIFF);
    BufferedImage image = new PictureDecoder(this).image();
    ColorModel colours = image.getColorModel();
    String found = PictureDecoder.describe(colours);
    if (!found.equals(bits + "-bit grayscale")) {
      throw new InputException(
          name, "%s: %s, expected %d-bit grayscale".formatted(field, found, bits), remedy);
    }
    return new Gray(image.getWidth(), image.getHeight(), samples(image, 0));
  }

  private Gray turned(Gray stored) {
    Orientation turn = orientation();
    int[] shown = turn.apply(stored.values, stored.width, stored.height);
    return turn.isSideways()
        ? new Gray(stored.height, stored.width, shown)
        : new Gray(stored.width, stored.height, shown);
  }

  private static int[] samples(BufferedImage image, int band) {
    Raster raster = image.getRaster();
    int w = raster.getWidth();
    int h = raster.getHeight();
    return raster.getSamples(0, 0, w, h, band, new int[w * h]);
  }

  /**
   * Refuses other formats by their names.
   *
   * @param field what error messages begin with
   */
  void require(String field, String remedy, PictureFormat... formats) {
    if (bytes.length == 0) {
      throw new InputException(name, field + "is empty", remedy);
    }
    List<PictureFormat> readable = List.of(formats);
    PictureFormat found = format();
    if (found == PictureFormat.UNKNOWN) {
      String names = readable.stream().map(Enum::name).collect(Collectors.joining(" nor "));
      throw new InputException(name, field + "is neither " + names, remedy);
    } else if (!readable.contains(found)) {
      throw new InputException(name, field + "is " + found.label(), remedy);
    }
  }

  private static String millions(long n) {
    return BigDecimal.valueOf(n, 6).stripTrailingZeros().toPlainString();
  }

  void checkSize(long width, long height) {
    if (width * height > mostPixels || width > mostPixels || height > mostPixels) {
      throw new InputException(
          name,
          "size: %d x %d pixels, at most %s million".formatted(width, height, millions(mostPixels)),
          "shrink the picture");
    }
  }

  /**
   * Decoded colour, {@code 0xRRGGBB} (the highest byte means nothing), row by row.
   *
   * @param transparent how much of the picture cannot be seen, from 0 to 1
   */
  record Rgb(int width, int height, int[] pixels, double transparent) {}

  /** Decoded gray values, row by row. */
  record Gray(int width, int height, int[] values) {}
}
