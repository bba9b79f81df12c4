package org.hearsight.simulator.sound;

import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Scenario;

/**
 * A dry mono sound whose sounding parts have a root mean square of one.
 *
 * @param samples at {@link #SAMPLE_RATE}
 * @param source where it comes from
 * @param kind what it is: the name of a folder of recordings or of a generator
 */
public record Sound(float[] samples, Scenario.Source source, String kind) {
  public static final int SAMPLE_RATE = Foa.SAMPLE_RATE;

  /** Frames of 100 ms, as in the labels. */
  public static final int FRAME = Foa.LABEL_FRAME_SAMPLES;

  /** Was it made from a formula, not recorded? */
  public boolean isGenerated() {
    return source.isGenerated();
  }

  /** Scales a signal so that its sounding frames have a root mean square of one. */
  static Sound normalised(float[] samples, Scenario.Source source, String kind) {
    double[] energy = new double[Math.max(1, samples.length / FRAME)];
    for (int f = 0; f < energy.length; f++) {
      energy[f] = LabelFrames.energy(samples, f * FRAME);
    }
    boolean[] sounding = LabelFrames.sounding(energy);
    double sum = 0;
    int count = 0;
    for (int f = 0; f < energy.length; f++) {
      sum += sounding[f] ? energy[f] : 0;
      count += sounding[f] ? 1 : 0;
    }
    float[] scaled = new float[samples.length];
    if (count > 0) {
      float gain = (float) (1 / Math.sqrt(sum / count));
      for (int i = 0; i < samples.length; i++) {
        scaled[i] = samples[i] * gain;
      }
    }
    return new Sound(scaled, source, kind);
  }
}
