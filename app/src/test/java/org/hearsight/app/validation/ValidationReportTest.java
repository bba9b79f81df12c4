package org.hearsight.app.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hearsight.report.chart.Chart;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ValidationReportTest {
  @Test
  void theoryHoldsAndPlotsAreWellFormed() throws Exception {
    Numbers numbers = new Numbers();
    List<Chart> charts =
        List.of(
            PathChecks.distance(numbers),
            PathChecks.edge(numbers),
            PathChecks.air(numbers),
            SignalChecks.decay(numbers),
            SignalChecks.doppler(numbers),
            AmbienceChecks.levels(null, numbers));
    SignalChecks.direction(numbers);
    assertThat(numbers.good()).as(numbers.markdown()).isTrue();
    for (Chart chart : charts) {
      Document svg =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(chart.document())));
      assertThat(svg.getElementsByTagName("path").getLength()).isPositive();
      assertThat(svg.getElementsByTagName("circle").getLength()).isGreaterThan(5);
      assertThat(svg.getElementsByTagName("desc").getLength()).isEqualTo(1);
      assertThat(chart.document()).doesNotContain("NaN").doesNotContain("Infinity");
    }
  }

  @Test
  void aClaimThatDoesNotHoldIsSaid() {
    Numbers numbers = new Numbers();
    numbers.check("one", 0.5, 1, "dB");
    assertThat(numbers.good()).isTrue();
    numbers.check("two", Double.NaN, 1, "dB");
    assertThat(numbers.good()).isFalse();
    assertThat(numbers.markdown()).contains("| two | 1 dB | NaN dB | **no** |");
  }
}
