package org.hearsight.core.vision;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a stored picture is turned before it is shown: the tag Orientation of EXIF (CIPA DC-008,
 * 0x0112), which phones and action cameras write instead of turning the pixels. Every viewer obeys
 * it.
 *
 * <p>In a JPEG it stands in the segment APP1, in a PNG in the chunk eXIf, in a TIFF in the first
 * directory. Whatever cannot be read there counts as upright, as it does in viewers.
 *
 * @param value as EXIF has it: 1 upright, 2 mirrored, 3 turned by 180°, 4 upside down in a mirror,
 *     6 to be turned to the right, 8 to the left, 5 and 7 the same in a mirror
 */
record Orientation(int value) {
  static final Orientation UPRIGHT = new Orientation(1);

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final int APP_1 = 0xE1;

  Orientation {
    if (value < 1 || value > 8) {
      throw new IllegalArgumentException("orientation " + value);
    }
  }

  /** Do width and height change places? */
  boolean isSideways() {
    return value >= 5;
  }

  /**
   * The pixels as they are shown.
   *
   * @param pixels as stored, row by row
   * @param width as stored
   * @param height as stored
   */
  int[] apply(int[] pixels, int width, int height) {
    if (value == 1) {
      return pixels;
    }
    int[] shown = new int[pixels.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = pixels[stored(i, width, height)];
    }
    return shown;
  }

  /** As {@link #apply(int[], int, int)}. */
  float[] apply(float[] values, int width, int height) {
    if (value == 1) {
      return values;
    }
    float[] shown = new float[values.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = values[stored(i, width, height)];
    }
    return shown;
  }

  /** Where the shown pixel number {@code i} is stored. */
  private int stored(int i, int width, int height) {
    int columns = isSideways() ? height : width;
    int x = isSideways() ? i / columns : i % columns;
    int y = isSideways() ? i % columns : i / columns;
    boolean fromRight = value == 2 || value == 3 || value == 7 || value == 8;
    boolean fromBelow = value == 3 || value == 4 || value == 6 || value == 7;
    return (fromBelow ? height - 1 - y : y) * width + (fromRight ? width - 1 - x : x);
  }

  /** Of a PNG's bytes. */
  static Orientation ofPng(byte[] png) {
    ByteBuffer in = ByteBuffer.wrap(png);
    for (long at = 8; at + 12 <= png.length; ) {
      long length = in.getInt((int) at) & 0xFFFFFFFFL;
      if (at + 12 + length > png.length) {
        break;
      }
      if (in.getInt((int) at + 4) == 0x65584966) { // eXIf
        return ofTiff(in.slice((int) at + 8, (int) length));
      }
      at += 12 + length;
    }
    return UPRIGHT;
  }

  /** Of a JPEG's bytes. */
  static Orientation ofJpeg(byte[] jpeg) {
    for (JpegSegments.Segment segment : JpegSegments.of(jpeg)) {
      ByteBuffer content = segment.content();
      if (segment.marker() == APP_1 && content.limit() >= EXIF.length) {
        int tiff = EXIF.length;
        if (content.slice(0, tiff).equals(ByteBuffer.wrap(EXIF))) {
          return ofTiff(content.slice(tiff, content.limit() - tiff));
        }
      }
    }
    return UPRIGHT;
  }

  /** Of a TIFF file's first directory, which is what EXIF's own bytes are as well. */
  static Orientation ofTiff(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = tiff.getInt(4) & 0xFFFFFFFFL;
    if (directory + 2 > tiff.limit()) {
      return UPRIGHT;
    }
    int entries = tiff.getShort((int) directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      long at = directory + 2 + 12L * i;
      if (at + 12 > tiff.limit()) {
        break;
      }
      int entry = (int) at;
      if ((tiff.getShort(entry) & 0xFFFF) == TAG && tiff.getShort(entry + 2) == SHORT) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? new Orientation(value) : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
