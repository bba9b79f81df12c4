package org.hearsight.app.validation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Foa;
import org.hearsight.report.chart.Axis;
import org.hearsight.report.chart.Chart;
import org.hearsight.report.chart.Series;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.acoustics.DiffuseField;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.sound.SoundBank;

/**
 * Ambience as it is mixed beside what was asked for: tones, noise, and what ambience is made of.
 */
final class AmbienceChecks {
  private static final int CLIP = Foa.CLIP_SAMPLES;
  private static final double ASKED = 60;
  private static final double THIRD = 10 * Math.log10(1 / 3.0);

  private double level;
  private double share;
  private double alike;
  private int seed;

  private AmbienceChecks() {}

  /**
   * Levels over frequency; sounds of many frequencies stand at a mean of theirs.
   *
   * @param sounds folder of recordings to try beside the generated ambiences, or null
   */
  static Chart levels(Path sounds, Numbers numbers) {
    Chart plot =
        new Chart(
            "Ambience asked for at 60 dB, as mixed",
            "Levels over frequency of tones, noise and ambiences.",
            Axis.logarithmic("frequency, Hz", 40, 10_000, 50, 100, 200, 500, 1000, 2000, 5000),
            new Axis("level, dB", 50, 65, 2, ""));
    AmbienceChecks tones = new AmbienceChecks();
    double[] frequencies = new double[23]; // thirds of octaves
    double[] w = new double[frequencies.length];
    double[] others = new double[frequencies.length];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = 50 * Math.pow(2, i / 3.0);
      float[] tone = new float[CLIP];
      for (int n = 0; n < CLIP; n++) {
        tone[n] = (float) Math.sin(2 * Math.PI * frequencies[i] * n / Foa.SAMPLE_RATE);
      }
      double[] heard = tones.heard(tone);
      w[i] = heard[Foa.W];
      others[i] = (heard[Foa.X] + heard[Foa.Y] + heard[Foa.Z]) / 3;
    }
    tones.claims("tones from 50 Hz to 8 kHz", numbers, 0.25);
    AmbienceChecks rest = new AmbienceChecks();
    List<double[]> generated = new ArrayList<>();
    List<double[]> recorded = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(6);
    float[] noise = new float[CLIP];
    for (int n = 0; n < CLIP; n++) {
      noise[n] = (float) random.nextGaussian();
    }
    generated.add(new double[] {mean(noise), rest.heard(noise)[Foa.W]});
    SoundBank.everyAmbience(sounds, CLIP, new Draw(random))
        .forEach(
            sound -> {
              double[] point = {mean(sound.samples()), rest.heard(sound.samples())[Foa.W]};
              (sound.isGenerated() ? generated : recorded).add(point);
            });
    String what =
        recorded.isEmpty()
            ? "noise and every generated ambience"
            : "noise, every generated ambience and " + recorded.size() + " recordings";
    rest.claims(what, numbers, 0.4);
    plot =
        plot.with(Series.line("tones, W", 1, frequencies, w))
            .with(Series.line("tones, X, Y, Z", 2, frequencies, others));
    plot =
        plot.with(Series.rings("noise, generated", 3, column(generated, 0), column(generated, 1)));
    if (!recorded.isEmpty()) {
      plot = plot.with(Series.rings("recordings", 4, column(recorded, 0), column(recorded, 1)));
    }
    return plot;
  }

  /** Level of each channel, dB. */
  private double[] heard(float[] ambience) {
    float[][] foa = new float[Foa.CHANNELS][CLIP];
    double mixed = DiffuseField.add(ambience, foa, ASKED, new SplittableRandom(seed++));
    double[] levels = new double[Foa.CHANNELS];
    for (int c = 0; c < levels.length; c++) {
      levels[c] = Calibration.decibels(Math.sqrt(dot(foa[c], foa[c]) / CLIP));
      for (int d = 0; d < c; d++) {
        double together = dot(foa[c], foa[d]);
        double own = Math.sqrt(dot(foa[c], foa[c]) * dot(foa[d], foa[d]));
        alike = Math.max(alike, Math.abs(together / own));
      }
      double wanted = c == Foa.W ? ASKED : ASKED + THIRD;
      share = c == Foa.W ? share : Math.max(share, Math.abs(levels[c] - wanted));
    }
    level = Math.max(level, Math.abs(levels[Foa.W] - ASKED));
    level = Math.max(level, Math.abs(levels[Foa.W] - mixed));
    return levels;
  }

  private void claims(String what, Numbers numbers, double mostAlike) {
    numbers.check("ambience of " + what + ": level against the one asked for", level, 0.3, "dB");
    numbers.check("the same: X, Y and Z against a third of W's energy", share, 0.3, "dB");
    numbers.check("the same: correlation of two channels", alike, mostAlike, "");
  }

  /** The frequency of a tone whose slope is as steep for its level, Hz. */
  private static double mean(float[] sound) {
    double slope = 0;
    for (int n = 1; n < sound.length; n++) {
      double d = sound[n] - sound[n - 1];
      slope += d * d;
    }
    double ratio = Math.sqrt(slope / Math.max(1e-30, dot(sound, sound))) / 2;
    return Math.asin(Math.min(1, ratio)) / Math.PI * Foa.SAMPLE_RATE;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double[] column(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(r -> r[column]).toArray();
  }
}
