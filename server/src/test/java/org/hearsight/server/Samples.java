package org.hearsight.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.vision.DepthPng;
import org.hearsight.core.vision.Png;

/** Sound and pictures that differ by their seed. */
final class Samples {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  private Samples() {}

  /** A tone that wavers, from a drawn direction, in a little noise: [4][samples]. */
  static float[][] foa(long seed, double seconds) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] gains = FoaEncoder.gains(new Direction(random.nextDouble(-170, 170), 0));
    double pitch = random.nextDouble(400, 1200);
    float[][] foa = new float[Foa.CHANNELS][(int) (seconds * Foa.SAMPLE_RATE)];
    for (int i = 0; i < foa[0].length; i++) {
      double t = i / (double) Foa.SAMPLE_RATE;
      double sound = 0.3 * Math.sin(2 * Math.PI * pitch * (t + 0.05 * Math.sin(6 * t)));
      for (int c = 0; c < Foa.CHANNELS; c++) {
        foa[c][i] = (float) (gains[c] * sound + 0.01 * random.nextGaussian());
      }
    }
    return foa;
  }

  static byte[] wav(float[][] foa) {
    return wav(foa, Foa.SAMPLE_RATE);
  }

  static byte[] wav(float[][] channels, int rate) {
    try {
      Path file = Files.createTempFile("hearsight", ".wav");
      try {
        Wav.write(file, new Audio(rate, channels), Encoding.FLOAT_32);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A picture of one colour with a box in it. */
  static byte[] rgb(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] pixels = new int[WIDTH * HEIGHT];
    Arrays.fill(pixels, random.nextInt(1 << 24));
    Arrays.fill(pixels, 100 * WIDTH, 140 * WIDTH, random.nextInt(1 << 24));
    return Png.rgb(pixels, WIDTH, HEIGHT);
  }

  /** A picture that no PNG makes small. */
  static byte[] noise(long seed) {
    return Png.rgb(
        new SplittableRandom(seed).ints(WIDTH * HEIGHT, 0, 1 << 24).toArray(), WIDTH, HEIGHT);
  }

  /** Ground, and a wall at a drawn distance. */
  static byte[] depth(long seed) {
    double wall = new SplittableRandom(seed).nextDouble(3, 15);
    float[] metres = new float[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      double ground = y <= HEIGHT / 2 ? wall : 1.5 * WIDTH / 2 / (y - HEIGHT / 2.0);
      Arrays.fill(metres, y * WIDTH, (y + 1) * WIDTH, (float) Math.min(wall, ground));
    }
    return DepthPng.encode(metres, WIDTH, HEIGHT);
  }
}
