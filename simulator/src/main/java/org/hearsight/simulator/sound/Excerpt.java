package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/**
 * How a recording is brought to the length of a clip: a part of a long one, or a short one again.
 */
enum Excerpt {
  /** Sounds without an end: over and over with soft seams. */
  CONTINUOUS {
    @Override
    float[] repeated(float[] recording, int samples, Draw draw) {
      int seam = Math.min(Synth.samples(SEAM), recording.length / 4);
      int period = recording.length - seam;
      float[] piece = Synth.faded(recording.clone(), (double) seam / Synth.RATE);
      float[] out = new float[samples];
      for (int at = -draw.index(period); at < samples; at += period) {
        Synth.add(out, piece, at, 1);
      }
      return out;
    }
  },

  /** Single events: repeated after pauses. */
  EVENTS {
    @Override
    float[] repeated(float[] recording, int samples, Draw draw) {
      float[] piece = Synth.faded(recording.clone(), 0.005);
      float[] out = new float[samples];
      int at = -draw.index(piece.length / 2 + 1);
      while (at < samples) {
        Synth.add(out, piece, at, draw.between(0.8, 1));
        at += piece.length + Synth.samples(draw.between(0.05, 0.8));
      }
      return out;
    }
  };

  private static final double SEAM = 0.05;

  /** A signal of a length; the recording itself is left as it is. */
  final float[] of(float[] recording, int samples, Draw draw) {
    return recording.length >= samples
        ? part(recording, samples, draw)
        : repeated(recording, samples, draw);
  }

  abstract float[] repeated(float[] recording, int samples, Draw draw);

  /** A part with at least half of the energy the liveliest of a few tries has. */
  private static float[] part(float[] recording, int samples, Draw draw) {
    int best = 0;
    double most = -1;
    for (int i = 0; i < 4; i++) {
      int at = draw.index(recording.length - samples + 1);
      double energy = 0;
      for (int k = at; k < at + samples; k++) {
        energy += (double) recording[k] * recording[k];
      }
      if (energy > 2 * most) {
        best = at;
        most = energy;
      }
    }
    float[] out = new float[samples];
    System.arraycopy(recording, best, out, 0, samples);
    return Synth.faded(out, 0.02);
  }
}
