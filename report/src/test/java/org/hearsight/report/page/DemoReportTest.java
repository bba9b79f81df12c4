package org.hearsight.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.hearsight.core.metrics.Criterion;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.PartScores;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.report.chart.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class DemoReportTest {
  @TempDir Path folder;

  @Test
  void thePageIsWellFormedAndFetchesNothing() throws Exception {
    String html = DemoReport.html(SampleReport.data());

    Document page = parse(html);

    assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
    assertThat(html).doesNotContain("http:", "https:", "url(", "@import", "<script", "NaN");
    assertThat(page.getElementsByTagName("link").getLength()).isZero();
    for (Element image : elements(page, "img")) {
      assertThat(image.getAttribute("src")).startsWith("data:image/png;base64,iVBORw0KGgo");
      assertThat(image.getAttribute("alt")).isNotBlank();
    }
    for (Element drawing : elements(page, "svg")) {
      assertThat(drawing.getAttribute("aria-label") + drawing.getAttribute("aria-hidden"))
          .isNotBlank();
    }
  }

  @Test
  void thePageHoldsTheNumbers() throws Exception {
    ReportData data = SampleReport.data();
    String text = parse(DemoReport.html(data)).getDocumentElement().getTextContent();

    ImaginationScores model = data.systems().get(0).scores();
    ImaginationScores apparent = data.systems().get(1).scores();
    assertThat(text)
        .contains(Figures.degrees(model.hidden().localization().medianAngle()))
        .contains(Figures.degrees(apparent.hidden().localization().medianAngle()))
        .contains("hidden (" + model.hidden().count() + ")")
        .contains(Figures.percent(model.classification().accuracy()))
        .contains("random, frozen <ResNet-50>")
        .contains("seed7")
        .contains("stage 2")
        .contains("power tool");
  }

  @Test
  void proceduralAndRecordedSoundsStandApart() throws Exception {
    ReportData data = SampleReport.data();
    PartScores recorded = data.systems().get(0).scores().parts(Criterion.ORIGIN).get("recorded");

    Element table =
        elements(parse(DemoReport.html(data)), "table").stream()
            .filter(t -> t.getAttribute("class").contains("parts"))
            .filter(t -> t.getTextContent().contains("procedural"))
            .findFirst()
            .orElseThrow();
    List<String> sirens =
        elements(table, "tr").stream()
            .map(Element::getTextContent)
            .filter(t -> t.startsWith("recall: siren"))
            .toList();

    assertThat(table.getTextContent()).contains("procedural", "recorded", "calibration error");
    assertThat(sirens)
        .singleElement()
        .asString()
        .contains(
            String.format(
                Locale.ROOT, "%.1f %% of ", 100 * recorded.classification().recall().get("siren")));
  }

  @Test
  void everySceneHasItsMapPicturesAndCaption() throws Exception {
    ReportData data = SampleReport.data();
    Document page = parse(DemoReport.html(data));

    assertThat(elements(page, "article")).hasSize(6);
    assertThat(elements(page, "img")).hasSize(18);
    for (Element scene : elements(page, "article")) {
      assertThat(scene.getElementsByTagName("svg").getLength()).isEqualTo(1);
      assertThat(scene.getTextContent()).contains("truth", "answer", "Confidence");
    }
  }

  @Test
  void whatOthersNamedIsEscaped() throws Exception {
    ReportData data = SampleReport.data();
    String evil = "<script>alert('x')</script> & \"q\" \u0007";
    ReportData.SystemResult s = data.systems().get(0);

    String html =
        DemoReport.html(
            new ReportData(
                evil,
                evil,
                List.of(new ReportData.Fact(evil, evil)),
                List.of(
                    new ReportData.SystemResult(
                        evil, evil, s.scores(), s.hiddenAngles(), s.angles()),
                    data.systems().get(1)),
                data.training(),
                List.of(),
                List.of(evil)));

    assertThat(html).doesNotContain("<script").doesNotContain("\u0007");
    assertThat(parse(html).getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo("<script>alert('x')</script> & \"q\" \ufffd");
  }

  @Test
  void aRunWithoutTrainingScenesOrAnswersStillMakesAPage() throws Exception {
    ImaginationScores nothing = ImaginationScores.of(List.of(), Taxonomy.hazards(), 1);
    ReportData.SystemResult silent =
        new ReportData.SystemResult(
            "silent", "says nothing", nothing, new double[0], new double[0]);

    String html =
        DemoReport.html(
            new ReportData(
                "empty", "nothing", List.of(), List.of(silent), null, List.of(), List.of()));

    assertThat(parse(html).getElementsByTagName("article").getLength()).isZero();
    assertThat(html).doesNotContain("NaN", "Infinity", "Training</h2>");
  }

  @Test
  void theSameDataGiveTheSameBytes() throws IOException {
    Path file = folder.resolve("deep/report.html");

    DemoReport.write(file, SampleReport.data());

    assertThat(Files.readString(file)).isEqualTo(DemoReport.html(SampleReport.data()));
  }

  private static List<Element> elements(Document page, String tag) {
    return list(page.getElementsByTagName(tag));
  }

  private static List<Element> elements(Element part, String tag) {
    return list(part.getElementsByTagName(tag));
  }

  private static List<Element> list(NodeList found) {
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static Document parse(String html)
      throws ParserConfigurationException, SAXException, IOException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }
}
