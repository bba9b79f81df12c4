package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Makes one recording many: other speed and pitch, other tone colour. */
final class Perturbation {
  private static final double SLOWEST = 0.85;
  private static final double FASTEST = 1.2;

  private Perturbation() {}

  /** The recording played at another speed, tilted, and with two resonances or dips. */
  static float[] of(float[] recording, Draw draw) {
    float[] out = played(recording, draw.ratioBetween(SLOWEST, FASTEST));
    double corner = draw.ratioBetween(400, 3000);
    float[] low = Synth.lowPass(out.clone(), corner);
    float gain = (float) Math.pow(10, draw.between(-8, 8) / 20);
    for (int i = 0; i < out.length; i++) {
      out[i] = low[i] + gain * (out[i] - low[i]);
    }
    for (int k = 0; k < 2; k++) {
      double peak = draw.between(-0.6, 1.2);
      float[] band = Synth.bandPass(out.clone(), draw.ratioBetween(150, 8000), 1.5);
      Synth.add(out, band, 0, peak);
    }
    return out;
  }

  /** Read {@code speed} times as fast (third-order Lagrange interpolation). */
  static float[] played(float[] x, double speed) {
    int n = Math.max(1, (int) ((x.length - 3) / speed));
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      double place = 1 + i * speed;
      int at = Math.min((int) place, x.length - 3);
      float f = (float) (place - at);
      out[i] =
          -f * (f - 1) * (f - 2) / 6 * x[at - 1]
              + (f + 1) * (f - 1) * (f - 2) / 2 * x[at]
              - (f + 1) * f * (f - 2) / 2 * x[at + 1]
              + (f + 1) * f * (f - 1) / 6 * x[at + 2];
    }
    return out;
  }
}
