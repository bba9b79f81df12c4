package org.hearsight.core.audio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.error.InputException;

/**
 * The sound of one scene, as every model of ours hears it: first-order ambisonics in the order W,
 * Y, Z, X (ACN), SN3D, at 24 kHz. What comes from outside is checked and brought to that here.
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
      throw new InputException(source, "duration: no samples", "give a longer recording");
    }
    notes = List.copyOf(notes);
  }

  /**
   * Sound in memory.
   *
   * @param foa [4][samples], W, Y, Z, X in SN3D, of one length, nominally in [−1, 1]; not copied
   * @param sampleRate in Hz; other rates than 24 kHz are resampled, with a note
   * @throws InputException naming what is wrong: channels, lengths, a sample that is NaN or beyond
   *     what is plausible, the rate
   */
  public static Clip of(float[][] foa, int sampleRate) {
    WavHeader.requireRate(ARRAYS, sampleRate);
    Clip given = new Clip(ARRAYS, foa, List.of());
    if (sampleRate == Foa.SAMPLE_RATE) {
      return given;
    }
    Audio audio = new Resampler(sampleRate, Foa.SAMPLE_RATE).resample(new Audio(sampleRate, foa));
    return new Clip(ARRAYS, audio.channels(), List.of(Foa.resampled(ARRAYS, sampleRate)));
  }

  /**
   * A whole recording, with notes about what was done to it.
   *
   * @param file a WAV file of four channels
   * @throws InputException as {@link Foa#read}
   */
  public static Clip read(Path file) {
    List<String> notes = new ArrayList<>();
    return new Clip(file.toString(), Foa.read(file, notes::add).channels(), notes);
  }

  /** The same clip with more notes. */
  public Clip noting(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Clip(source, foa, all);
  }

  /** Samples in each channel. */
  public int samples() {
    return foa[0].length;
  }
}
