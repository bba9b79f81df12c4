package org.hearsight.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class SweepReportTest {
  private static final SweepReport.Curve CURVE =
      new SweepReport.Curve(
          "one channel <is> dead",
          "channel",
          List.of("none", "W", "Y"),
          new double[] {0.8, 0.3, 0.5},
          new double[] {0.75, 0.7, 0.45},
          new double[] {0.9, Double.NaN, 0.6},
          new double[] {8, 50, 30},
          new boolean[] {false, true, false});

  @Test
  void everyDamageHasItsCurvesAndWhatIsNotNoticedIsSaid() throws Exception {
    String html = html(List.of("Dead: right answers fall."), List.of(CURVE));

    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    assertThat(page.getElementsByTagName("figure").getLength()).isEqualTo(2);
    assertThat(page.getDocumentElement().getTextContent())
        .contains("Dead: right answers fall.", "not noticed", "One channel <is> dead", "none");
    assertThat(html).doesNotContain("NaN", "<script", "http:");
    assertThat(html).contains("none: 80 % right, 75 % said. W: 30 % right, 70 % said.");
  }

  @Test
  void nothingUnnoticedIsSaidToo() {
    assertThat(html(List.of(), List.of())).contains("None: wherever the score fell");
  }

  private static String html(List<String> unnoticed, List<SweepReport.Curve> curves) {
    return SweepReport.html(
        new SweepReport.Data("Sweep", "What breaks it.", unnoticed, curves, List.of()));
  }
}
