package org.hearsight.core.audio;

import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/** Whole WAV files in one call; {@link WavReader} and {@link WavWriter} stream them. */
public final class Wav {
  private Wav() {}

  /**
   * Reads a whole file.
   *
   * @throws InputException as {@link WavReader}, and if the file does not fit into memory
   */
  public static Audio read(Path file) {
    try (WavReader reader = WavReader.open(file)) {
      return read(reader, 1);
    }
  }

  /** Writes a whole file in one step, as {@link WavWriter}. */
  public static void write(Path file, Audio audio, Encoding encoding) {
    float[][] channels = audio.channels();
    try (WavWriter writer = WavWriter.open(file, channels.length, audio.sampleRate(), encoding)) {
      writer.write(channels, 0, audio.samples());
      writer.commit();
    }
  }

  /**
   * Reads all that is left.
   *
   * @param growth how many times more samples the caller will make of it
   */
  static Audio read(WavReader reader, double growth) {
    double bytes = 4.0 * reader.frames() * reader.channels() * Math.max(1, growth);
    if (reader.frames() * growth > Integer.MAX_VALUE - 8
        || bytes > Runtime.getRuntime().maxMemory() / 2.0) {
      throw new InputException(
          reader.file(),
          "length: %.1f s in %d channels do not fit into memory"
              .formatted((double) reader.frames() / reader.sampleRate(), reader.channels()),
          "cut it into shorter files or give Java more memory (-Xmx)");
    }
    int frames = (int) reader.frames();
    float[][] channels = new float[reader.channels()][frames];
    for (int done = 0; done < frames; ) {
      done += reader.read(channels, done, frames - done);
    }
    return new Audio(reader.sampleRate(), channels);
  }
}
