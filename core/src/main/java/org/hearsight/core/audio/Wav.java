package org.hearsight.core.audio;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.hearsight.core.error.InputException;

/**
 * Whole sound files in one call: read in any format, written as WAV. {@link SoundReader} and {@link
 * WavWriter} stream them.
 */
public final class Wav {
  /** Samples that an array may have. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  /** Frames read at a time where not all channels are held. */
  private static final int BLOCK = 1 << 14;

  /** Of a Java heap that is worth naming, GiB. */
  private static final int LARGEST_HEAP = 32;

  /** What to do with a recording that is too long. */
  public static final String CUT =
      "cut it into pieces, for example with: ffmpeg -i IN.wav -c copy -f segment -segment_time 60"
          + " OUT%03d.wav, or with its own ending in both places";

  private Wav() {}

  /**
   * Reads a whole file.
   *
   * @throws InputException as {@link SoundReader}, and if the file does not fit into memory
   */
  public static Audio read(Path file) {
    try (SoundReader reader = SoundFile.open(file)) {
      int[] all = IntStream.range(0, reader.channels()).toArray();
      return read(reader, reader.left(), 1, all);
    }
  }

  /**
   * Reads the mean of a file's channels, block by block, so that no more than one channel is held.
   *
   * @return one channel at the file's rate
   * @throws InputException as {@link #read(Path)}
   */
  public static Audio readMono(Path file) {
    try (SoundReader reader = SoundFile.open(file)) {
      requireFits(reader, reader.left(), 1, 1);
      float[] mono = new float[(int) reader.frames()];
      int channels = reader.channels();
      float[][] block = new float[channels][BLOCK];
      int at = 0;
      for (int n = reader.read(block, 0, BLOCK); n > 0; n = reader.read(block, 0, BLOCK)) {
        for (float[] channel : block) {
          for (int i = 0; i < n; i++) {
            mono[at + i] += channel[i] / channels;
          }
        }
        at += n;
      }
      return new Audio(reader.sampleRate(), new float[][] {mono});
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
   * Reads what comes next of some channels.
   *
   * @param count frames, no more than are left
   * @param growth how many times more samples the caller will make of it
   * @param picked the channels, in the order they are wanted in
   */
  static Audio read(SoundReader reader, long count, double growth, int[] picked) {
    requireFits(reader, count, picked.length, growth);
    int frames = (int) count;
    float[][] all = new float[reader.channels()][];
    float[][] channels = new float[picked.length][frames];
    for (int c = 0; c < picked.length; c++) {
      all[picked[c]] = channels[c];
    }
    for (int done = 0; done < frames; ) {
      done += reader.read(all, done, frames - done);
    }
    return new Audio(reader.sampleRate(), channels);
  }

  /**
   * Refuses what would not fit into memory; a larger heap is named where one could help.
   *
   * @param channels that will be held
   */
  private static void requireFits(SoundReader reader, long frames, int channels, double growth) {
    double samples = frames * Math.max(1, growth);
    double bytes = 4 * samples * channels;
    if (samples <= LONGEST && bytes <= Runtime.getRuntime().maxMemory() / 2.0) {
      return;
    }
    double gibibytes = Math.ceil(2 * bytes / (1 << 30)) + 1;
    boolean heapHelps = samples <= LONGEST && gibibytes <= LARGEST_HEAP;
    throw new InputException(
        reader.file(),
        "length: %.1f s in %d channels do not fit into memory"
            .formatted((double) reader.left() / reader.sampleRate(), reader.channels()),
        heapHelps ? CUT + "; or set HEARSIGHT_JAVA_OPTS=-Xmx%.0fg".formatted(gibibytes) : CUT);
  }
}
