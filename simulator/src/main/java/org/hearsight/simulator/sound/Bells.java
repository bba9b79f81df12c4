package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/**
 * Struck bells, as {@link Form}s: each has partials, a time of ringing, a clapper and a rhythm.
 *
 * <p>Church bells have the classical partials (hum, prime, tierce, quint, nominal and above); what
 * is small has those of shells and bars. Two modes that should be one lie a little apart and beat.
 */
final class Bells implements SoundGenerator {
  private static final double[] CHURCH = {0.5, 1, 1.2, 1.5, 2, 2.5, 2.67, 3, 4, 5.3};
  private static final double[] BAR = {1, 2.76, 5.4, 8.93};
  private static final double[] SHELL = {1, 1.52, 2.3, 2.9, 3.7, 4.6};
  private static final double[] GONG = {0.5, 0.77, 1, 1.34, 1.6, 2.1, 2.45, 3.1, 3.9, 4.6};

  /** The kinds of bells. */
  enum Form {
    /** One large bell, or several pealing. */
    CHURCH(Bells.CHURCH, 180, 900, 0.5, 2),
    /** Shaken or rung on a counter. */
    HAND(Bells.CHURCH, 500, 2200, 0.2, 0.8),
    /** A cover and a wheel with a clapper, or one stroke. */
    BICYCLE(BAR, 1500, 3800, 0.1, 0.5),
    /** Sheet metal round a neck: dull, short, irregular. */
    COW(SHELL, 350, 1300, 0.04, 0.2),
    /** An electric hammer on a gong: school and fire bells. */
    ELECTRIC(SHELL, 600, 2400, 0.1, 0.5),
    /** Two gongs and one hammer, in rings. */
    TELEPHONE(SHELL, 900, 2300, 0.08, 0.35),
    /** Two or three notes: doors and announcements. */
    CHIME(BAR, 350, 1100, 0.25, 0.8),
    /** A plate that swells and wavers. */
    GONG(Bells.GONG, 90, 500, 0.6, 2.0),
    /** Double strokes. */
    SHIP(Bells.CHURCH, 500, 1300, 0.3, 1.0);

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final double[] partials;

    private final double lowest;
    private final double highest;
    private final double shortest;
    private final double longest;

    Form(double[] partials, double lowest, double highest, double shortest, double longest) {
      this.partials = partials;
      this.lowest = lowest;
      this.highest = highest;
      this.shortest = shortest;
      this.longest = longest;
    }

    /** One bell's stroke. */
    private float[] stroke(double pitch, double ring, Draw draw) {
      float[] stroke = new float[Synth.samples(Math.min(3, 6 * ring))];
      double bright = draw.between(0.1, 0.5);
      for (int p = 0; p < partials.length; p++) {
        double frequency = pitch * partials[p] * draw.between(0.985, 1.015);
        if (frequency < 10_000) {
          double loud = draw.between(0.3, 1) / (1 + bright * p);
          double seconds = ring / Math.sqrt(partials[p]);
          Synth.add(stroke, Synth.ping(frequency, seconds, draw.between(0, 1)), 0, loud);
          if (draw.chance(0.4)) {
            double beside = frequency * (1 + draw.ratioBetween(0.0005, 0.006));
            float[] twin = Synth.ping(beside, seconds, draw.between(0, 1));
            Synth.add(stroke, twin, 0, loud * draw.between(0.3, 1));
          }
        }
      }
      float[] clapper = Synth.burst(draw.ratioBetween(0.001, 0.006), draw);
      Synth.lowPass(clapper, draw.ratioBetween(1500, 9000));
      Synth.add(stroke, clapper, 0, draw.between(0.1, 0.8));
      return stroke;
    }
  }

  @Override
  public float[] generate(int samples, Draw draw) {
    float[] x = dry(draw.of(Form.values()), samples, draw);
    Effects.maybeEchoed(x, 0.3, 0.7, draw);
    Effects.maybeDulled(x, 0.3, 2500, 9000, draw);
    return x;
  }

  /** A bell where it rings. */
  static float[] dry(Form form, int samples, Draw draw) {
    double pitch = draw.ratioBetween(form.lowest, form.highest);
    double ring = draw.ratioBetween(form.shortest, form.longest);
    float[] one = form.stroke(pitch, ring, draw);
    float[] out = new float[samples];
    switch (form) {
      case CHURCH -> {
        int bells = draw.of(1, 1, 1, 2, 3, 4);
        for (int bell = 0; bell < bells; bell++) {
          float[] stroke = bell == 0 ? one : another(form, pitch, ring, draw);
          regular(out, stroke, draw.between(0.7, 2.5), 0.03, draw);
        }
      }
      case HAND -> regular(out, one, draw.ratioBetween(0.12, 1.2), 0.12, draw);
      case COW -> {
        for (int cow = draw.of(1, 1, 2, 3); cow > 0; cow--) {
          float[] stroke = cow == 1 ? one : another(form, pitch, ring, draw);
          irregular(out, stroke, draw.between(0.15, 0.9), draw);
        }
      }
      case BICYCLE -> {
        if (draw.chance(0.4)) {
          regular(out, one, draw.between(0.25, 1.2), 0.2, draw);
        } else {
          trills(out, one, one, draw.between(18, 40), draw.between(0.2, 0.6), draw);
        }
      }
      case ELECTRIC -> {
        double length = draw.chance(0.5) ? samples / Synth.RATE + 1 : draw.between(0.8, 4);
        trills(out, one, one, draw.between(7, 24), length, draw);
      }
      case TELEPHONE -> {
        float[] other = form.stroke(pitch * draw.between(1.08, 1.3), ring, draw);
        trills(out, one, other, draw.between(18, 28), draw.between(0.6, 2), draw);
      }
      case CHIME -> notes(out, one, form, pitch, ring, draw);
      case GONG -> regular(out, swelling(one, draw), draw.between(1.5, 3.5), 0.1, draw);
      case SHIP -> {
        double apart = draw.between(0.25, 0.5);
        float[] pair = new float[one.length + Synth.samples(apart)];
        Synth.add(pair, one, 0, 1);
        Synth.add(pair, one, Synth.samples(apart), draw.between(0.7, 1));
        regular(out, pair, draw.between(1, 2.2), 0.05, draw);
      }
    }
    return out;
  }

  private static float[] another(Form form, double pitch, double ring, Draw draw) {
    return form.stroke(pitch * draw.ratioBetween(0.6, 1.6), ring * draw.between(0.7, 1.3), draw);
  }

  private static void regular(float[] out, float[] stroke, double gap, double uneven, Draw draw) {
    double t = draw.between(-0.5, Math.min(0.6, gap));
    while (t * Synth.RATE < out.length) {
      Synth.add(out, stroke, Synth.samples(t), draw.between(0.6, 1));
      t += gap * draw.between(1 - uneven, 1 + uneven);
    }
  }

  private static void irregular(float[] out, float[] stroke, double gap, Draw draw) {
    double t = draw.between(-0.2, 0.5);
    while (t * Synth.RATE < out.length) {
      Synth.add(out, stroke, Synth.samples(t), draw.between(0.15, 1));
      t += gap * draw.ratioBetween(0.2, 2.5);
    }
  }

  /** A hammer between two gongs, or on one, in rings with pauses. */
  private static void trills(
      float[] out, float[] one, float[] other, double rate, double length, Draw draw) {
    double t = draw.between(-length / 2, 0.4);
    while (t * Synth.RATE < out.length) {
      double end = t + length;
      for (boolean there = true; t < end && t * Synth.RATE < out.length; there = !there) {
        Synth.add(out, there ? one : other, Synth.samples(t), draw.between(0.8, 1));
        t += draw.between(0.95, 1.05) / rate;
      }
      t += draw.between(0.2, 1.8);
    }
  }

  /** Notes of a chord, downwards mostly. */
  private static void notes(
      float[] out, float[] first, Form form, double pitch, double ring, Draw draw) {
    int count = 2 + draw.index(3);
    double gap = draw.between(0.25, 0.8);
    float[][] notes = new float[count][];
    notes[0] = first;
    for (int n = 1; n < count; n++) {
      notes[n] = form.stroke(pitch * draw.of(0.667, 0.75, 0.794, 0.841, 1.26, 1.5), ring, draw);
    }
    double t = draw.between(-0.3, 0.6);
    while (t * Synth.RATE < out.length) {
      for (float[] note : notes) {
        Synth.add(out, note, Synth.samples(t), 1);
        t += gap;
      }
      t += draw.between(0.4, 2);
    }
  }

  /** The upper modes of a gong come late. */
  private static float[] swelling(float[] stroke, Draw draw) {
    double late = draw.between(0.02, 0.25);
    float[] low = Synth.lowPass(stroke.clone(), 600);
    for (int i = 0; i < stroke.length; i++) {
      double share = Math.min(1, i / (late * Synth.RATE));
      stroke[i] = (float) (low[i] + share * (stroke[i] - low[i]));
    }
    return stroke;
  }
}
