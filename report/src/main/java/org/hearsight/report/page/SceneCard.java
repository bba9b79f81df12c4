package org.hearsight.report.page;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.geometry.Thresholds;
import org.hearsight.core.metrics.Correctness;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.report.chart.ConfusionChart;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/** One scenario: what the camera saw, the map, the truth and the answer. */
final class SceneCard {
  private SceneCard() {}

  static void draw(ReportData.Scene scene, Markup out) {
    Scenario truth = scene.truth();
    out.open("article", "class", "scene");
    out.open("header").leaf("h3", title(scene));
    boolean right = isRight(scene);
    out.leaf("span", right ? "✓ right" : "✗ " + fault(scene), "class", right ? "yes" : "no");
    out.close();
    out.open("div", "class", "sight");
    TopDownMap.draw(scene, out);
    out.open("div", "class", "seen");
    picture(out, scene.pictures().rgb(), "picture", "What the camera saw");
    picture(
        out,
        scene.pictures().depth(),
        "depth, yellow near",
        "Depth, yellow near, violet far, gray nothing");
    String occluded = "occluded " + Figures.percent(truth.occlusionLevel());
    picture(
        out, scene.pictures().occlusion(), occluded, "Occlusion map, white is hidden from view");
    out.close().close();
    if (scene.sound() != null) {
      sound(out, scene.sound());
    }
    facts(scene, out);
    out.close();
  }

  /** One scenario with the answers of two models. */
  static void drawBoth(String first, EvidenceData.Disagreement d, Markup out) {
    out.open("article", "class", "scene");
    out.open("header").leaf("h3", title(d.first())).close();
    out.open("div", "class", "both");
    half(first, d.first(), out);
    half(d.second(), d.other(), out);
    out.close();
    if (d.first().sound() != null) {
      sound(out, d.first().sound());
    }
    out.open("p", "class", "errors").leaf("span", d.first().truth().id(), "class", "id").close();
    out.close();
  }

  private static void half(String name, ReportData.Scene scene, Markup out) {
    out.open("div").open("p", "class", "errors").leaf("b", name).text(": ");
    out.text(ConfusionChart.readable(scene.answerClass()) + ", " + Figures.place(scene.answer()));
    out.text(". Confidence " + Figures.fixed(scene.confidence(), 2) + ". ");
    boolean right = isRight(scene);
    out.leaf("span", right ? "✓ right" : "✗ " + fault(scene), "class", right ? "yes" : "no");
    out.close();
    TopDownMap.draw(scene, out);
    out.close();
  }

  private static void sound(Markup out, ReportData.Sound sound) {
    out.open("figure", "class", "heard").open("div", "class", "spectrogram");
    String png = "data:image/png;base64," + Base64.getEncoder().encodeToString(sound.spectrogram());
    out.empty("img", "src", png, "alt", "Spectrogram, yellow loud, violet quiet");
    for (int hertz : Spectrogram.TICKS) {
      String top = "top:" + Figures.px(100 * Spectrogram.down(hertz)) + "%";
      String label = hertz < 1000 ? hertz + " Hz" : hertz / 1000 + " kHz";
      out.leaf("span", label, "style", top, "aria-hidden", "true");
    }
    out.close();
    String mp3 = "data:audio/mpeg;base64," + Base64.getEncoder().encodeToString(sound.mp3());
    out.open("audio", "controls", "controls", "preload", "none", "src", mp3).close();
    out.close();
  }

  private static void facts(ReportData.Scene scene, Markup out) {
    Scenario truth = scene.truth();
    out.open("table", "class", "facts");
    out.open("thead").open("tr").leaf("td", "").leaf("th", "class", "scope", "col");
    out.leaf("th", "place", "scope", "col").close().close().open("tbody");
    row(out, "truth", truth.className(), Figures.place(truth.location()));
    row(out, "answer", scene.answerClass(), Figures.place(scene.answer()));
    out.close().close();
    out.open("p", "class", "errors");
    if (!truth.isBackground() && scene.answer() != null) {
      double angle = Correctness.angle(truth.location(), scene.answer());
      double distance = Correctness.relativeDistance(truth.location(), scene.answer());
      out.text("Direction error ").leaf("b", Figures.degrees(angle));
      out.text(", distance error ").leaf("b", Figures.percent(distance)).text(". ");
      if (scene.apparent() != null) {
        double apparent = truth.location().direction().angleTo(scene.apparent());
        out.text("The sound seems to come from ").leaf("b", Figures.degrees(apparent));
        out.text(" off the truth. ");
      }
    }
    out.text("Confidence ").leaf("b", Figures.fixed(scene.confidence(), 2)).text(".");
    if (scene.places() != null && !truth.isBackground()) {
      ReportData.Places p = scene.places();
      boolean held = Arrays.stream(p.region()).anyMatch(c -> c == PlaceGrid.cell(truth.location()));
      out.text(
          " The truth is %s the %s region, which takes %s of the map."
              .formatted(
                  held ? "in" : "outside",
                  Figures.percent(p.probability()),
                  Figures.percent((double) p.region().length / PlaceGrid.CELLS)));
    }
    if (scene.region() != null && scene.answer() != null) {
      ReportData.Region r = scene.region();
      out.text(
          " %s region: within %s, %s to %s m."
              .formatted(
                  Figures.percent(r.probability()),
                  Figures.fixed(r.radius(), 0) + "°",
                  Figures.fixed(r.nearest(), 1),
                  Figures.fixed(r.farthest(), 1)));
    }
    out.text(" ").leaf("span", truth.id(), "class", "id").close();
  }

  private static void row(Markup out, String label, String className, String place) {
    out.open("tr").leaf("th", label, "scope", "row");
    out.leaf("td", ConfusionChart.readable(className)).leaf("td", place).close();
  }

  private static void picture(Markup out, byte[] png, String caption, String alt) {
    out.open("figure");
    String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    out.empty("img", "src", data, "alt", alt, "width", "224", "height", "224");
    out.leaf("figcaption", caption).close();
  }

  private static String title(ReportData.Scene scene) {
    Scenario truth = scene.truth();
    String name = ConfusionChart.readable(truth.className());
    String head = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    String seen = truth.isBackground() ? "no hazard" : truth.visibilityBin().label();
    String kind =
        truth.scene() == null ? "" : " · " + ConfusionChart.readable(truth.scene().kind());
    return head + " · " + seen + kind;
  }

  private static boolean isRight(ReportData.Scene scene) {
    Scenario truth = scene.truth();
    return scene.answerClass().equals(truth.className())
        && (truth.isBackground() || Correctness.isPlaced(truth.location(), scene.answer()));
  }

  private static String fault(ReportData.Scene scene) {
    if (scene.truth().isBackground()) {
      return "false alarm";
    }
    if (!scene.answerClass().equals(scene.truth().className())) {
      return scene.answer() == null ? "missed" : "wrong class";
    }
    return Correctness.angle(scene.truth().location(), scene.answer()) <= Thresholds.RIGHT_ANGLE
        ? "wrong distance"
        : "wrong direction";
  }
}
