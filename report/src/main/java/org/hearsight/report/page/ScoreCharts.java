package org.hearsight.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.hearsight.core.geometry.Thresholds;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.Reliability;
import org.hearsight.core.metrics.ReliabilityBin;
import org.hearsight.report.chart.Axis;
import org.hearsight.report.chart.Chart;
import org.hearsight.report.chart.Chart.Mark;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Series;
import org.hearsight.report.chart.Series.Stroke;

/** The report's charts, from its data. */
public final class ScoreCharts {
  private ScoreCharts() {}

  /** Share of hidden hazards whose direction error is at most x. */
  public static Chart hiddenAngles(List<ReportData.SystemResult> systems) {
    return angles(
        "hidden hazards",
        systems,
        ReportData.SystemResult::hiddenAngles,
        s -> s.hidden().localization().medianAngle());
  }

  /** The same of all hazards. */
  public static Chart allAngles(List<ReportData.SystemResult> systems) {
    return angles(
        "all hazards",
        systems,
        ReportData.SystemResult::angles,
        s -> s.overall().localization().medianAngle());
  }

  private static Chart angles(
      String which,
      List<ReportData.SystemResult> systems,
      Function<ReportData.SystemResult, double[]> angles,
      ToDoubleFunction<ImaginationScores> median) {
    List<Series> series = new ArrayList<>();
    StringBuilder said = new StringBuilder();
    for (ReportData.SystemResult s : systems) {
      double[] sorted = angles.apply(s).clone();
      Arrays.sort(sorted);
      // A step function: before and after each error.
      double[] x = new double[2 * sorted.length + 2];
      double[] y = new double[x.length];
      for (int i = 0; i < sorted.length; i++) {
        x[2 * i + 1] = sorted[i];
        x[2 * i + 2] = sorted[i];
        y[2 * i + 1] = 100.0 * i / sorted.length;
        y[2 * i + 2] = 100.0 * (i + 1) / sorted.length;
      }
      x[x.length - 1] = 180;
      y[y.length - 1] = sorted.length == 0 ? Double.NaN : 100;
      y[0] = sorted.length == 0 ? Double.NaN : 0;
      int k = series.size();
      series.add(new Series(s.name(), k % 5 + 1, Stroke.of(k), false, x, y));
      said.append(s.name()).append(": median ");
      said.append(Figures.degrees(median.applyAsDouble(s.scores()))).append(". ");
    }
    return new Chart(
        "Direction error, " + which,
        said.toString(),
        new Axis("direction error at most", 0, 180, 30, "°"),
        new Axis("share of " + which, 0, 100, 25, " %"),
        series,
        List.of(new Mark(Thresholds.RIGHT_ANGLE, "20°")));
  }

  /** The adapter's weights against occlusion. */
  public static Chart reliability(List<ReliabilityBin> bins) {
    double[] x = column(bins, b -> 100 * (b.from() + b.to()) / 2);
    double[] audio = column(bins, ReliabilityBin::audio);
    ReliabilityBin first = bins.get(0);
    ReliabilityBin last = bins.get(bins.size() - 1);
    return new Chart(
        "How far each sense is trusted",
        "The weight of what is heard goes from %s at low to %s at high occlusion."
            .formatted(Figures.fixed(first.audio(), 2), Figures.fixed(last.audio(), 2)),
        new Axis("occlusion of the view", 0, 100, 20, " %"),
        new Axis("reliability weight", 0, 1, 0.25, ""),
        List.of(
            new Series("heard (audio)", 1, Stroke.SOLID, true, x, audio),
            new Series(
                "seen (vision)", 2, Stroke.DASHED, true, x, column(bins, ReliabilityBin::visual))),
        List.of());
  }

  /** Said confidence against the share of right answers. */
  public static Chart calibration(Reliability calibration) {
    List<Reliability.Bin> bins = calibration.bins();
    double[] ends = {0, 1};
    return new Chart(
        "Is the confidence honest?",
        "Expected calibration error " + Figures.fixed(calibration.ece(), 3) + ".",
        new Axis("stated confidence", 0, 1, 0.2, ""),
        new Axis("share of right answers", 0, 1, 0.25, ""),
        List.of(
            new Series("honest", 5, Stroke.DOTTED, false, ends, ends),
            new Series(
                "measured, calibration error " + Figures.fixed(calibration.ece(), 3),
                1,
                Stroke.SOLID,
                true,
                column(bins, Reliability.Bin::meanConfidence),
                column(bins, Reliability.Bin::rightShare))),
        List.of());
  }

  /** Training and validation loss by epoch. */
  public static Chart loss(ReportData.Training training) {
    double[] train = column(training.epochs(), ReportData.Epoch::trainLoss);
    double[] validation = column(training.epochs(), ReportData.Epoch::validationLoss);
    double highest = Math.max(highest(train), highest(validation));
    double lowest = Math.min(0, Math.min(lowest(train), lowest(validation)));
    double[] x = column(training.epochs(), e -> e.number());
    return new Chart(
        "Loss",
        "%d epochs; the last training loss is %s, validation %s."
            .formatted(x.length, last(train), last(validation)),
        epochs(x),
        Axis.upTo("loss", lowest, highest, ""),
        List.of(
            new Series("training", 1, Stroke.SOLID, x.length < 3, x, train),
            new Series("validation", 2, Stroke.DASHED, x.length < 3, x, validation)),
        marks(training));
  }

  /** Validation direction error by epoch. */
  public static Chart validationAngle(ReportData.Training training) {
    double[] x = column(training.epochs(), e -> e.number());
    double[] angle = column(training.epochs(), ReportData.Epoch::validationAngle);
    return new Chart(
        "Direction error, validation",
        "Median, from %s to %s."
            .formatted(
                angle.length == 0 ? Figures.NOTHING : Figures.degrees(angle[0]), last(angle)),
        epochs(x),
        Axis.upTo("median direction error", 0, highest(angle), "°"),
        List.of(new Series("validation", 1, Stroke.SOLID, x.length < 3, x, angle)),
        marks(training));
  }

  private static Axis epochs(double[] x) {
    double first = x.length == 0 ? 0 : x[0];
    double last = x.length == 0 ? 1 : x[x.length - 1];
    Axis axis = Axis.exact("epoch", Math.min(first, last - 1), last, "");
    return axis.step() < 1 ? new Axis("epoch", axis.min(), axis.max(), 1, "") : axis;
  }

  private static List<Mark> marks(ReportData.Training training) {
    return training.stageTwoFrom() > 1
        ? List.of(new Mark(training.stageTwoFrom() - 0.5, "stage 2"))
        : List.of();
  }

  private static <T> double[] column(List<T> rows, ToDoubleFunction<T> value) {
    return rows.stream().mapToDouble(value).toArray();
  }

  private static double highest(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
  }

  private static double lowest(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
  }

  private static String last(double[] values) {
    return values.length == 0 ? Figures.NOTHING : Figures.fixed(values[values.length - 1], 2);
  }
}
