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

  /** As {@link #read(Path, FoaFormat, Consumer)}, in the format that the file names itself. */
  public static Audio read(Path file, Consumer<String> notes) {
    return read(file, null, notes);
  }

  /**
   * Reads a recording and brings it to W, Y, Z, X, SN3D and 24 kHz. Silence is sound, too.
   *
   * @param format of its channels; null to believe what the file says of itself, which is {@link
   *     FoaFormat#AMBIX} where it says nothing
   * @param notes takes one line for everything done to the sound on its way
   * @throws InputException as {@link SoundReader}, and if the channels are not those of the format
   */
  public static Audio read(Path file, FoaFormat format, Consumer<String> notes) {
    try (Source source = Source.open(file, format, notes)) {
      return new Audio(SAMPLE_RATE, source.rest());
    }
  }

  /** As {@link #readEnd(Path, FoaFormat, int, Consumer)}, in the format the file names itself. */
  public static Audio readEnd(Path file, int samples, Consumer<String> notes) {
    return readEnd(file, null, samples, notes);
  }

  /**
   * The end of a recording, however long it is: the samples that {@link #read} would end with.
   *
   * @param format as for {@link #read(Path, FoaFormat, Consumer)}
   * @param samples wanted, at 24 kHz; all of a shorter recording
   * @param notes as for {@link #read(Path, FoaFormat, Consumer)}
   * @throws InputException as {@link #read(Path, FoaFormat, Consumer)}
   */
  public static Audio readEnd(Path file, FoaFormat format, int samples, Consumer<String> notes) {
    try (Source source = Source.open(file, format, notes)) {
      source.skipTo(samples);
      float[][] channels = source.rest();
      for (int c = 0; c < CHANNELS; c++) {
        int from = Math.max(0, channels[c].length - samples);
        channels[c] = Arrays.copyOfRange(channels[c], from, channels[c].length);
      }
      return new Audio(SAMPLE_RATE, channels);
    }
  }

  /**
   * A part of a recording, however long it is: of the samples that {@link #read} would give, those
   * from {@code from} on.
   *
   * @param format as for {@link #read(Path, FoaFormat, Consumer)}
   * @param from the first sample, at 24 kHz
   * @param samples wanted, at 24 kHz; those that are there where the recording ends before
   * @param notes as for {@link #read(Path, FoaFormat, Consumer)}
   * @throws InputException as {@link #read(Path, FoaFormat, Consumer)}, or if it ends before {@code
   *     from}
   */
  public static Audio readWindow(
      Path file, FoaFormat format, long from, int samples, Consumer<String> notes) {
    try (Source source = Source.open(file, format, notes)) {
      long length = source.length();
      if (from < 0 || from >= length) {
        throw new InputException(
            file,
            "duration: %.1f s, and a window at %.1f s was asked for"
                .formatted((double) length / SAMPLE_RATE, (double) from / SAMPLE_RATE),
            "ask for one within the recording");
      }
      int wanted = (int) Math.min(samples, length - from);
      long first = source.skipToWindow(from);
      float[][] channels = source.upTo(from + wanted);
      int at = Math.toIntExact(from - first);
      for (int c = 0; c < CHANNELS; c++) {
        channels[c] = Arrays.copyOfRange(channels[c], at, at + wanted);
      }
      return new Audio(SAMPLE_RATE, channels);
    }
  }

  /**
   * A recording piece by piece, however long it is: together the samples of {@link #read}, but for
   * rounding where capsules are filtered.
   *
   * @param format as for {@link #read(Path, FoaFormat, Consumer)}
   * @param notes as for {@link #read(Path, FoaFormat, Consumer)}
   * @param pieces takes each piece, [4][samples] at 24 kHz, about a tenth of a second
   * @throws InputException as {@link #read(Path, FoaFormat, Consumer)}
   */
  public static void stream(
      Path file, FoaFormat format, Consumer<String> notes, Consumer<float[][]> pieces) {
    try (Source source = Source.open(file, format, notes)) {
      SoundReader reader = source.reader();
      FoaStream stream = new FoaStream(reader.sampleRate(), source.format());
      int block = Math.max(1, reader.sampleRate() / LABEL_FRAMES_PER_SECOND);
      while (reader.left() > 0) {
        float[][] all = new float[reader.channels()][(int) Math.min(block, reader.left())];
        int unused = reader.read(all, 0, all[0].length);
        pieces.accept(stream.push(all));
      }
      pieces.accept(stream.end());
    }
  }

  /** As {@link #length(Path, FoaFormat)}, in the format that the file names itself. */
  public static long length(Path file) {
    return length(file, null);
  }

  /**
   * Samples that a recording has at 24 kHz, by its header.
   *
   * @param format as for {@link #read(Path, FoaFormat, Consumer)}
   * @throws InputException as {@link #read(Path, FoaFormat, Consumer)}
   */
  public static long length(Path file, FoaFormat format) {
    try (Source source = Source.open(file, format, note -> {})) {
      return source.length();
    }
  }

  /** A recording on its way to the form of this project. */
  private record Source(SoundReader reader, FoaFormat format, Resampler resampler)
      implements AutoCloseable {
    static Source open(Path file, FoaFormat said, Consumer<String> notes) {
      SoundReader reader = SoundFile.open(file);
      try {
        if (reader.note() != null) {
          notes.accept(file + ": " + reader.note());
        }
        FoaMetadata.Choice choice = FoaMetadata.settle(file, said, notes);
        FoaFormat format = choice.format();
        String left = format.require(file.toString(), reader.channels(), choice.named());
        if (left != null) {
          notes.accept(file + ": " + left);
        }
        int rate = reader.sampleRate();
        if (rate != SAMPLE_RATE) {
          notes.accept(resampled(file.toString(), rate));
        }
        return new Source(reader, format, new Resampler(rate, SAMPLE_RATE));
      } catch (RuntimeException e) {
        reader.close();
        throw e;
      }
    }

    long length() {
      return length(reader.frames());
    }

    /** Passes over what does not touch the last samples. */
    void skipTo(int last) {
      reader.skip(resampler.firstFor(Math.max(0, length() - last - format.reach())));
    }

    /**
     * Passes over what does not touch the samples from one on.
     *
     * @return the sample at 24 kHz that what is read next begins with
     */
    long skipToWindow(long from) {
      long begin = resampler.firstFor(Math.max(0, from - format.reach()));
      reader.skip(begin);
      return length(begin);
    }

    /** All that is left, or what touches the samples before {@code end}; more may come with it. */
    float[][] upTo(long end) {
      long last = resampler.first(end + format.reach()) + resampler.taps();
      long frames = Math.min(reader.left(), Math.max(0, last - (reader.frames() - reader.left())));
      return heard(frames);
    }

    private long length(long frames) {
      return Resampler.length(reader.sampleRate(), SAMPLE_RATE, frames);
    }

    /** All that is left. */
    float[][] rest() {
      return heard(reader.left());
    }

    private float[][] heard(long frames) {
      double growth = (double) SAMPLE_RATE / reader.sampleRate();
      Audio heard = Wav.read(reader, frames, growth, format.from());
      boolean as24 = reader.sampleRate() == SAMPLE_RATE;
      return format.toFoa((as24 ? heard : resampler.resample(heard)).channels());
    }

    @Override
    public void close() {
      reader.close();
    }
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

  /** As {@link #require}, of any number of channels. */
  static void requireSound(String source, float[][] channels) {
    requireOneLength(source, channels);
    requireNumbers(source, channels, 0, channels[0].length);
  }

  /** Four channels of one length, whatever they hold. */
  static void requireChannels(String source, float[][] foa) {
    if (foa == null || foa.length != CHANNELS) {
      throw new InputException(
          source,
          "channels: " + (foa == null ? "missing" : foa.length) + ", expected 4 (W, Y, Z, X)",
          "give [4][samples]");
    }
    requireOneLength(source, foa);
  }

  private static void requireOneLength(String source, float[][] channels) {
    for (int c = 0; c < channels.length; c++) {
      if (channels[c] == null) {
        throw new InputException(source, "channel " + (c + 1) + ": missing", "give every channel");
      }
      if (channels[c].length != channels[0].length) {
        throw new InputException(
            source,
            "channel %d: %d samples, but channel 1 has %d"
                .formatted(c + 1, channels[c].length, channels[0].length),
            "give channels of one length");
      }
    }
  }

  /** Samples that are numbers, from {@code from} to before {@code to}. */
  static void requireNumbers(String source, float[][] channels, int from, int to) {
    for (int c = 0; c < channels.length; c++) {
      for (int i = from; i < to; i++) {
        if (!(Math.abs(channels[c][i]) <= SoundReader.MAX_MAGNITUDE)) {
          throw SoundReader.noSample(source, i, c, channels[c][i]);
        }
      }
    }
  }
}
