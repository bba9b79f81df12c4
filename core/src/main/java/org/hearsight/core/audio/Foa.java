package org.hearsight.core.audio;

import java.nio.file.Path;
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

  private Foa() {}

  /** As {@link #read(Path, Consumer)}, without notes. */
  public static Audio read(Path file) {
    return read(file, note -> {});
  }

  /**
   * Reads a four-channel WAV file and brings it to 24 kHz. Silence is sound, too.
   *
   * @param notes takes one line for everything done to the sound on its way
   * @throws InputException as {@link WavReader}, and if there are not four channels
   */
  public static Audio read(Path file, Consumer<String> notes) {
    try (WavReader reader = WavReader.open(file)) {
      if (reader.channels() != CHANNELS) {
        throw new InputException(
            file,
            "channels: " + reader.channels() + ", expected 4 (W, Y, Z, X)",
            "record or convert to first-order ambisonics, ACN order, SN3D");
      }
      int rate = reader.sampleRate();
      Audio audio = Wav.read(reader, (double) SAMPLE_RATE / rate);
      if (rate == SAMPLE_RATE) {
        return audio;
      }
      notes.accept(file + ": resampled from " + rate + " Hz to " + SAMPLE_RATE + " Hz");
      return new Resampler(rate, SAMPLE_RATE).resample(audio);
    }
  }
}
