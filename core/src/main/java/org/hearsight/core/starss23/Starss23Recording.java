package org.hearsight.core.starss23;

import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.WavReader;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.seld.SeldFiles;

/**
 * One recording of {@link Starss23}.
 *
 * @param name without ending, as in {@code fold3_room21_mix001}
 * @param split training (fold 3) or test (fold 4)
 * @param site who recorded it, {@code sony} or {@code tau}
 * @param room number of the room; a room is in one split only
 * @param mix number of the recording in its room
 * @param video null if there is none
 * @param files what reads the labels, together with those of the other recordings
 */
public record Starss23Recording(
    String name,
    Split split,
    String site,
    int room,
    int mix,
    Path audio,
    Path labels,
    Path video,
    SeldFiles files) {

  /** Whole label frames of 100 ms; a last piece of at least half a frame counts as one. */
  public int frames() {
    try (WavReader wav = WavReader.open(audio)) {
      check(wav);
      return Math.toIntExact(Math.round((double) wav.frames() / Foa.LABEL_FRAME_SAMPLES));
    }
  }

  /**
   * The labelled events, in the order of the file.
   *
   * @throws InputException if the audio has another form than STARSS23's, or the labels are
   *     malformed, name an unknown class or go on after the end of the audio
   */
  public List<SeldEvent> events() {
    int frames = frames();
    List<SeldEvent> events = files.read(labels);
    SeldFiles.requireWithin(labels, events, frames);
    for (SeldEvent e : events) {
      if (e.classIndex() >= Starss23.CLASSES.size()) {
        throw new InputException(
            labels,
            "class: %d in frame %d, expected 0 to %d"
                .formatted(e.classIndex(), e.frame(), Starss23.CLASSES.size() - 1),
            "unpack metadata_dev.zip of STARSS23 again");
      }
    }
    return events;
  }

  /**
   * The whole sound.
   *
   * @return four channels W, Y, Z, X at 24 kHz
   * @throws InputException if it has another form or is damaged
   */
  public Audio sound() {
    try (WavReader wav = WavReader.open(audio)) {
      check(wav);
    }
    return Foa.read(audio);
  }

  private static void check(WavReader wav) {
    if (wav.channels() != Foa.CHANNELS) {
      throw new InputException(
          wav.file(),
          "channels: " + wav.channels() + ", expected 4 (W, Y, Z, X)",
          "take the recording from foa_dev.zip of STARSS23");
    }
    if (wav.sampleRate() != Foa.SAMPLE_RATE) {
      throw new InputException(
          wav.file(),
          "sample rate: " + wav.sampleRate() + " Hz, expected " + Foa.SAMPLE_RATE,
          "take the recording from foa_dev.zip of STARSS23");
    }
  }
}
