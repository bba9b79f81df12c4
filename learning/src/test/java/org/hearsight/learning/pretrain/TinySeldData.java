package org.hearsight.learning.pretrain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldEvent;

/**
 * Recordings of a few seconds in the STARSS23 layout: plane waves of white noise (class 0) or of a
 * low hum (class 1).
 */
final class TinySeldData {
  private TinySeldData() {}

  static void write(Path folder, int train, int validation) {
    write(folder, train, validation, 10);
  }

  /**
   * @param frames of the shortest recordings
   */
  static void write(Path folder, int train, int validation, int frames) {
    AtomicFile.writeText(folder.resolve("dataset.json"), "{\"classes\": [\"hiss\", \"hum\"]}\n");
    for (int i = 0; i < train; i++) {
      recording(
          folder,
          "dev-train-sim/fold3_room1_mix%03d".formatted(i),
          frames + (frames < 10 ? 0 : i % 7),
          i);
    }
    for (int i = 0; i < validation; i++) {
      recording(folder, "dev-validation-sim/fold5_room1_mix%03d".formatted(i), frames, 1000 + i);
    }
  }

  private static void recording(Path folder, String name, int frames, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int c = random.nextInt(2);
    Direction d = new Direction(360 * random.nextDouble() - 180, 60 * random.nextDouble() - 30);
    float[] gains = FoaEncoder.gains(d);
    float[][] foa = new float[Foa.CHANNELS][frames * Foa.LABEL_FRAME_SAMPLES];
    for (int i = 0; i < foa[0].length; i++) {
      double wave = c == 0 ? random.nextDouble() - 0.5 : 0.5 * Math.sin(i * 0.05);
      for (int k = 0; k < Foa.CHANNELS; k++) {
        foa[k][i] = (float) (0.5 * gains[k] * wave + 0.002 * random.nextDouble());
      }
    }
    Wav.write(
        folder.resolve("foa_dev").resolve(name + ".wav"),
        new Audio(Foa.SAMPLE_RATE, foa),
        Encoding.PCM_16);
    List<SeldEvent> events = new ArrayList<>();
    for (int t = 0; t < frames; t++) {
      events.add(new SeldEvent(t, c, 0, d.azimuth(), d.elevation(), 2));
    }
    AtomicFile.writeText(
        folder.resolve("metadata_dev").resolve(name + ".csv"), SeldCsv.text(events));
  }
}
