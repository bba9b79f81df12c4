package org.hearsight.core.vision;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.hearsight.core.error.InputException;

/**
 * Decodes PNG and JPEG with Java's own readers; TIFF, and JPEG in four colours of ink, with those
 * of TwelveMonkeys.
 *
 * <p>ImageIO prefers the plug-ins it finds for every file. Here a reader is taken by where it comes
 * from, so that a PNG or JPEG gives the same pixels whatever else is on the class path, and the
 * plug-ins are loaded for the files alone that need them.
 */
final class PictureDecoder {
  private static final Pattern DAMAGE =
      Pattern.compile("truncated|premature|corrupt", Pattern.CASE_INSENSITIVE);

  private static final String JAVA = "com.sun.imageio.";
  private static final String PLUG_IN = "com.twelvemonkeys.";

  /** Colours of a JPEG in cyan, magenta, yellow and black, which Java's own reader mistakes. */
  private static final int INKS = 4;

  /** Four planes of 16 bits, or one of 64: more is not a camera's picture but asks for memory. */
  private static final int MOST_BYTES_A_PIXEL = 8;

  private final Picture picture;

  PictureDecoder(Picture picture) {
    this.picture = picture;
  }

  /**
   * The picture as stored, in colours or in gray.
   *
   * @throws InputException if it is truncated, damaged or of absurd size
   */
  BufferedImage image() {
    return decode(reader -> reader.read(0));
  }

  /**
   * The stored numbers of a picture of one plane, neither scaled nor clipped.
   *
   * @throws InputException as {@link #image()}, or if it has colours
   */
  Raster numbers() {
    return decode(
        reader -> {
          ColorModel colours = reader.getRawImageType(0).getColorModel();
          if (colours instanceof IndexColorModel || colours.getNumComponents() != 1) {
            throw new InputException(
                picture.name(),
                "depth: %s, expected one plane of numbers".formatted(describe(colours)),
                Picture.SAVE_DEPTH);
          }
          return reader.readRaster(0, null);
        });
  }

  /** What somebody would call it: "colour", "8-bit grayscale". */
  static String describe(ColorModel colours) {
    if (colours instanceof IndexColorModel) {
      return "a palette";
    } else if (colours.getNumColorComponents() > 1) {
      return "colour";
    }
    return colours.getComponentSize(0)
        + "-bit grayscale"
        + (colours.getNumComponents() > 1 ? " with transparency" : "");
  }

  private <T> T decode(Step<T> step) {
    try {
      return decode(reader(), step);
    } catch (IOException | RuntimeException e) {
      if (e instanceof InputException refused) {
        throw refused;
      }
      // Damaged headers make readers throw almost any runtime exception.
      throw damaged(e);
    }
  }

  private <T> T decode(ImageReader reader, Step<T> step) throws IOException {
    AtomicReference<String> warning = new AtomicReference<>();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(picture.bytes()))) {
      reader.setInput(in, true, true);
      // libjpeg fills a truncated picture with gray and only warns. It warns of a strange colour
      // profile or thumbnail as well, which harms no pixel.
      reader.addIIOReadWarningListener(
          (source, text) -> {
            if (DAMAGE.matcher(text).find()) {
              warning.compareAndSet(null, text);
            }
          });
      picture.checkSize(reader.getWidth(0), reader.getHeight(0));
      if (picture.format() == PictureFormat.TIFF) {
        checkMemory(reader);
      }
      T decoded = step.of(reader);
      if (warning.get() != null) {
        throw damaged(new IOException(warning.get()));
      }
      return decoded;
    } finally {
      reader.dispose();
    }
  }

  /** A TIFF's header can ask for any number of planes and for tiles of any width. */
  private void checkMemory(ImageReader reader) throws IOException {
    ImageTypeSpecifier type = reader.getRawImageType(0);
    int bytes = DataBuffer.getDataTypeSize(type.getSampleModel().getDataType()) / 8;
    if (type.getNumBands() * bytes > MOST_BYTES_A_PIXEL) {
      throw new InputException(
          picture.name(),
          "colour: %d planes of %d bits".formatted(type.getNumBands(), 8 * bytes),
          "save the picture as RGB or grayscale of 8 or 16 bits");
    }
    picture.checkSize(reader.getTileWidth(0), 1);
  }

  private ImageReader reader() throws IOException {
    return switch (picture.format()) {
      case PNG -> reader("png", JAVA);
      case JPEG -> reader("jpeg", JpegSegments.colours(picture.bytes()) == INKS ? PLUG_IN : JAVA);
      case TIFF -> reader("tiff", PLUG_IN);
      default -> throw new IllegalStateException(picture.format() + " is refused before");
    };
  }

  /** Asks the providers for their names, so that no other reader's code is loaded. */
  private static ImageReader reader(String format, String origin) throws IOException {
    Iterator<ImageReaderSpi> found =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                provider ->
                    provider.getClass().getName().startsWith(origin)
                        && List.of(((ImageReaderSpi) provider).getFormatNames()).contains(format),
                true);
    if (!found.hasNext()) {
      throw InputException.environment(
          format.toUpperCase(Locale.ROOT) + " pictures",
          "their reader " + origin + "imageio is not on the class path",
          "put all libraries of Hearsight on it");
    }
    return found.next().createReaderInstance();
  }

  private InputException damaged(Exception e) {
    return new InputException(
        picture.name(),
        "is truncated or damaged" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"),
        "save or copy the picture again as 8-bit RGB or grayscale",
        e);
  }

  /** What is asked of a reader that has its input. */
  private interface Step<T> {
    T of(ImageReader reader) throws IOException;
  }
}
