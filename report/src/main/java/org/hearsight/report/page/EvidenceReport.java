package org.hearsight.report.page;

import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.metrics.Classification;
import org.hearsight.core.metrics.Comparison;
import org.hearsight.core.metrics.Criterion;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.Localization;
import org.hearsight.core.metrics.PlaceScores;
import org.hearsight.core.metrics.Reliability;
import org.hearsight.report.chart.ConfusionChart;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/**
 * An evaluation as one self-contained HTML page: what is claimed of a model, beside what it takes
 * to check it. The same data give the same bytes.
 */
public final class EvidenceReport {
  private final EvidenceData data;
  private final ImaginationScores model;

  private EvidenceReport(EvidenceData data) {
    this.data = data;
    this.model = data.systems().get(0).scores();
  }

  /** Writes the page in one step. */
  public static void write(Path file, EvidenceData data) {
    AtomicFile.writeText(file, html(data));
  }

  /** The page's text. */
  public static String html(EvidenceData data) {
    return new EvidenceReport(data).page();
  }

  private String page() {
    Page page = new Page(data.title(), data.summary()).head(this::keyFigures);
    if (data.compared() != null) {
      page.section("compared", "Model against model", this::compared);
    }
    page.section("systems", "Beside the baselines", this::systems);
    page.section("parts", "Where it is good, and where it is not", this::parts);
    OriginSection.add(page, model);
    page.section("errors", "How far off", this::errors);
    page.section(
        "classes",
        "Which classes are confused",
        out -> ConfusionChart.draw(model.classification(), out));
    page.section("confidence", "Does the confidence mean what it says?", this::confidence);
    if (model.overall().places() != null) {
      page.section("regions", "Do the regions hold what they promise?", this::regions);
    }
    if (!model.reliability().isEmpty()) {
      page.section("senses", "Which sense is trusted", this::senses);
    }
    cases(page, "worst", "The worst cases", data.worst());
    cases(page, "median", "Cases around the median", data.median());
    page.section("run", "Where this comes from", this::run);
    return page.html();
  }

  private void keyFigures(Markup out) {
    Localization hidden = model.hidden().localization();
    out.open("dl", "class", "tiles");
    Page.tile(
        out,
        "median direction error, hidden hazards",
        Figures.degrees(hidden.medianAngle()),
        interval(hidden));
    Page.tile(
        out,
        "hidden hazards placed within 20°",
        Figures.percent(hidden.within20()),
        "of " + hidden.count());
    Classification c = model.classification();
    Page.tile(
        out,
        "classes named right, of " + model.scenarios(),
        Figures.percent(c.accuracy()),
        "macro F1 " + Figures.fixed(c.macroF1(), 2));
    Page.tile(
        out,
        "hazards missed",
        Figures.percent(c.missRate()),
        "false alarms " + Figures.percent(c.falseAlarmRate()));
    Reliability k = model.overall().calibration();
    Page.tile(
        out,
        "class and place right",
        Figures.percent(k.rightShare()),
        "said " + Figures.percent(k.meanConfidence()));
    PlaceScores places = model.hidden().places();
    if (places != null) {
      Page.tile(
          out,
          "hidden hazards in their 90 % region",
          Figures.percent(places.coverage90()),
          Figures.percent(places.size90()) + " of the map");
    }
    out.close();
  }

  private static String interval(Localization l) {
    return l.count() == 0
        ? null
        : "95 %% interval %s to %s"
            .formatted(Figures.degrees(l.medianAngleLow()), Figures.degrees(l.medianAngleHigh()));
  }

  private void systems(Markup out) {
    SystemTable.draw(data.systems(), out);
    if (!model.parts(Criterion.HIDDEN).isEmpty()) {
      SystemTable.drawHidden(data.systems(), out);
    }
    ComparisonTable.draw(data.baselines(), out);
  }

  private void compared(Markup out) {
    Comparison comparison = data.compared().comparison();
    ComparisonTable.draw(comparison, out);
    for (Comparison.Pair pair : comparison.pairs()) {
      out.leaf("h3", "Where " + pair.second() + " differs most");
      ComparisonTable.apart(comparison.first(), pair, out);
      out.open("div", "class", "scenes");
      for (EvidenceData.Disagreement d : data.compared().scenes()) {
        if (d.second().equals(pair.second())) {
          SceneCard.drawBoth(comparison.first(), d, out);
        }
      }
      out.close();
    }
  }

  private void parts(Markup out) {
    PartsTable.draw(model, out);
  }

  private void errors(Markup out) {
    // Who never names a place has no distribution.
    List<ReportData.SystemResult> placing =
        data.systems().stream()
            .filter(s -> s.scores().overall().localization().medianAngle() < 180)
            .toList();
    out.open("div", "class", "charts wide");
    ScoreCharts.hiddenAngles(placing).draw(out);
    ScoreCharts.allAngles(placing).draw(out);
    out.close();
  }

  private void confidence(Markup out) {
    out.open("div", "class", "charts");
    ScoreCharts.calibration(model.overall().calibration()).draw(out);
    EvidenceCharts.calibrationByVisibility(model).draw(out);
    if (model.riskCoverage() != null && !model.riskCoverage().points().isEmpty()) {
      EvidenceCharts.riskCoverage(model.riskCoverage()).draw(out);
    }
    out.close();
  }

  private void regions(Markup out) {
    out.open("div", "class", "charts");
    EvidenceCharts.coverage(model).draw(out);
    EvidenceCharts.regionSize(model).draw(out);
    out.close();
    RegionTable.draw(model, out);
  }

  private void senses(Markup out) {
    out.open("div", "class", "charts");
    ScoreCharts.reliability(model.reliability()).draw(out);
    out.close();
  }

  private static void cases(Page page, String id, String title, List<ReportData.Scene> scenes) {
    if (!scenes.isEmpty()) {
      page.section(
          id,
          title,
          out -> {
            TopDownMap.legend(out, scenes);
            out.open("div", "class", "scenes");
            scenes.forEach(s -> SceneCard.draw(s, out));
            out.close();
          });
    }
  }

  private void run(Markup out) {
    Page.facts(out, data.facts());
    Page.notes(out, data.notes());
  }
}
