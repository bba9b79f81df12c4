package org.hearsight.core.audio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.error.InputException;

/**
 * The sound of one scene, as every model of ours hears it: first-order ambisonics in the order W,
 * Y, Z, X (ACN), SN3D, at 24 kHz. What comes from outside is checked and brought to that here.
 *
 * <pre>{@code
 * Clip recorded = Clip.read(Path.of("foa.flac"));
 * Clip captured = Clip.of(new float[4][5 * 48_000], 48_000); // W, Y, Z, X
 * captured.notes().forEach(System.out::println); // audio: resampled from 48000 Hz, …
 * }</pre>
 *
 * @param source what refusals call it: its file, or the field of a request
 * @param foa [4][samples], nominally in [−1, 1]; not copied, so it must not change while the clip
 *     is in use
 * @param notes what a reader of the answer should know about the sound, a line each
 */
public record Clip(String source, float[][] foa, List<String> notes) {
  private static final String ARRAYS = "audio";

  /**
   * @throws InputException as {@link Foa#require}, or if there is not one sample
   */
  public Clip {
    Foa.require(source, foa);
    if (foa[0].length == 0) {
      throw noSamples(source);
    }
    notes = List.copyOf(notes);
  }

  /** As {@link #of(float[][], int, FoaFormat)}, of sound in W, Y, Z, X and SN3D. */
  public static Clip of(float[][] foa, int sampleRate) {
    return of(foa, sampleRate, FoaFormat.AMBIX);
  }

  /**
   * Sound in memory.
   *
   * @param channels [n][samples] of one length, nominally in [−1, 1]; not changed, and not copied
   *     where nothing has to be done to them
   * @param sampleRate in Hz; other rates than 24 kHz are resampled, with a note
   * @param format of the channels
   * @throws InputException naming what is wrong: channels, lengths, a sample that is NaN or beyond
   *     what is plausible, the rate
   */
  public static Clip of(float[][] channels, int sampleRate, FoaFormat format) {
    WavHeader.requireRate(ARRAYS, sampleRate);
    if (channels == null) {
      throw new InputException(ARRAYS, "channels: missing, expected 4 (W, Y, Z, X)", "give them");
    }
    List<String> notes = new ArrayList<>();
    String left = format.require(ARRAYS, channels.length, true);
    if (left != null) {
      notes.add(ARRAYS + ": " + left);
    }
    Foa.requireSound(ARRAYS, channels);
    float[][] heard = format.pick(channels);
    if (heard[0].length == 0) {
      throw noSamples(ARRAYS);
    }
    if (sampleRate != Foa.SAMPLE_RATE) {
      notes.add(Foa.resampled(ARRAYS, sampleRate));
      heard =
          new Resampler(sampleRate, Foa.SAMPLE_RATE)
              .resample(new Audio(sampleRate, heard))
              .channels();
    }
    return new Clip(ARRAYS, format.toFoa(heard), notes);
  }

  /**
   * A whole recording in the format that it names itself, with notes about what was done to it.
   *
   * @param file a sound file of four channels, or of a higher order
   * @throws InputException as {@link Foa#read(Path, FoaFormat, java.util.function.Consumer)}
   */
  public static Clip read(Path file) {
    return read(file, null);
  }

  /**
   * A whole recording, with notes about what was done to it.
   *
   * @param format of its channels; null to believe what the file says of itself
   * @throws InputException as {@link Foa#read(Path, FoaFormat, java.util.function.Consumer)}
   */
  public static Clip read(Path file, FoaFormat format) {
    List<String> notes = new ArrayList<>();
    return new Clip(file.toString(), Foa.read(file, format, notes::add).channels(), notes);
  }

  /** The same clip with more notes. */
  public Clip noting(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Clip(source, foa, all);
  }

  private static InputException noSamples(String source) {
    return new InputException(source, "duration: no samples", "give a longer recording");
  }

  /** Samples in each channel. */
  public int samples() {
    return foa[0].length;
  }
}
