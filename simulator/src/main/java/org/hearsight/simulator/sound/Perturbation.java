package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/**
 * Makes one recording many: other speed, pitch and tone colour; and what happens to sounds on their
 * way into somebody's file: small loudspeakers and microphones, clipping, coarse codecs, echoes.
 */
enum Perturbation {
  /** The recording as it is. */
  NONE {
    @Override
    float[] of(float[] recording, Draw draw) {
      return recording;
    }
  },

  /** Another speed, a tilt, two resonances or dips. */
  MILD {
    @Override
    float[] of(float[] recording, Draw draw) {
      return coloured(played(recording, draw.ratioBetween(SLOWEST, FASTEST)), draw);
    }
  },

  /** The same, and now and then another tempo, a device, distortion, a codec, echoes. */
  STRONG {
    @Override
    float[] of(float[] recording, Draw draw) {
      double semitones = draw.between(-SEMITONES, SEMITONES);
      float[] out = played(recording, Math.pow(2, semitones / 12));
      if (draw.chance(0.4)) {
        out = stretched(out, draw.ratioBetween(1 - TEMPO, 1 / (1 - TEMPO)));
      }
      coloured(out, draw);
      if (draw.chance(0.25)) {
        Synth.highPass(out, draw.ratioBetween(80, 500));
        Synth.lowPass(out, draw.ratioBetween(2500, 9000));
      }
      if (draw.chance(0.2)) {
        clip(out, draw);
      }
      if (draw.chance(0.15)) {
        quantise(out, 5 + draw.index(4));
      }
      return draw.chance(0.25) ? Effects.echoed(out, draw.ratioBetween(0.12, 0.6), draw) : out;
    }
  };

  private static final double SLOWEST = 0.85;
  private static final double FASTEST = 1.2;
  private static final double SEMITONES = 3;
  private static final double TEMPO = 0.15;

  /** A new signal, or the recording itself, which is never changed. */
  abstract float[] of(float[] recording, Draw draw);

  /** Tilts a signal and adds two resonances or dips, in place. */
  private static float[] coloured(float[] out, Draw draw) {
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
      out[i] = Synth.between(x, 1 + i * speed);
    }
    return out;
  }

  /**
   * {@code tempo} times as fast at the same pitch: pieces of 40 ms, each taken where it continues
   * the one before best (WSOLA; Verhelst and Roelands, ICASSP 1993).
   */
  static float[] stretched(float[] x, double tempo) {
    int piece = Synth.samples(0.04);
    int hop = piece / 2;
    int search = Synth.samples(0.008);
    int last = x.length - piece - search - hop;
    if (last <= 0) {
      return x;
    }
    float[] out = new float[(int) (x.length / tempo)];
    int at = 0;
    for (int to = 0; to + piece <= out.length; to += hop) {
      int wanted = Math.min((int) (to * tempo), last);
      // What would follow the piece before, if nothing were cut out or said twice.
      at = to == 0 ? 0 : likest(x, at + hop, wanted, search, hop);
      for (int i = 0; i < piece; i++) {
        double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / piece);
        out[to + i] += (float) (to == 0 && i < hop ? x[at + i] : window * x[at + i]);
      }
    }
    return out;
  }

  private static int likest(float[] x, int like, int near, int search, int length) {
    int best = near;
    double most = Double.NEGATIVE_INFINITY;
    for (int at = Math.max(0, near - search); at <= near + search; at += 4) {
      double product = 0;
      double energy = 1e-9;
      for (int i = 0; i < length; i += 2) {
        product += (double) x[at + i] * x[like + i];
        energy += (double) x[at + i] * x[at + i];
      }
      double score = product / Math.sqrt(energy);
      if (score > most) {
        most = score;
        best = at;
      }
    }
    return best;
  }

  /** A loudspeaker or an input that is driven too far, soft or hard; in place. */
  private static void clip(float[] x, Draw draw) {
    double peak = Effects.peak(x);
    double most = peak * draw.ratioBetween(0.1, 0.7);
    if (draw.chance(0.5)) {
      Effects.hardClipped(x, most);
    } else {
      Effects.softClipped(x, most);
    }
  }

  /** A coarse codec: logarithmic steps, as in telephony (ITU-T G.711, µ = 255); in place. */
  private static void quantise(float[] x, int bits) {
    double peak = Effects.peak(x) + 1e-9;
    double steps = 1 << (bits - 1);
    double mu = 255;
    for (int i = 0; i < x.length; i++) {
      double y = Math.log1p(mu * Math.abs(x[i]) / peak) / Math.log1p(mu);
      double coarse = Math.rint(y * steps) / steps;
      x[i] = (float) (Math.signum(x[i]) * peak * Math.expm1(coarse * Math.log1p(mu)) / mu);
    }
  }
}
