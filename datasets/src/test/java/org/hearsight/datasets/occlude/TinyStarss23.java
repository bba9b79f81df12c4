package org.hearsight.datasets.occlude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.vision.Panorama;
import org.hearsight.core.vision.VideoFrames;

/** A few recordings of 20 s in STARSS23's layout: noise that wanders as its labels say. */
public final class TinyStarss23 {
  static final int FRAMES = 200;
  private static final int WIDTH = 360;

  private TinyStarss23() {}

  /** Three training rooms, one test room; the last recording has no video. */
  public static void write(Path root) throws IOException {
    recording(root, "dev-train-sony/fold3_room1_mix001", 1, "male_speech", "footsteps", true);
    recording(root, "dev-train-sony/fold3_room2_mix001", 2, "female_speech", "door", true);
    recording(root, "dev-train-tau/fold3_room4_mix002", 3, "knock", "laughter", true);
    recording(root, "dev-test-tau/fold4_room8_mix001", 4, "footsteps", "male_speech", true);
    recording(root, "dev-test-sony/fold4_room23_mix001", 5, "knock", "female_speech", false);
  }

  /** One event from 0.3 to 7.6 s, music alone until 14 s, another event from 14.3 s to the end. */
  static void recording(
      Path root, String name, int seed, String first, String second, boolean video)
      throws IOException {
    List<SeldEvent> events = new ArrayList<>();
    for (int f = 3; f < 76; f++) {
      events.add(event(f, first, 40.0 * seed + 0.4 * f, -10, 2.2 + 0.01 * f));
    }
    for (int f = 80; f < 138; f++) {
      events.add(event(f, "music", -100, 0, 1.5));
    }
    for (int f = 143; f < FRAMES; f++) {
      events.add(event(f, second, 150 - 0.5 * f + 20 * seed, 5, 3));
    }
    SeldCsv.write(root.resolve("metadata_dev/" + name + ".csv"), events);
    Wav.write(root.resolve("foa_dev/" + name + ".wav"), sound(events, seed), Encoding.PCM_16);
    if (video) {
      Path file = root.resolve("video_dev/" + name + ".mp4");
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private static SeldEvent event(int f, String name, double azimuth, double up, double metres) {
    return new SeldEvent(
        f,
        SeldDataset.STARSS23_CLASSES.indexOf(name),
        0,
        Math.rint(Direction.wrap(azimuth)),
        up,
        Math.rint(metres * 100) / 100);
  }

  private static Audio sound(List<SeldEvent> events, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] foa = new float[Foa.CHANNELS][FRAMES * Foa.LABEL_FRAME_SAMPLES];
    for (SeldEvent e : events) {
      float[] gains = FoaEncoder.gains(e.direction());
      int from = e.frame() * Foa.LABEL_FRAME_SAMPLES;
      for (int i = from; i < from + Foa.LABEL_FRAME_SAMPLES; i++) {
        double sample = 0.1 * random.nextGaussian();
        for (int c = 0; c < Foa.CHANNELS; c++) {
          foa[c][i] = (float) (gains[c] * sample);
        }
      }
    }
    return new Audio(Foa.SAMPLE_RATE, foa);
  }

  /** Videos whose red tells the azimuth and whose green tells the tenth of a second. */
  public static VideoFrames video(Path file) {
    return video(FRAMES / 10.0);
  }

  /** The same of another length. */
  static VideoFrames video(double length) {
    return new VideoFrames() {
      @Override
      public double seconds() {
        return length;
      }

      @Override
      public Panorama at(double seconds) {
        int[] pixels = new int[WIDTH * WIDTH / 2];
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = red(180 - (i % WIDTH + 0.5) * 360 / WIDTH) << 16 | green(seconds) << 8 | 40;
        }
        return new Panorama(WIDTH, WIDTH / 2, pixels);
      }

      @Override
      public void close() {}
    };
  }

  /** Folded, so that it has no step at the seam. */
  static int red(double azimuth) {
    return (int) Math.round(Math.abs(Direction.wrap(azimuth)) * 1.4);
  }

  static int green(double seconds) {
    return (int) Math.floor(seconds * 10);
  }
}
