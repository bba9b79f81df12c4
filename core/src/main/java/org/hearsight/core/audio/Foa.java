package org.hearsight.core.audio;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.hearsight.core.error.InputException;

/** First-order ambisonic sound as this project uses it: W, Y, Z, X (ACN), SN3D, 24 kHz. */
public final class Foa {
  /** In Hz. */
  public static final int SAMPLE_RATE = 24_000;

  public static final int CHANNELS = 4;

  public static final int W = 0;
  public static final int Y = 1;
  public static final int Z = 2;
  public static final int X = 3;

  /** Labels come ten times a second. */
  public static final int LABEL_FRAMES_PER_SECOND = 10;

  /** Samples of one label frame of 100 ms. */
  public static final int LABEL_FRAME_SAMPLES = SAMPLE_RATE / LABEL_FRAMES_PER_SECOND;

  /** Samples of a clip of five seconds, the usual length. */
  public static final int CLIP_SAMPLES = 5 * SAMPLE_RATE;

  /** Mean square. */
  private static final double SILENCE = 1e-12;

  private Foa() {}

  /** As {@link #read(Path, Consumer)}, without notes. */
  public static Audio read(Path file) {
    return read(file, note -> {});
  }

  /**
   * Reads a four-channel WAV file and brings it to 24 kHz. Silence is sound, too.
   *
   * @param notes takes one line for everything done to the sound on its way
   * @throws InputException as {@link SoundReader}, and if there are not four channels
   */
  public static Audio read(Path file, Consumer<String> notes) {
    try (SoundReader reader = open(file, notes)) {
      int rate = reader.sampleRate();
      Audio audio = Wav.read(reader, (double) SAMPLE_RATE / rate);
      return rate == SAMPLE_RATE ? audio : new Resampler(rate, SAMPLE_RATE).resample(audio);
    }
  }

  /**
   * The end of a recording, however long it is: the very samples that {@link #read} would end with.
   *
   * @param samples wanted, at 24 kHz; all of a shorter recording
   * @param notes as for {@link #read}
   * @throws InputException as {@link #read}
   */
  public static Audio readEnd(Path file, int samples, Consumer<String> notes) {
    try (SoundReader reader = open(file, notes)) {
      int rate = reader.sampleRate();
      Resampler resampler = new Resampler(rate, SAMPLE_RATE);
      long length = Resampler.length(rate, SAMPLE_RATE, reader.frames());
      reader.skip(resampler.firstFor(Math.max(0, length - samples)));
      float[][] channels =
          resampler.resample(Wav.read(reader, (double) SAMPLE_RATE / rate)).channels();
      for (int c = 0; c < CHANNELS; c++) {
        int from = Math.max(0, channels[c].length - samples);
        channels[c] = Arrays.copyOfRange(channels[c], from, channels[c].length);
      }
      return new Audio(SAMPLE_RATE, channels);
    }
  }

  /**
   * Samples that a four-channel recording has at 24 kHz, by its header.
   *
   * @throws InputException as {@link #read}
   */
  public static long length(Path file) {
    try (SoundReader reader = open(file, note -> {})) {
      return Resampler.length(reader.sampleRate(), SAMPLE_RATE, reader.frames());
    }
  }

  private static SoundReader open(Path file, Consumer<String> notes) {
    SoundReader reader = SoundFile.open(file);
    if (reader.channels() != CHANNELS) {
      reader.close();
      throw new InputException(
          file,
          "channels: " + reader.channels() + ", expected 4 (W, Y, Z, X)",
          "record or convert to first-order ambisonics, ACN order, SN3D");
    }
    if (reader.note() != null) {
      notes.accept(file + ": " + reader.note());
    }
    int rate = reader.sampleRate();
    if (rate != SAMPLE_RATE) {
      notes.accept(resampled(file.toString(), rate));
    }
    return reader;
  }

  /** The note on sound that came at another rate. */
  static String resampled(String source, int rate) {
    return source + ": resampled from " + rate + " Hz to " + SAMPLE_RATE + " Hz";
  }

  /** The largest magnitude in [4][samples]. */
  public static float peak(float[][] foa) {
    float peak = 0;
    for (float[] channel : foa) {
      for (float v : channel) {
        peak = Math.max(peak, Math.abs(v));
      }
    }
    return peak;
  }

  /** Makes [4][samples] so many times as loud, in place. */
  public static void amplify(float[][] foa, float by) {
    for (float[] channel : foa) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] *= by;
      }
    }
  }

  /** Level of the omnidirectional channel of [4][samples], dB re full scale; silence has −120. */
  public static double level(float[][] foa) {
    double sum = 0;
    for (float v : foa[W]) {
      sum += (double) v * v;
    }
    return 10 * Math.log10(Math.max(sum / foa[W].length, SILENCE));
  }

  /**
   * Refuses arrays that are not four channels of one length whose samples are numbers, as {@link
   * SoundReader} refuses files.
   *
   * @param source what to call the sound: a file, or the field of a request
   * @param foa [4][samples]
   * @throws InputException if it is not such sound
   */
  public static void require(String source, float[][] foa) {
    requireChannels(source, foa);
    requireNumbers(source, foa, 0, foa[0].length);
  }

  /** Four channels of one length, whatever they hold. */
  static void requireChannels(String source, float[][] foa) {
    if (foa == null || foa.length != CHANNELS) {
      throw new InputException(
          source,
          "channels: " + (foa == null ? "missing" : foa.length) + ", expected 4 (W, Y, Z, X)",
          "give [4][samples]");
    }
    for (int c = 0; c < CHANNELS; c++) {
      if (foa[c] == null) {
        throw new InputException(source, "channel " + (c + 1) + ": missing", "give four channels");
      }
      if (foa[c].length != foa[0].length) {
        throw new InputException(
            source,
            "channel %d: %d samples, but channel 1 has %d"
                .formatted(c + 1, foa[c].length, foa[0].length),
            "give four channels of one length");
      }
    }
  }

  /** Samples that are numbers, from {@code from} to before {@code to}. */
  static void requireNumbers(String source, float[][] foa, int from, int to) {
    for (int c = 0; c < CHANNELS; c++) {
      for (int i = from; i < to; i++) {
        if (!(Math.abs(foa[c][i]) <= SoundReader.MAX_MAGNITUDE)) {
          throw SoundReader.noSample(source, i, c, foa[c][i]);
        }
      }
    }
  }
}
