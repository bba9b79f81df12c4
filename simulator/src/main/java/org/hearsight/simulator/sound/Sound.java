package org.hearsight.simulator.sound;

import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Scenario;

/**
 * A dry mono sound whose sounding parts have a root mean square of one.
 *
 * @param samples at {@link #SAMPLE_RATE}
 * @param source where it comes from
 */
public record Sound(float[] samples, Scenario.Source source) {
  public static final int SAMPLE_RATE = Foa.SAMPLE_RATE;

  /** Frames of 100 ms, as in the labels. */
  public static final int FRAME = Foa.LABEL_FRAME_SAMPLES;

  /** Frames this far below the loudest one count as pauses, dB. */
  private static final double PAUSE = 30;

  /** Scales a signal so that its sounding frames have a root mean square of one. */
  static Sound normalised(float[] samples, Scenario.Source source) {
    double[] energy = frameEnergy(samples, 0);
    double loudest = 0;
    for (double e : energy) {
      loudest = Math.max(loudest, e);
    }
    double sum = 0;
    int count = 0;
    for (double e : energy) {
      if (e > loudest * Math.pow(10, -PAUSE / 10)) {
        sum += e;
        count++;
      }
    }
    float[] scaled = new float[samples.length];
    if (count > 0) {
      float gain = (float) (1 / Math.sqrt(sum / count));
      for (int i = 0; i < samples.length; i++) {
        scaled[i] = samples[i] * gain;
      }
    }
    return new Sound(scaled, source);
  }

  /** Which label frames from sample {@code lead} on hold sound. */
  public boolean[] active(int lead) {
    double[] all = frameEnergy(samples, 0);
    double loudest = 0;
    for (double e : all) {
      loudest = Math.max(loudest, e);
    }
    double[] energy = frameEnergy(samples, lead);
    boolean[] active = new boolean[energy.length];
    for (int i = 0; i < energy.length; i++) {
      active[i] = energy[i] > loudest * Math.pow(10, -PAUSE / 10);
    }
    return active;
  }

  private static double[] frameEnergy(float[] samples, int from) {
    int frames = Math.max(1, (samples.length - from) / FRAME);
    double[] energy = new double[frames];
    for (int f = 0; f < frames; f++) {
      int start = from + f * FRAME;
      int end = Math.min(samples.length, start + FRAME);
      for (int i = start; i < end; i++) {
        energy[f] += (double) samples[i] * samples[i] / FRAME;
      }
    }
    return energy;
  }
}
