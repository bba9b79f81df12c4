package org.hearsight.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {
  @Test
  void linesRunFromCornerToCornerAndBreakAtGaps() {
    Axis x = new Axis("epoch", 0, 4, 1, "");
    Axis y = new Axis("loss", 0, 1, 0.5, "");
    Series series =
        new Series(
            "train",
            1,
            Series.Stroke.DASHED,
            false,
            new double[] {0, 1, 2, 3, 4},
            new double[] {0, 0.5, Double.NaN, 0.5, 1});
    Markup out = new Markup();

    new Chart("Loss", "falls", x, y, List.of(series), List.of(new Chart.Mark(2, "now"))).draw(out);

    // The plot spans 60 to 321 across and 206 to 22 up the page.
    assertThat(out.toString())
        .contains("class=\"line c1 dashed\" d=\"M60 206L125.3 114M255.8 114L321 22\"")
        .contains("aria-label=\"Loss. falls\"")
        .contains(">now</text>", ">epoch</text>", ">loss</text>", ">0.5</text>");
  }

  @Test
  void aSeriesWithoutANameIsNotInTheLegend() {
    Axis axis = new Axis("epoch", 0, 4, 1, "");
    double[] values = {0, 4};
    Markup out = new Markup();

    Chart chart =
        new Chart("Loss", "falls", axis, axis)
            .with(Series.line("train", 1, values, values), Series.rings(null, 1, values, values));
    chart.draw(out);

    assertThat(out.toString()).containsOnlyOnce("<li>").doesNotContain("null");
    assertThat(chart.document()).doesNotContain("null");
  }

  @Test
  void axesHaveRoundTicksThatCoverTheData() {
    Axis loss = Axis.upTo("loss", 0, 4.37, "");
    Axis small = Axis.upTo("share", 0, 0.11, "");

    assertThat(loss.ticks()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
    assertThat(loss.tickLabel(2)).isEqualTo("2");
    assertThat(small.step()).isEqualTo(0.025);
    assertThat(small.max()).isGreaterThanOrEqualTo(0.11);
    assertThat(small.tickLabel(0.025)).isEqualTo("0.025");
    assertThat(new Axis("error", 0, 180, 30, "°").ticks()).hasSize(7);
    assertThat(Axis.upTo("flat", 0, 0, "").max()).isEqualTo(1);
    assertThat(Axis.exact("degrees", -3, 3, "°").tickLabel(-2)).isEqualTo("−2°");
  }
}
