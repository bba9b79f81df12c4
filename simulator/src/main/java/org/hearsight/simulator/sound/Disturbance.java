package org.hearsight.simulator.sound;

import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.draw.Draw;

/**
 * What disturbs a microphone outdoors or in a hand: gusts of wind, and bumps. Each capsule has its
 * own wind, so the channels have nothing to do with each other; bumps come to all at once, with
 * other strengths.
 */
public final class Disturbance {
  /** How often there is wind in a clip, and how often bumps. */
  private static final double WIND = 0.12;

  private static final double HANDLING = 0.06;

  private Disturbance() {}

  /**
   * Adds what is drawn, mostly nothing, to a clip.
   *
   * @param foa [4][samples], pascal, changed in place
   * @param level of the loudest source, dB SPL, about which disturbances are drawn
   */
  public static void draw(float[][] foa, double level, Draw draw) {
    if (draw.chance(WIND)) {
      double rms = Calibration.pascal(level + draw.between(-20, 6));
      double corner = draw.ratioBetween(60, 300);
      double gusts = draw.between(0.5, 4);
      for (float[] channel : foa) {
        Synth.add(channel, wind(channel.length, corner, gusts, draw), 0, rms);
      }
    }
    if (draw.chance(HANDLING)) {
      double rms = Calibration.pascal(level + draw.between(-15, 6));
      for (int k = 1 + draw.index(6); k > 0; k--) {
        int at = draw.index(foa[0].length);
        float[] bump = Synth.burst(draw.between(0.02, 0.25), draw);
        Synth.levelled(Synth.lowPass(bump, draw.ratioBetween(40, 400)));
        for (float[] channel : foa) {
          Synth.add(channel, bump, at, rms * draw.between(-1, 1));
        }
      }
    }
  }

  private static float[] wind(int samples, double corner, double gusts, Draw draw) {
    float[] noise = Synth.lowPass(Synth.pink(samples, draw), corner);
    float[] gust = Synth.wander(samples, gusts, draw);
    for (int i = 0; i < samples; i++) {
      noise[i] *= Math.max(0, 0.4f + gust[i]);
    }
    return Synth.levelled(noise);
  }
}
