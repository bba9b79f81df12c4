package org.hearsight.core.vision;

import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/**
 * Depth as the scenario store keeps it: a 16-bit grayscale PNG in millimetres, 0 = nothing within
 * range.
 */
public final class DepthPng {
  /** The farthest depth 16 bits hold, metres; what is farther becomes 0. */
  public static final double FARTHEST = 65.535;

  private DepthPng() {}

  /**
   * The bytes of the file.
   *
   * @param metres [height, width]; 0 or less, NaN and more than {@link #FARTHEST} mean nothing
   */
  public static byte[] encode(float[] metres, int width, int height) {
    short[] millimetres = new short[metres.length];
    for (int i = 0; i < metres.length; i++) {
      boolean something = metres[i] > 0 && metres[i] <= (float) FARTHEST;
      // A surface nearer than half a millimetre must not turn into nothing.
      millimetres[i] = something ? (short) Math.max(1, Math.round(metres[i] * 1000)) : 0;
    }
    return Png.gray16(millimetres, width, height);
  }

  /** Writes the file in one step. */
  public static void write(Path file, float[] metres, int width, int height) {
    Png.write(file, encode(metres, width, height));
  }

  /**
   * Reads metres, [height, width].
   *
   * @throws InputException if the file is not a 16-bit grayscale picture of this size
   */
  public static float[] read(Path file, int width, int height) {
    Picture.Gray gray = Picture.read(file).gray16();
    StoredView.checkSize(file, "depth", gray.width(), gray.height(), width, height);
    float[] metres = new float[width * height];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = (float) (gray.values()[i] / 1000.0);
    }
    return metres;
  }
}
