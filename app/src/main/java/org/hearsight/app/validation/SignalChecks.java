package org.hearsight.app.validation;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.report.chart.Axis;
import org.hearsight.report.chart.Chart;
import org.hearsight.report.chart.Series;
import org.hearsight.simulator.acoustics.Acoustics;
import org.hearsight.simulator.acoustics.Emission;
import org.hearsight.simulator.acoustics.LateReverb;
import org.hearsight.simulator.acoustics.OctaveBands;
import org.hearsight.simulator.acoustics.SceneOfBoxes;
import org.hearsight.simulator.acoustics.SoundSpeed;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Room;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Trajectory;

/** What rendered signals show: decay, Doppler shift, direction. */
final class SignalChecks {
  private static final int RATE = Foa.SAMPLE_RATE;
  private static final int CLIP = 2 * RATE;

  private SignalChecks() {}

  /** Backward-integrated decay of a room of 60 m³ beside Eyring's straight line. */
  static Chart decay(Numbers numbers) {
    Room walls = new Room(1.8, 60, 54, 20, Material.PLASTER, Material.PLASTER, 0);
    Vec3 sun = new Vec3(0, 0, 1);
    Scene room =
        new Scene("validation", Setting.INDOOR, 1.2, Material.PLASTER, List.of(), walls, null, sun);
    LateReverb reverb = new LateReverb(walls, Material.PLASTER);
    Axis x = new Axis("time, s", 0, 1.25, 0.25, "");
    Axis y = new Axis("energy left, dB", -50, 2, 10, "");
    Chart plot =
        new Chart(
            "Decay of a plastered room of 60 m³",
            "Lines: energy left in the rendered tail; rings: Eyring's formula.",
            x,
            y);
    double worst = 0;
    for (int band = 2; band < OctaveBands.COUNT; band++) {
      double[] left = schroeder(room, OctaveBands.centre(band));
      double eyring = reverb.seconds(band);
      double measured = 3 * (first(left, -25) - first(left, -5)) / (double) RATE;
      worst = Math.max(worst, 100 * Math.abs(measured / eyring - 1));
      if (band % 2 == 0) {
        int points = 120;
        double[] xs = new double[points];
        double[] ys = new double[points];
        double[] tx = new double[11];
        double[] ty = new double[11];
        for (int i = 0; i < points; i++) {
          xs[i] = 1.2 * i / points;
          ys[i] = left[(int) (xs[i] * RATE)];
        }
        int anchor = first(left, -5);
        for (int i = 0; i < tx.length; i++) {
          tx[i] = (double) anchor / RATE + i * 0.08;
          ty[i] = -5 - 60 * i * 0.08 / eyring;
        }
        String name = String.format(Locale.ROOT, "%.0f Hz", OctaveBands.centre(band));
        plot =
            plot.with(Series.line(name, band / 2, xs, ys))
                .with(Series.rings(name + ", Eyring", band / 2, tx, ty));
      }
    }
    numbers.check("reverberation time (T20) of the rendered tail against Eyring", worst, 10, "%");
    return plot;
  }

  /**
   * Energy left after each sample, dB, of a band-limited click, from 50 ms after its arrival on.
   */
  private static double[] schroeder(Scene room, double frequency) {
    float[] click = new float[Emission.samplesFor(CLIP)];
    int lead = click.length - CLIP;
    double width = RATE / frequency; // Gaussian, a third of an octave wide
    for (int i = -(int) (4 * width); i <= 4 * width; i++) {
      double bell = Math.exp(-0.5 * i * i / (width * width));
      click[lead + 1200 + i] = (float) (bell * Math.cos(2 * Math.PI * frequency * i / RATE));
    }
    Acoustics acoustics = new Acoustics(new SceneOfBoxes(room), CLIP);
    Trajectory standing = Trajectory.standing(new Vec3(2, 1, 0), 2);
    acoustics.add(new Emission(click, lead, standing), new SplittableRandom(8));
    float[] w = acoustics.pressure()[0];
    int from = 1200 + 1200;
    double[] left = new double[w.length - from];
    double sum = 0;
    for (int i = left.length - 1; i >= 0; i--) {
      sum += (double) w[from + i] * w[from + i];
      left[i] = sum;
    }
    double whole = left[0];
    for (int i = 0; i < left.length; i++) {
      left[i] = 10 * Math.log10(Math.max(left[i] / whole, 1e-12));
    }
    return left;
  }

  private static int first(double[] left, double level) {
    int i = 0;
    while (left[i] > level) {
      i++;
    }
    return i;
  }

  /** The pitch of a tone that drives past, beside theory. */
  static Chart doppler(Numbers numbers) {
    double frequency = 1000;
    Trajectory way = new Trajectory(new Vec3(-20, 4, 0), new Vec3(20, 4, 0), 2);
    float[] tone = new float[Emission.samplesFor(CLIP)];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * frequency * i / RATE);
    }
    float[] w = play(tone, way)[0];
    int window = 1200;
    int count = CLIP / window - 2;
    double[] time = new double[count];
    double[] model = new double[count];
    double[] theory = new double[count];
    double worst = 0;
    for (int k = 0; k < count; k++) {
      int from = (k + 1) * window;
      double[] span = crossings(w, from, from + window);
      time[k] = (span[0] + span[1]) / 2 / RATE;
      model[k] = span[2] * RATE / (span[1] - span[0]);
      double a = emitted(way, span[0] / RATE);
      double b = emitted(way, span[1] / RATE);
      theory[k] = frequency * (b - a) / ((span[1] - span[0]) / RATE);
      worst = Math.max(worst, 100 * Math.abs(model[k] / theory[k] - 1));
    }
    Axis x = new Axis("time, s", 0, 2, 0.5, "");
    Axis y = new Axis("frequency, Hz", 930, 1070, 20, "");
    numbers.check("pitch of a 1 kHz tone passing at 20 m/s", worst, 0.5, "%");
    return new Chart(
            "Doppler shift: 1 kHz passing at 20 m/s, 4 m away",
            "Line: the rendered frequency; rings: theory.",
            x,
            y)
        .with(Series.line("rendered", 1, time, model))
        .with(Series.rings("theory", 2, time, theory));
  }

  /** When that was emitted what arrives at {@code time}, by bisection. */
  private static double emitted(Trajectory way, double time) {
    double low = time - 1;
    double high = time;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      boolean early = middle + SoundSpeed.seconds(way.at(middle).norm()) < time;
      low = early ? middle : low;
      high = early ? high : middle;
    }
    return low;
  }

  /** First and last rising zero crossing of a window, and how many cycles lie between. */
  private static double[] crossings(float[] w, int from, int to) {
    double first = -1;
    double last = -1;
    int cycles = -1;
    for (int i = from; i < to; i++) {
      if (w[i - 1] < 0 && w[i] >= 0) {
        last = i - w[i] / (w[i] - w[i - 1]);
        first = first < 0 ? last : first;
        cycles++;
      }
    }
    return new double[] {first, last, cycles};
  }

  /** The intensity vector of noise from many directions. */
  static void direction(Numbers numbers) {
    SplittableRandom random = new SplittableRandom(4);
    float[] noise = new float[Emission.samplesFor(CLIP)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    double worst = 0;
    for (double azimuth = -180; azimuth < 180; azimuth += 40) {
      for (double elevation = -60; elevation <= 60; elevation += 40) {
        Direction truth = new Direction(azimuth, elevation);
        float[][] p = play(noise, Trajectory.standing(truth.at(4), 2));
        Vec3 intensity = new Vec3(dot(p, Foa.X), dot(p, Foa.Y), dot(p, Foa.Z));
        worst = Math.max(worst, Direction.of(intensity).angleTo(truth));
      }
    }
    numbers.check("intensity vector of a direct sound", worst, 1, "°");
  }

  private static double dot(float[][] p, int channel) {
    double sum = 0;
    for (int i = 0; i < p[0].length; i++) {
      sum += (double) p[0][i] * p[channel][i];
    }
    return sum;
  }

  private static float[][] play(float[] samples, Trajectory way) {
    Acoustics acoustics = new Acoustics(new SceneOfBoxes(PathChecks.empty()), CLIP);
    acoustics.add(new Emission(samples, samples.length - CLIP, way), new SplittableRandom(1));
    return acoustics.pressure();
  }
}
