package org.hearsight.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.metrics.Classification;
import org.hearsight.core.metrics.Criterion;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.PartTable;
import org.hearsight.report.chart.Chart;
import org.hearsight.report.chart.ConfusionChart;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/**
 * A run of the demo as one self-contained HTML page: style, drawings and pictures are inside, and a
 * content policy forbids the browser to fetch anything. The same data give the same bytes.
 */
public final class DemoReport {
  private final ReportData data;
  private final Markup out = new Markup();

  private DemoReport(ReportData data) {
    this.data = data;
  }

  /** Writes the page in one step. */
  public static void write(Path file, ReportData data) {
    AtomicFile.writeText(file, html(data));
  }

  /** The page's text. */
  public static String html(ReportData data) {
    return "<!DOCTYPE html>\n" + new DemoReport(data).page() + "\n";
  }

  private String page() {
    out.open("html", "lang", "en").open("head");
    out.empty("meta", "charset", "utf-8");
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.empty("meta", "name", "color-scheme", "content", "light dark");
    out.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
    out.leaf("title", data.title()).style(Chart.css() + css()).close();
    out.open("body").open("main");
    out.open("header", "class", "top").leaf("h1", data.title());
    out.leaf("p", data.summary(), "class", "lead").close();
    keyFigures();
    systems();
    parts();
    senses();
    if (data.training() != null && !data.training().epochs().isEmpty()) {
      training();
    }
    classes();
    scenes();
    run();
    return out.close().close().close().toString();
  }

  private void keyFigures() {
    ImaginationScores model = data.systems().get(0).scores();
    out.open("dl", "class", "tiles");
    double angle = model.hidden().localization().medianAngle();
    tile("median direction error, hidden hazards", Figures.degrees(angle), rivals());
    double near = model.hidden().localization().within20();
    tile("hidden hazards placed within 20°", Figures.percent(near), null);
    Classification c = model.classification();
    String f1 = "macro F1 " + Figures.fixed(c.macroF1(), 2);
    tile("classes named right, of " + model.scenarios(), Figures.percent(c.accuracy()), f1);
    String alarms = "false alarms " + Figures.percent(c.falseAlarmRate());
    tile("hazards missed", Figures.percent(c.missRate()), alarms);
    out.close();
  }

  private String rivals() {
    if (data.systems().size() < 2) {
      return null;
    }
    ReportData.SystemResult other = data.systems().get(1);
    double angle = other.scores().hidden().localization().medianAngle();
    return other.name() + ": " + Figures.degrees(angle);
  }

  private void tile(String label, String value, String beside) {
    out.open("div").leaf("dt", label).leaf("dd", value);
    if (beside != null) {
      out.leaf("dd", beside, "class", "beside");
    }
    out.close();
  }

  private void systems() {
    section("Heard, not seen: who finds the hazard?");
    SystemTable.draw(data.systems(), out);
    out.close();
  }

  private void parts() {
    for (PartTable table : PartTable.all(data.systems().get(0).scores())) {
      section(PartSection.title(table.criterion()));
      if (table.criterion() == Criterion.HIDDEN) {
        SystemTable.drawHidden(data.systems(), out);
      }
      PartSection.draw(table, out);
      out.close();
    }
  }

  private void senses() {
    ReportData.SystemResult model = data.systems().get(0);
    section("Direction, trust and honesty");
    out.open("div", "class", "charts");
    ScoreCharts.angles(data.systems()).draw(out);
    if (!model.scores().reliability().isEmpty()) {
      ScoreCharts.reliability(model.scores().reliability()).draw(out);
    }
    if (!model.scores().overall().calibration().bins().isEmpty()) {
      ScoreCharts.calibration(model.scores().overall().calibration()).draw(out);
    }
    out.close().close();
  }

  private void training() {
    section("Training");
    ReportData.Training t = data.training();
    out.open("div", "class", "charts");
    if (t.stageTwoFrom() > 1) {
      out.leaf("p", stages(t), "class", "aside");
    }
    ScoreCharts.loss(t).draw(out);
    ScoreCharts.validationAngle(t).draw(out);
    out.close().close();
  }

  private static String stages(ReportData.Training t) {
    String kept = t.bestEpoch() > 0 ? " The weights of epoch " + t.bestEpoch() + " are kept." : "";
    return "Stage 1 trains adapter and heads on frozen encoders. From epoch "
        + t.stageTwoFrom()
        + " on, stage 2 also fine-tunes the upper half of the audio encoder at a lower rate."
        + kept;
  }

  private void classes() {
    section("Which classes are confused?");
    ConfusionChart.draw(data.systems().get(0).scores().classification(), out);
    out.close();
  }

  private void scenes() {
    if (data.scenes().isEmpty()) {
      return;
    }
    section(data.scenes().size() == 1 ? "One scene" : "Scenes from above");
    TopDownMap.legend(out);
    out.open("div", "class", "scenes");
    data.scenes().forEach(s -> SceneCard.draw(s, out));
    out.close().close();
  }

  private void run() {
    section("The run");
    out.open("dl", "class", "run");
    for (ReportData.Fact f : data.facts()) {
      out.open("div").leaf("dt", f.label()).leaf("dd", f.value()).close();
    }
    out.close();
    List<String> notes = data.notes();
    if (!notes.isEmpty()) {
      out.leaf("h3", "To bear in mind").open("ul", "class", "notes");
      notes.forEach(n -> out.leaf("li", n));
      out.close();
    }
    out.close();
  }

  private void section(String title) {
    out.open("section").leaf("h2", title);
  }

  private static String css() {
    try (InputStream in = DemoReport.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the jar lacks report.css", e);
    }
  }
}
