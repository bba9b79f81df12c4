package org.hearsight.report.page;

import java.nio.file.Path;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.metrics.Classification;
import org.hearsight.core.metrics.Criterion;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.report.chart.ConfusionChart;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/** A run of the demo as one self-contained HTML page; the same data give the same bytes. */
public final class DemoReport {
  private final ReportData data;

  private DemoReport(ReportData data) {
    this.data = data;
  }

  /** Writes the page in one step. */
  public static void write(Path file, ReportData data) {
    AtomicFile.writeText(file, html(data));
  }

  /** The page's text. */
  public static String html(ReportData data) {
    return new DemoReport(data).page();
  }

  private String page() {
    Page page = new Page(data.title(), data.summary()).head(this::keyFigures);
    page.section("systems", "Heard, not seen: who finds the hazard?", this::systems);
    ImaginationScores model = data.systems().get(0).scores();
    if (PartsTable.hasParts(model)) {
      page.section("parts", "Where it is good, and where it is not", this::parts);
    }
    OriginSection.add(page, model);
    page.section("senses", "Direction, trust and honesty", this::senses);
    if (data.training() != null && !data.training().epochs().isEmpty()) {
      page.section("training", "Training", this::training);
    }
    page.section(
        "classes",
        "Which classes are confused?",
        out -> ConfusionChart.draw(model.classification(), out));
    if (!data.scenes().isEmpty()) {
      String title = data.scenes().size() == 1 ? "One scene" : "Scenes from above";
      page.section("scenes", title, this::scenes);
    }
    page.section("run", "The run", this::run);
    return page.html();
  }

  private void keyFigures(Markup out) {
    ImaginationScores model = data.systems().get(0).scores();
    out.open("dl", "class", "tiles");
    double angle = model.hidden().localization().medianAngle();
    String rivals = rivals();
    Page.tile(out, "median direction error, hidden hazards", Figures.degrees(angle), rivals);
    double near = model.hidden().localization().within20();
    Page.tile(out, "hidden hazards placed within 20°", Figures.percent(near), null);
    Classification c = model.classification();
    String f1 = "macro F1 " + Figures.fixed(c.macroF1(), 2);
    Page.tile(
        out, "classes named right, of " + model.scenarios(), Figures.percent(c.accuracy()), f1);
    String alarms = "false alarms " + Figures.percent(c.falseAlarmRate());
    Page.tile(out, "hazards missed", Figures.percent(c.missRate()), alarms);
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

  private void systems(Markup out) {
    SystemTable.draw(data.systems(), out);
  }

  private void parts(Markup out) {
    if (!data.systems().get(0).scores().parts(Criterion.HIDDEN).isEmpty()) {
      SystemTable.drawHidden(data.systems(), out);
    }
    PartsTable.draw(data.systems().get(0).scores(), out);
  }

  private void senses(Markup out) {
    ReportData.SystemResult model = data.systems().get(0);
    out.open("div", "class", "charts");
    ScoreCharts.hiddenAngles(data.systems()).draw(out);
    if (!model.scores().reliability().isEmpty()) {
      ScoreCharts.reliability(model.scores().reliability()).draw(out);
    }
    if (!model.scores().overall().calibration().bins().isEmpty()) {
      ScoreCharts.calibration(model.scores().overall().calibration()).draw(out);
    }
    out.close();
  }

  private void training(Markup out) {
    ReportData.Training t = data.training();
    out.open("div", "class", "charts");
    if (t.stageTwoFrom() > 1) {
      out.leaf("p", stages(t), "class", "aside");
    }
    ScoreCharts.loss(t).draw(out);
    ScoreCharts.validationAngle(t).draw(out);
    out.close();
  }

  private static String stages(ReportData.Training t) {
    String kept = t.bestEpoch() > 0 ? " The weights of epoch " + t.bestEpoch() + " are kept." : "";
    return "Stage 1 trains adapter and heads on frozen encoders. From epoch "
        + t.stageTwoFrom()
        + " on, stage 2 also fine-tunes the upper half of the audio encoder at a lower rate."
        + kept;
  }

  private void scenes(Markup out) {
    TopDownMap.legend(out, data.scenes());
    out.open("div", "class", "scenes");
    data.scenes().forEach(s -> SceneCard.draw(s, out));
    out.close();
  }

  private void run(Markup out) {
    Page.facts(out, data.facts());
    Page.notes(out, data.notes());
  }
}
