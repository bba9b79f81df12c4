package org.hearsight.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.PlaceScores;
import org.hearsight.core.metrics.Reliability;
import org.hearsight.core.metrics.RiskCoverage;
import org.hearsight.report.chart.Axis;
import org.hearsight.report.chart.Chart;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Series;
import org.hearsight.report.chart.Series.Stroke;

/** Charts of what a model's confidence and regions are worth. */
final class EvidenceCharts {
  private static final double[] STATED = {50, 80, 90};

  /** Bins of fewer answers say nothing. */
  private static final int FEWEST = 5;

  private EvidenceCharts() {}

  /** Share of wrong answers among the most confident ones. */
  static Chart riskCoverage(RiskCoverage curve) {
    List<RiskCoverage.Point> points = curve.points();
    double[] x = points.stream().mapToDouble(p -> 100 * p.coverage()).toArray();
    double[] y = points.stream().mapToDouble(p -> 100 * p.risk()).toArray();
    double all = y[y.length - 1];
    return new Chart(
        "Wrong answers, if only confident ones are given",
        "Area %s, at best %s; all answers: %s wrong."
            .formatted(
                Figures.fixed(curve.area(), 3),
                Figures.fixed(curve.best(), 3),
                Figures.percent(all / 100)),
        new Axis("share of scenes that are answered", 0, 100, 25, " %"),
        Axis.upTo("wrong answers", 0, Math.max(10, max(y)), " %"),
        List.of(
            new Series(
                "by confidence, area " + Figures.fixed(curve.area(), 3),
                1,
                Stroke.SOLID,
                false,
                x,
                y),
            new Series(
                "best possible order, area " + Figures.fixed(curve.best(), 3),
                3,
                Stroke.DASHED,
                false,
                best(all)[0],
                best(all)[1]),
            new Series(
                "without an order",
                5,
                Stroke.DOTTED,
                false,
                new double[] {0, 100},
                new double[] {all, all})),
        List.of());
  }

  /** Right answers first: none wrong up to their share, then more and more. */
  private static double[][] best(double wrong) {
    int n = 51;
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = 100.0 * i / (n - 1);
      y[i] = x[i] <= 100 - wrong ? 0 : 100 * (x[i] - (100 - wrong)) / x[i];
    }
    return new double[][] {x, y};
  }

  /** The reliability diagram of each group of hazards. */
  static Chart calibrationByVisibility(ImaginationScores scores) {
    List<Series> series = new ArrayList<>();
    double[] ends = {0, 1};
    series.add(new Series("honest", 5, Stroke.DOTTED, false, ends, ends));
    StringBuilder said = new StringBuilder();
    for (Map.Entry<String, ImaginationScores.Slice> s : scores.visibilityBins().entrySet()) {
      Reliability r = s.getValue().calibration();
      List<Reliability.Bin> bins = r.bins().stream().filter(b -> b.count() >= FEWEST).toList();
      String name = s.getKey() + ", error " + Figures.fixed(r.ece(), 2);
      int k = series.size();
      series.add(
          new Series(
              name,
              k,
              Stroke.of(k - 1),
              true,
              bins.stream().mapToDouble(Reliability.Bin::meanConfidence).toArray(),
              bins.stream().mapToDouble(Reliability.Bin::rightShare).toArray()));
      said.append(name).append(". ");
    }
    return new Chart(
        "… of hazards, by visibility",
        said + "Bins of fewer than " + FEWEST + " answers are left out.",
        new Axis("stated confidence", 0, 1, 0.2, ""),
        new Axis("share of right answers", 0, 1, 0.25, ""),
        series,
        List.of());
  }

  /** How many hazards lie in their regions. */
  static Chart coverage(ImaginationScores scores) {
    return regions(
        "Hazards within their region",
        new Axis("share of hazards", 0, 100, 25, " %"),
        scores,
        p -> new double[] {p.coverage50(), p.coverage80(), p.coverage90()},
        List.of(
            new Series(
                "as stated",
                5,
                Stroke.DOTTED,
                false,
                new double[] {40, 100},
                new double[] {40, 100})));
  }

  /** How much of the map the regions take. */
  static Chart regionSize(ImaginationScores scores) {
    double most =
        scores.visibilityBins().values().stream()
            .filter(s -> s.places() != null)
            .mapToDouble(s -> 100 * s.places().size90())
            .max()
            .orElse(10);
    return regions(
        "Size of the regions",
        Axis.upTo("share of the map, median", 0, most, " %"),
        scores,
        p -> new double[] {p.size50(), p.size80(), p.size90()},
        List.of());
  }

  private static Chart regions(
      String title,
      Axis y,
      ImaginationScores scores,
      Function<PlaceScores, double[]> shares,
      List<Series> first) {
    List<Series> series = new ArrayList<>(first);
    StringBuilder said = new StringBuilder();
    int k = 0;
    for (Map.Entry<String, ImaginationScores.Slice> s : scores.visibilityBins().entrySet()) {
      if (s.getValue().places() != null) {
        double[] values = shares.apply(s.getValue().places());
        double[] percent = {100 * values[0], 100 * values[1], 100 * values[2]};
        series.add(new Series(s.getKey(), k + 1, Stroke.of(k), true, STATED, percent));
        said.append(s.getKey())
            .append(": ")
            .append(Figures.percent(values[2]))
            .append(" at 90 %. ");
      }
      k++;
    }
    return new Chart(
        title,
        said.toString(),
        new Axis("stated probability", 40, 100, 10, " %"),
        y,
        series,
        List.of());
  }

  private static double max(double[] values) {
    double most = 0;
    for (double v : values) {
      most = Math.max(most, v);
    }
    return most;
  }
}
