package org.hearsight.simulator.render;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.hearsight.core.file.AtomicFile;

/** Writes pictures as the scenario store wants them. */
public final class Pngs {
  private Pngs() {}

  /** 8-bit colour. */
  public static void rgb(Path file, Picture picture) {
    BufferedImage image = colour(picture.size(), picture.size());
    image.setRGB(0, 0, picture.size(), picture.size(), picture.rgb(), 0, picture.size());
    write(file, image);
  }

  /** 16-bit grey, millimetres. */
  public static void depth(Path file, Picture picture) {
    int n = picture.size();
    BufferedImage image = new BufferedImage(n, n, BufferedImage.TYPE_USHORT_GRAY);
    int[] millimetres = new int[n * n];
    for (int i = 0; i < millimetres.length; i++) {
      millimetres[i] = Math.min(65535, Math.round(picture.depth()[i] * 1000));
    }
    image.getRaster().setPixels(0, 0, n, n, millimetres);
    write(file, image);
  }

  /** 8-bit grey, 0 or 255. */
  public static void occlusion(Path file, Picture picture) {
    int n = picture.size();
    BufferedImage image = new BufferedImage(n, n, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, n, n, picture.occlusion());
    write(file, image);
  }

  /** Writes any image as PNG, in one step. */
  public static void write(Path file, BufferedImage image) {
    AtomicFile.write(file, out -> encode(image, out));
  }

  private static void encode(BufferedImage image, OutputStream out) throws IOException {
    // In memory: ImageIO.write(…, OutputStream) would go through a temporary file.
    try (MemoryCacheImageOutputStream memory = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, "png", memory)) {
        throw new IOException("no PNG writer in this Java");
      }
    }
  }

  static BufferedImage colour(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
  }
}
