package org.hearsight.app.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.report.chart.Axis;
import org.hearsight.report.chart.Chart;
import org.hearsight.report.chart.Series;
import org.hearsight.simulator.acoustics.AirAbsorption;
import org.hearsight.simulator.acoustics.OctaveBands;
import org.hearsight.simulator.acoustics.PathFinder;
import org.hearsight.simulator.acoustics.RigidWedge;
import org.hearsight.simulator.acoustics.SoundPath;
import org.hearsight.simulator.acoustics.SoundSpeed;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Solid;

/** Levels of single paths beside theory: distance, edges, air. */
final class PathChecks {
  private static final double[] FREQUENCIES = {63, 125, 250, 500, 1000, 2000, 4000, 8000};

  /** ISO 9613-2:1996, table 2, dB per kilometre: °C, percent, then 125 Hz to 8 kHz. */
  private static final double[][] AIR_TABLE = {
    {10, 70, 0.4, 1.0, 1.9, 3.7, 9.7, 32.8, 117},
    {20, 70, 0.3, 1.1, 2.8, 5.0, 9.0, 22.9, 76.6},
    {30, 70, 0.3, 1.0, 3.1, 7.4, 12.7, 23.1, 59.3},
    {15, 20, 0.6, 1.2, 2.7, 8.2, 28.2, 88.8, 202},
    {15, 50, 0.5, 1.2, 2.2, 4.2, 10.8, 36.2, 129}
  };

  private PathChecks() {}

  /** Level over distance in the open, 1 kHz and 8 kHz. */
  static Chart distance(Numbers numbers) {
    Axis x = Axis.logarithmic("distance, m", 1, 100, 1, 2, 5, 10, 20, 50, 100);
    Axis y = new Axis("level re 1 m, dB", -55, 5, 10, "");
    Chart plot =
        new Chart(
            "Direct sound over distance",
            "Lines: the simulator; rings: spherical spreading and air absorption.",
            x,
            y);
    double worst = 0;
    double worstPath = 0;
    for (int band : new int[] {3, 6}) {
      double frequency = OctaveBands.centre(band);
      double perMetre = AirAbsorption.decibelsPerMetre(frequency, 20, 50);
      double[] r = new double[21];
      double[] model = new double[21];
      double[] theory = new double[21];
      for (int i = 0; i < r.length; i++) {
        r[i] = Math.pow(10, i / 10.0);
        SoundPath p = diffracted(empty(), new Vec3(r[i], 0, 0));
        model[i] = decibels(p.gains()[band]);
        theory[i] = -20 * Math.log10(r[i]) - perMetre * r[i];
        worst = Math.max(worst, Math.abs(model[i] - theory[i]));
        worstPath = Math.max(worstPath, Math.abs(p.length() - r[i]));
      }
      int colour = band == 3 ? 1 : 2;
      String name = frequency < 2000 ? "1 kHz" : "8 kHz";
      plot =
          plot.with(Series.line(name, colour, r, model))
              .with(Series.rings(name + ", theory", colour, r, theory));
    }
    numbers.check("direct level is 1/r and air, 1 to 100 m", worst, 0.01, "dB");
    numbers.check("delay is r/c", SoundSpeed.seconds(worstPath) * 1e6, 1, "µs");
    return plot;
  }

  /** Level past the corner of a house, from light to shadow, beside the exact rigid wedge. */
  static Chart edge(Numbers numbers) {
    Axis x = new Axis("angle into the shadow, degrees", -40, 42, 20, "");
    Axis y = new Axis("level re free field, dB", -30, 3, 10, "");
    Chart plot =
        new Chart(
            "Past the corner of a house, 7 m before and behind it",
            "Lines: the simulator; rings: the exact solution for a rigid wedge.",
            x,
            y);
    double r = Math.hypot(5, 5);
    double worst = 0;
    double worstLight = 0;
    Scene house = with(List.of(Box.of(-200, 5, 5, 200, -99, 99)));
    for (int band = 0; band < OctaveBands.COUNT; band++) {
      List<double[]> points = new ArrayList<>();
      for (double into = -40; into <= 42; into += 0.5) {
        double angle = Math.toRadians(225 + into + 1e-3);
        Vec3 source = new Vec3(5 - r * Math.cos(angle), 5 - r * Math.sin(angle), 0);
        SoundPath p = diffracted(house, source);
        double straight = source.norm();
        double model = decibels(p.gains()[band] / AirAbsorption.gain(band, p.length()) * straight);
        double k = 2 * Math.PI * OctaveBands.centre(band) / SoundSpeed.METRES_PER_SECOND;
        double[] d = RigidWedge.diffracted(k, r, r, angle, Math.PI / 4);
        if (into < 0) {
          d[0] += Math.cos(k * straight) / straight;
          d[1] -= Math.sin(k * straight) / straight;
        }
        double exact = decibels(Math.hypot(d[0], d[1]) * straight);
        points.add(new double[] {into, model, exact});
        if (into >= 0) {
          worst = Math.max(worst, Math.abs(model - exact));
        } else {
          worstLight = Math.max(worstLight, Math.abs(model - exact));
        }
      }
      if (band % 2 == 0) {
        int colour = band / 2 + 1;
        double[] xs = points.stream().mapToDouble(q -> q[0]).toArray();
        plot =
            plot.with(
                Series.line(
                    String.format(Locale.ROOT, "%.0f Hz", OctaveBands.centre(band)),
                    colour,
                    xs,
                    points.stream().mapToDouble(q -> q[1]).toArray()));
        List<double[]> few = new ArrayList<>();
        for (int i = 0; i < points.size(); i += 8) {
          few.add(points.get(i));
        }
        plot =
            plot.with(
                Series.rings(
                    band == 6 ? "rings: exact wedge" : null,
                    colour,
                    few.stream().mapToDouble(q -> q[0]).toArray(),
                    few.stream().mapToDouble(q -> q[2]).toArray()));
      }
    }
    numbers.check("diffraction against the exact wedge, shadow, all bands", worst, 1, "dB");
    numbers.check("direct sound beside an edge against the exact wedge", worstLight, 1.2, "dB");
    return plot;
  }

  /** Air absorption over frequency beside the table of the standard. */
  static Chart air(Numbers numbers) {
    Axis x = Axis.logarithmic("frequency, Hz", 63, 8000, 63, 125, 250, 500, 1000, 2000, 4000, 8000);
    Axis y = Axis.logarithmic("attenuation, dB per km", 0.05, 300, 0.1, 1, 10, 100);
    Chart plot =
        new Chart(
            "Air absorption, ISO 9613-1",
            "Lines: the simulator; rings: the standard's printed table.",
            x,
            y);
    double worst = 0;
    for (int row = 0; row < AIR_TABLE.length; row++) {
      double[] table = AIR_TABLE[row];
      double[] model = new double[FREQUENCIES.length];
      for (int i = 0; i < model.length; i++) {
        model[i] = 1000 * AirAbsorption.decibelsPerMetre(exact(i - 1), table[0], table[1]);
      }
      double[] xs = new double[7];
      double[] ys = new double[7];
      for (int b = 0; b < 7; b++) {
        xs[b] = FREQUENCIES[b + 1];
        ys[b] = table[b + 2];
        // The table is printed to a tenth: half of that is its own.
        double off = Math.max(0, Math.abs(model[b + 1] - ys[b]) - 0.05);
        worst = Math.max(worst, 100 * off / ys[b]);
      }
      String name = String.format(Locale.ROOT, "%.0f °C, %.0f %%", table[0], table[1]);
      plot =
          plot.with(Series.line(name, row + 1, FREQUENCIES, model))
              .with(Series.rings(row == 4 ? "rings: printed table" : null, row + 1, xs, ys));
    }
    numbers.check("air absorption against the printed table, beyond its rounding", worst, 1, "%");
    return plot;
  }

  /** Exact octave midband frequency, 125 Hz = 0. */
  private static double exact(int band) {
    return 1000 * Math.pow(10, 0.3 * (band - 3));
  }

  /** Straight on or round the edge, whichever is there. */
  private static SoundPath diffracted(Scene scene, Vec3 source) {
    return new PathFinder(scene, Vec3.ZERO, source.z())
        .find(source).stream()
            .filter(
                p ->
                    p.id().kind() == SoundPath.Kind.DIRECT
                        || p.id().kind() == SoundPath.Kind.AROUND)
            .min(Comparator.comparingDouble(SoundPath::length))
            .orElseThrow();
  }

  static double decibels(double ratio) {
    return 20 * Math.log10(ratio);
  }

  static Scene empty() {
    return with(List.of());
  }

  /** Brick boxes far above any ground. */
  static Scene with(List<Box> boxes) {
    List<Solid> solids =
        boxes.stream()
            .map(b -> new Solid(Solid.Kind.BUILDING, b, Material.BRICK, 0x888888))
            .toList();
    Vec3 sun = new Vec3(0, 0, 1);
    return new Scene(
        "validation", Setting.OUTDOOR, 1000, Material.ASPHALT, solids, null, null, sun);
  }
}
