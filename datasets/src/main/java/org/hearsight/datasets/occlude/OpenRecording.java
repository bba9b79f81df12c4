package org.hearsight.datasets.occlude;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.RecordingNotes;
import org.hearsight.core.error.InputException;
import org.hearsight.core.seld.SeldDataset.Recording;
import org.hearsight.core.vision.Panorama;
import org.hearsight.core.vision.VideoFrames;

/**
 * A recording being cut into windows: its sound in memory and its video opened.
 *
 * @param video null if the recording has none
 */
record OpenRecording(
    Recording recording, float[][] sound, VideoFrames video, RoomBox room, int windowFrames)
    implements AutoCloseable {

  /** A video may end so much earlier than the sound, seconds; its last picture stays. */
  private static final double SHORTER = 5;

  /**
   * Reads the sound and opens the video.
   *
   * @param counted takes the notes of the reading
   * @throws InputException if one of them is damaged, or the video is too short for the sound
   */
  static OpenRecording open(
      Recording recording,
      VideoFrames.Opener opener,
      RoomBox room,
      int windowFrames,
      RecordingNotes counted) {
    List<String> notes = new ArrayList<>();
    Audio sound = recording.sound(notes::add);
    counted.add(recording.audio(), notes);
    VideoFrames video = recording.video() == null ? null : opener.open(recording.video());
    if (video != null && video.seconds() < sound.seconds() - SHORTER) {
      double seconds = video.seconds();
      video.close();
      throw new InputException(
          recording.video(),
          String.format(
              Locale.ROOT, "length: %.1f s, but the sound lasts %.1f s", seconds, sound.seconds()),
          "unpack video_dev.zip again, or move the file away");
    }
    return new OpenRecording(recording, sound.channels(), video, room, windowFrames);
  }

  boolean hasVideo() {
    return video != null;
  }

  /** What the camera showed at a moment, seconds. */
  Panorama frame(double moment) {
    return video.at(moment);
  }

  /** [4][samples] of a window; a last frame that is not whole ends in silence. */
  float[][] window(int firstFrame) {
    int from = firstFrame * Foa.LABEL_FRAME_SAMPLES;
    float[][] cut = new float[sound.length][];
    for (int c = 0; c < sound.length; c++) {
      cut[c] = Arrays.copyOfRange(sound[c], from, from + windowFrames * Foa.LABEL_FRAME_SAMPLES);
    }
    return cut;
  }

  @Override
  public void close() {
    if (video != null) {
      video.close();
    }
  }
}
