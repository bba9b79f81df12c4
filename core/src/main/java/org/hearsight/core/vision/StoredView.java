package org.hearsight.core.vision;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;

/**
 * A {@link View} as the scenario store keeps it: three PNGs already of the model's size and field
 * of view, read without resampling.
 */
public final class StoredView {
  private static final int SIZE = View.SIZE;

  private StoredView() {}

  /**
   * Reads a scenario's view. Pictures a recording lacks are as in {@link View#blind()}; the level
   * is the scenario's own.
   *
   * @throws InputException if a file is missing, damaged, not of the model's size, or not as it was
   *     when the set was made
   */
  public static View read(ScenarioStore store, Scenario scenario) {
    return read(store::file, scenario);
  }

  /** As {@link #read(ScenarioStore, Scenario)}, without a store. */
  public static View read(Path folder, Scenario scenario) {
    return read(folder::resolve, scenario);
  }

  private static View read(Function<String, Path> place, Scenario scenario) {
    Scenario.Files files = scenario.files();
    float[] rgb = files.rgb() == null ? new float[3 * SIZE * SIZE] : rgb(place.apply(files.rgb()));
    float[] depth =
        files.depth() == null
            ? new float[SIZE * SIZE]
            : DepthPng.read(place.apply(files.depth()), SIZE, SIZE);
    float[] occlusion;
    if (files.occlusion() == null) {
      occlusion = new float[SIZE * SIZE];
      Arrays.fill(occlusion, 1);
    } else {
      occlusion = occlusion(place.apply(files.occlusion()));
    }
    return new View(rgb, depth, occlusion, (float) scenario.occlusionLevel());
  }

  /**
   * Writes the three pictures, each in one step; the same view gives the same bytes.
   *
   * @param folder of the store
   * @param files names of the pictures, relative to the folder; none may be null
   */
  public static void write(Path folder, Scenario.Files files, View view) {
    write(folder, files, pixels(view), view.depth(), bytes(view.occlusion()));
  }

  /**
   * As {@link #write(Path, Scenario.Files, View)}, of pictures as a renderer has them.
   *
   * @param rgb colours as {@code 0xRRGGBB}, row by row
   * @param depth metres
   * @param occlusion 255 where something occludes
   */
  public static void write(
      Path folder, Scenario.Files files, int[] rgb, float[] depth, byte[] occlusion) {
    Png.write(folder.resolve(files.rgb()), Png.rgb(rgb, SIZE, SIZE));
    DepthPng.write(folder.resolve(files.depth()), depth, SIZE, SIZE);
    Png.write(folder.resolve(files.occlusion()), Png.gray8(occlusion, SIZE, SIZE));
  }

  /** The view's colours as {@code 0xRRGGBB}, row by row. */
  public static int[] pixels(View view) {
    int plane = SIZE * SIZE;
    int[] pixels = new int[plane];
    for (int i = 0; i < plane; i++) {
      pixels[i] =
          eight(view.rgb()[i]) << 16
              | eight(view.rgb()[plane + i]) << 8
              | eight(view.rgb()[2 * plane + i]);
    }
    return pixels;
  }

  static void checkSize(Path file, String field, int w, int h, int width, int height) {
    if (w != width || h != height) {
      throw new InputException(
          file,
          "%s: %d x %d pixels, expected %d x %d".formatted(field, w, h, width, height),
          "simulate the data set again");
    }
  }

  private static float[] rgb(Path file) {
    Picture.Rgb picture = Picture.read(file).rgb();
    checkSize(file, "rgb", picture.width(), picture.height(), SIZE, SIZE);
    int plane = SIZE * SIZE;
    float[] rgb = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      int p = picture.pixels()[i];
      rgb[i] = (p >> 16 & 0xff) / 255f;
      rgb[plane + i] = (p >> 8 & 0xff) / 255f;
      rgb[2 * plane + i] = (p & 0xff) / 255f;
    }
    return rgb;
  }

  private static float[] occlusion(Path file) {
    Picture.Gray gray = Picture.read(file).occlusion();
    checkSize(file, "occlusion", gray.width(), gray.height(), SIZE, SIZE);
    float[] out = new float[SIZE * SIZE];
    for (int i = 0; i < out.length; i++) {
      out[i] = gray.values()[i] / 255f;
    }
    return out;
  }

  private static byte[] bytes(float[] shares) {
    byte[] bytes = new byte[shares.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) eight(shares[i]);
    }
    return bytes;
  }

  private static int eight(float share) {
    return Math.max(0, Math.min(255, Math.round(share * 255)));
  }
}
