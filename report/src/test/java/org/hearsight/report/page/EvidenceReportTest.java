package org.hearsight.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.metrics.Comparison;
import org.hearsight.core.metrics.Criterion;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.Measure;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.report.chart.ConfusionChart;
import org.hearsight.report.chart.Figures;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class EvidenceReportTest {
  private final EvidenceData data = data();
  private final String html = EvidenceReport.html(data);

  @Test
  void thePageIsWellFormedAndFetchesNothing() throws Exception {
    Document page = parse(html);

    assertThat(html).doesNotContain("http:", "https:", "url(", "@import", "<script", "NaN");
    for (Element image : elements(page, "img")) {
      assertThat(image.getAttribute("src")).startsWith("data:image/png;base64,");
      assertThat(image.getAttribute("alt")).isNotBlank();
    }
    for (Element sound : elements(page, "audio")) {
      assertThat(sound.getAttribute("src")).startsWith("data:audio/mpeg;base64,");
    }
    for (Element drawing : elements(page, "svg")) {
      assertThat(drawing.getAttribute("aria-label") + drawing.getAttribute("aria-hidden"))
          .isNotBlank();
    }
  }

  @Test
  void everySectionIsReachedByALinkAndEveryWideTableByTheKeyboard() throws Exception {
    Document page = parse(html);

    List<String> ids =
        elements(page, "section").stream().map(s -> "#" + s.getAttribute("id")).toList();
    assertThat(elements(page, "a").stream().map(a -> a.getAttribute("href"))).isEqualTo(ids);
    assertThat(ids)
        .contains(
            "#compared",
            "#systems",
            "#parts",
            "#errors",
            "#classes",
            "#confidence",
            "#regions",
            "#senses")
        .endsWith("#worst", "#median", "#run");
    assertThat(elements(page, "div").stream().filter(d -> d.getAttribute("class").equals("scroll")))
        .hasSizeGreaterThan(4)
        .allSatisfy(d -> assertThat(d.getAttribute("tabindex")).isEqualTo("0"));
  }

  @Test
  void aCaseHasItsPicturesItsSoundAndItsMap() throws Exception {
    Document page = parse(html);

    List<Element> cases = elements(page, "article");
    assertThat(cases).hasSize(3);
    assertThat(cases.get(0).getElementsByTagName("svg").getLength()).as("two maps").isEqualTo(2);
    for (Element c : cases.subList(1, 3)) {
      assertThat(c.getElementsByTagName("img").getLength()).isEqualTo(4);
      assertThat(c.getElementsByTagName("audio").getLength()).isEqualTo(1);
      assertThat(c.getTextContent()).contains("90 % region", data.worst().get(0).truth().id());
    }
    // The map is one cell at the truth: it lies within its region, and is the whole drawing.
    assertThat(html.split("class=\"mass\"")).hasSize(5);
    assertThat(html).contains("The truth is in the 90 % region", "fill-opacity=\"0.80\"");
  }

  @Test
  void everyPartHasARowWithItsIntervals() throws Exception {
    ImaginationScores scores = data.systems().get(0).scores();
    Element table =
        elements(parse(html), "table").stream()
            .filter(t -> t.getAttribute("class").contains("grouped"))
            .findFirst()
            .orElseThrow();

    Element hidden = row(table, "hidden");
    assertThat(hidden.getTextContent())
        .contains(Figures.degrees(scores.hidden().localization().medianAngle()))
        .contains(
            "95 % interval "
                + Figures.degrees(scores.hidden().localization().medianAngleLow())
                + " to ");
    for (String name : scores.parts(Criterion.CLASS).keySet()) {
      assertThat(row(table, ConfusionChart.readable(name)).getTextContent()).contains(" %", "°");
    }
    assertThat(table.getTextContent()).doesNotContain("recall");
  }

  @Test
  void aComparisonWithItselfSaysThatNothingIsKnownToDiffer() throws Exception {
    Element table =
        elements(parse(html), "table").stream()
            .filter(t -> t.getAttribute("class").contains("compared"))
            .findFirst()
            .orElseThrow();
    assertThat(row(table, "other").getTextContent())
        .contains("0.0° to 0.0°", "p 1.000")
        .doesNotContain("▲", "▼");
  }

  @Test
  void theSameDataGiveTheSameBytes() {
    assertThat(EvidenceReport.html(data())).isEqualTo(html);
  }

  private static Element row(Element table, String name) {
    return list(table.getElementsByTagName("tr")).stream()
        .filter(r -> r.getElementsByTagName("th").getLength() == 1)
        .filter(r -> r.getElementsByTagName("th").item(0).getTextContent().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The sample's systems, the first with a map that knows the truth; one scene, shown twice. */
  private static EvidenceData data() {
    ReportData sample = SampleReport.data();
    List<Answer> answers = new ArrayList<>();
    for (ReportData.Scene s : sample.scenes()) {
      if (!s.truth().isBackground()) {
        answers.add(mapped(s));
      }
    }
    ReportData.Scene first =
        sample.scenes().stream().filter(s -> !s.truth().isBackground()).findFirst().orElseThrow();
    PlacePosterior map = answers.get(0).places();
    ReportData.Scene shown =
        new ReportData.Scene(
            first.truth(),
            first.pictures(),
            first.answerClass(),
            first.answer(),
            first.confidence(),
            null,
            new ReportData.Places(map, 0.9, map.region(0.9)),
            new ReportData.Sound(new byte[] {1, 2, 3}, Spectrogram.png(new float[4800])));
    Comparison comparison =
        Comparison.of(
            Map.of("imagination", answers, "other", answers),
            "imagination",
            List.of("other"),
            List.of(Measure.values()),
            Taxonomy.hazards(),
            1);
    List<ReportData.SystemResult> systems = new ArrayList<>();
    systems.add(
        ReportData.SystemResult.of(
            "imagination",
            "this model",
            ImaginationScores.of(answers, Taxonomy.hazards(), 1),
            answers));
    systems.addAll(sample.systems());
    return new EvidenceData(
        "Evidence",
        "What is claimed.",
        systems,
        comparison,
        new EvidenceData.Compared(
            comparison, List.of(new EvidenceData.Disagreement("other", shown, shown))),
        List.of(shown),
        List.of(shown),
        sample.facts(),
        sample.notes());
  }

  private static Answer mapped(ReportData.Scene s) {
    Scenario truth = s.truth();
    float[] p = new float[Taxonomy.hazards().size()];
    p[Taxonomy.hazards().indexOf(s.answerClass(), "test")] = 1;
    double[] cells = new double[PlaceGrid.CELLS];
    cells[PlaceGrid.cell(truth.location())] = 1;
    Location answer = s.answer() == null ? truth.location() : s.answer();
    double[] weights = {0.6, 0.4};
    return new Answer(truth, p, answer, s.confidence(), weights, new PlacePosterior(cells, 0));
  }

  private static List<Element> elements(Document page, String tag) {
    return list(page.getElementsByTagName(tag));
  }

  private static List<Element> list(NodeList found) {
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static Document parse(String html) throws Exception {
    assertThat(html.toLowerCase(Locale.ROOT)).startsWith("<!doctype html>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }
}
