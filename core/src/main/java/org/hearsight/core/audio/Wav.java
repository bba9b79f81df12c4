package org.hearsight.core.audio;

import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/** Whole WAV files in one call; {@link WavReader} and {@link WavWriter} stream them. */
public final class Wav {
  /** Samples that an array may have. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  /** Of a Java heap that is worth naming, GiB. */
  private static final int LARGEST_HEAP = 32;

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
    requireFits(reader, growth);
    int frames = (int) reader.left();
    float[][] channels = new float[reader.channels()][frames];
    for (int done = 0; done < frames; ) {
      done += reader.read(channels, done, frames - done);
    }
    return new Audio(reader.sampleRate(), channels);
  }

  /** Refuses what would not fit into memory; a larger heap is named where one could help. */
  private static void requireFits(WavReader reader, double growth) {
    double samples = reader.left() * Math.max(1, growth);
    double bytes = 4 * samples * reader.channels();
    if (samples <= LONGEST && bytes <= Runtime.getRuntime().maxMemory() / 2.0) {
      return;
    }
    String cut =
        "cut it into pieces, for example with: ffmpeg -i IN -c copy -f segment -segment_time 60"
            + " OUT%03d.wav";
    double gibibytes = Math.ceil(2 * bytes / (1 << 30));
    boolean heapHelps = samples <= LONGEST && gibibytes <= LARGEST_HEAP;
    throw new InputException(
        reader.file(),
        "length: %.1f s in %d channels do not fit into memory"
            .formatted((double) reader.left() / reader.sampleRate(), reader.channels()),
        heapHelps ? cut + "; or set HEARSIGHT_JAVA_OPTS=-Xmx%.0fg".formatted(gibibytes) : cut);
  }
}
