package org.hearsight.core.vision;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.error.InputException;

/**
 * Depth as a camera's file has it, turned as viewers show it, in the file's own unit.
 *
 * <p>Whatever is not a distance is 0: what is not above 0, NaN, infinity, the largest number of 16
 * bits, and among floats the largest of 16 bits.
 *
 * @param width pixels
 * @param height pixels
 * @param values row by row, 0 = unknown
 * @param whole whole numbers, which are millimetres unless somebody says otherwise; floats are
 *     metres
 * @param notes one line each, for people
 */
record DepthMap(int width, int height, float[] values, boolean whole, List<String> notes) {
  /** What cameras write into 16 bits where they measured nothing, beside 0. */
  private static final int UNKNOWN = 0xFFFF;

  /** The largest half, which renderers write for the sky whatever their unit. */
  private static final float LARGEST_HALF = 65504;

  /** Bytes are taken for swapped when neighbours then differ so many times less. */
  private static final double SWAPPED_FROM = 8;

  DepthMap {
    for (int i = 0; i < values.length; i++) {
      float v = values[i];
      boolean distance = v > 0 && v < Float.POSITIVE_INFINITY && v != UNKNOWN;
      values[i] = distance && (whole || v != LARGEST_HALF) ? v : 0;
    }
    notes = List.copyOf(notes);
  }

  DepthMap(int width, int height, float[] values, boolean whole) {
    this(width, height, values, whole, List.of());
  }

  /**
   * Reads PNG, TIFF, EXR, NumPy's NPY or PFM, by what the first bytes say.
   *
   * @throws InputException if it is none of them, truncated, of absurd size, or holds anything but
   *     one plane of numbers of 16 bits or more
   */
  static DepthMap read(Picture file) {
    file.require(
        "depth: ",
        remedy(file.format()),
        PictureFormat.PNG,
        PictureFormat.TIFF,
        PictureFormat.EXR,
        PictureFormat.NPY,
        PictureFormat.PFM);
    DepthMap stored =
        switch (file.format()) {
          case PNG -> ofPng(file);
          case TIFF -> ofTiff(file);
          case EXR -> ExrDepth.read(file);
          case NPY -> NpyDepth.read(file);
          case PFM -> PfmDepth.read(file);
          default -> throw new IllegalStateException("every other format is refused");
        };
    Orientation turn = file.orientation();
    float[] shown = turn.apply(stored.values, stored.width, stored.height);
    return turn.isSideways()
        ? new DepthMap(stored.height, stored.width, shown, stored.whole, stored.notes)
        : new DepthMap(stored.width, stored.height, shown, stored.whole, stored.notes);
  }

  private static String remedy(PictureFormat format) {
    return format == PictureFormat.ZIP
        ? "save the array itself: np.save(\"depth.npy\", depth)"
        : Picture.SAVE_DEPTH;
  }

  private static DepthMap ofPng(Picture file) {
    Picture.Gray gray = file.stored16();
    int[] stored = gray.values();
    boolean swapped = isSwapped(stored, gray.width());
    float[] values = new float[stored.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (swapped ? swap(stored[i]) : stored[i]);
    }
    List<String> notes = new ArrayList<>();
    if (swapped) {
      notes.add("the two bytes of its numbers are swapped, against the PNG standard: swapped back");
    }
    return new DepthMap(gray.width(), gray.height(), values, true, notes);
  }

  private static DepthMap ofTiff(Picture file) {
    Raster raster = new PictureDecoder(file).numbers();
    int w = raster.getWidth();
    int h = raster.getHeight();
    int type = raster.getTransferType();
    if (type == DataBuffer.TYPE_BYTE) {
      throw new InputException(
          file.name(),
          "depth: 8-bit grayscale, expected 16-bit grayscale or floats",
          Picture.SAVE_DEPTH);
    }
    float[] values = raster.getSamples(0, 0, w, h, 0, new float[w * h]);
    boolean floats = type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
    return new DepthMap(w, h, values, !floats);
  }

  /**
   * Are the two bytes of the numbers in the wrong order? Surfaces are smooth, so neighbours differ
   * little; with swapped bytes they differ by thousands. Numbers without a low byte prove nothing:
   * whole metres at 256 a metre look so.
   */
  static boolean isSwapped(int[] values, int width) {
    double stored = 0;
    double swapped = 0;
    int pairs = 0;
    int low = 0;
    for (int i = 1; i < values.length; i++) {
      int a = values[i - 1];
      int b = values[i];
      if (i % width != 0 && a != 0 && b != 0 && a != UNKNOWN && b != UNKNOWN) {
        pairs++;
        low += (b & 0xff) != 0 ? 1 : 0;
        stored += Math.abs(a - b);
        swapped += Math.abs(swap(a) - swap(b));
      }
    }
    return low > pairs / 2 && stored > SWAPPED_FROM * swapped;
  }

  private static int swap(int value) {
    return (value & 0xff) << 8 | value >> 8;
  }
}
