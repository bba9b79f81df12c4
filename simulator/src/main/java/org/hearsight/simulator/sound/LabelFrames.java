package org.hearsight.simulator.sound;

import java.util.function.DoubleUnaryOperator;
import org.hearsight.core.audio.Foa;

/**
 * What labels say of a sound, frame by frame of 100 ms: the one rule of scenarios and SELD clips.
 *
 * <p>A frame counts that is at most {@value #PAUSE} dB below the loudest, and so do pauses of up to
 * {@value #BRIDGED} frames within the sound: people hear steps, not gaps. Frames are those of the
 * microphone, which hears a sound as much later as it was on its way.
 */
public final class LabelFrames {
  /** Frames so far below the loudest one count as pauses, dB. */
  private static final double PAUSE = 35;

  /** Pauses of so many frames belong to the sound. */
  private static final int BRIDGED = 2;

  private LabelFrames() {}

  /**
   * The frames of a clip in which a sound arrives.
   *
   * @param dry at 24 kHz
   * @param start second of the clip at which its first sample is emitted; below zero if before
   * @param travel seconds that what arrives at a second of the clip has been on its way
   * @param frames of the clip
   */
  public static boolean[] heard(float[] dry, double start, DoubleUnaryOperator travel, int frames) {
    double[] energy = new double[frames];
    for (int f = 0; f < frames; f++) {
      double begin = (double) f / Foa.LABEL_FRAMES_PER_SECOND;
      double delay = travel.applyAsDouble(centre(f));
      energy[f] = energy(dry, (int) Math.round((begin - start - delay) * Foa.SAMPLE_RATE));
    }
    boolean[] active = sounding(energy);
    int last = -1;
    for (int f = 0; f < frames; f++) {
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
  public static double centre(int frame) {
    return (frame + 0.5) / Foa.LABEL_FRAMES_PER_SECOND;
  }

  /** Which frames of these energies are not pauses. */
  static boolean[] sounding(double[] energy) {
    double loudest = 0;
    for (double e : energy) {
      loudest = Math.max(loudest, e);
    }
    boolean[] sounding = new boolean[energy.length];
    for (int f = 0; f < energy.length; f++) {
      sounding[f] = energy[f] > loudest * Math.pow(10, -PAUSE / 10);
    }
    return sounding;
  }

  /** Mean square of a frame that begins at a sample; what lies outside of the sound is silent. */
  static double energy(float[] samples, int from) {
    double sum = 0;
    int end = Math.min(samples.length, from + Foa.LABEL_FRAME_SAMPLES);
    for (int i = Math.max(0, from); i < end; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return sum / Foa.LABEL_FRAME_SAMPLES;
  }
}
