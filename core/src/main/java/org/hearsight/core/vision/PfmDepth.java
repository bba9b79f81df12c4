package org.hearsight.core.vision;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.core.error.InputException;

/**
 * Depth as a portable float map (Debevec): {@code Pf}, width, height and a factor in ASCII, then
 * floats from the lowest row to the highest, little-endian if the factor is negative.
 *
 * <p>The factor's size is written by some and multiplied by few, so it is not, and a note says so
 * where it is not 1.
 */
final class PfmDepth {
  private static final int LONGEST_HEADER = 256;

  private static final Pattern HEADER =
      Pattern.compile(
          "P(?<kind>[fF])\\s+(?<width>\\d{1,9})\\s+(?<height>\\d{1,9})\\s+"
              + "(?<factor>[+-]?[0-9.]{1,32}(?:[eE][+-]?\\d{1,3})?)(?:\\r\\n|\\s)");

  private PfmDepth() {}

  /**
   * @throws InputException if it has colours, is truncated, or has no header of such a file
   */
  static DepthMap read(Picture file) {
    byte[] bytes = file.bytes();
    String text =
        new String(bytes, 0, Math.min(bytes.length, LONGEST_HEADER), StandardCharsets.ISO_8859_1);
    Matcher header = HEADER.matcher(text);
    if (!header.lookingAt()) {
      throw refused(file, "the PFM header is not a width, a height and a factor");
    }
    if (header.group("kind").equals("F")) {
      throw refused(file, "the PFM has three colours (PF), expected one plane (Pf)");
    }
    int width = Integer.parseInt(header.group("width"));
    int height = Integer.parseInt(header.group("height"));
    double factor = factor(header.group("factor"));
    if (width == 0 || height == 0 || factor == 0 || Double.isNaN(factor)) {
      throw refused(file, "the PFM header is not a width, a height and a factor");
    }
    file.checkSize(width, height);
    if (4L * width * height > bytes.length - header.end()) {
      throw refused(file, "the PFM file ends before its last row");
    }
    ByteBuffer in =
        ByteBuffer.wrap(bytes).order(factor < 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    float[] values = new float[width * height];
    for (int row = 0; row < height; row++) {
      int at = header.end() + 4 * width * (height - 1 - row);
      for (int column = 0; column < width; column++) {
        values[row * width + column] = SampleType.F32.read(in, at + 4 * column);
      }
    }
    List<String> notes =
        Math.abs(factor) == 1
            ? List.of()
            : List.of("the PFM's factor of " + Math.abs(factor) + " is not applied");
    return new DepthMap(width, height, values, false, notes);
  }

  /** Not a number if it is none. */
  private static double factor(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static InputException refused(Picture file, String problem) {
    return new InputException(file.name(), "depth: " + problem, Picture.SAVE_DEPTH);
  }
}
