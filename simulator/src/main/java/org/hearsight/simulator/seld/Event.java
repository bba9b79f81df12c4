package org.hearsight.simulator.seld;

import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Direction;
import org.hearsight.simulator.acoustics.SoundSpeed;
import org.hearsight.simulator.scene.Trajectory;

/**
 * One labelled source of a clip.
 *
 * @param index of its class
 * @param start when it begins to sound, seconds of the clip; below zero if before the clip
 * @param way from its start on
 * @param active [label frames of the clip] in which it is heard at the microphone
 */
record Event(int index, double start, Trajectory way, boolean[] active) {
  /** Frames so far below the loudest one count as pauses, dB. */
  private static final double PAUSE = 35;

  /** Pauses of so many frames belong to the sound: people hear steps, not gaps. */
  private static final int BRIDGED = 2;

  /**
   * Where in a clip a dry sound is heard, delayed by its way.
   *
   * @param frames of the clip
   */
  static boolean[] active(float[] dry, double start, Trajectory way, int frames) {
    double[] energy = new double[frames];
    double loudest = 0;
    for (int f = 0; f < frames; f++) {
      double delay = SoundSpeed.seconds(way.at(centre(f) - start).norm());
      int from = (int) Math.round((f * 0.1 - start - delay) * Foa.SAMPLE_RATE);
      int end = Math.min(dry.length, from + Foa.LABEL_FRAME_SAMPLES);
      for (int i = Math.max(0, from); i < end; i++) {
        energy[f] += (double) dry[i] * dry[i];
      }
      loudest = Math.max(loudest, energy[f]);
    }
    boolean[] active = new boolean[frames];
    int last = -1;
    for (int f = 0; f < frames; f++) {
      active[f] = energy[f] > loudest * Math.pow(10, -PAUSE / 10);
      if (active[f]) {
        for (int gap = last + 1; last >= 0 && f - last <= BRIDGED + 1 && gap < f; gap++) {
          active[gap] = true;
        }
        last = f;
      }
    }
    return active;
  }

  /** Middle of a label frame, seconds of the clip. */
  static double centre(int frame) {
    return (frame + 0.5) / Foa.LABEL_FRAMES_PER_SECOND;
  }

  /** Where it is in the middle of a label frame. */
  Location place(int frame) {
    return Location.of(way.at(centre(frame) - start));
  }

  /** A line of the labels: whole degrees and centimetres, as in STARSS23. */
  String label(int frame, int source) {
    Location place = place(frame);
    long azimuth = Math.round(Direction.wrap(place.azimuth()));
    return String.join(
        ",",
        String.valueOf(frame),
        String.valueOf(index),
        String.valueOf(source),
        String.valueOf(azimuth == -180 ? 180 : azimuth),
        String.valueOf(Math.round(place.elevation())),
        String.valueOf(Math.round(place.distance() * 100)));
  }
}
