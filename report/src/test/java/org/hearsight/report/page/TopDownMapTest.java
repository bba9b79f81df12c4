package org.hearsight.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.report.chart.Markup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopDownMapTest {
  private static final String MOVED = "transform=\"translate\\(([-0-9.]+) ([-0-9.]+)\\)\"";

  @ParameterizedTest
  @CsvSource({"0, 0, -1", "90, -1, 0", "-90, 1, 0", "180, 0, 1", "45, -1, -1"})
  void forwardIsUpAndLeftIsLeft(double azimuth, int right, int down) {
    String map = draw(new Location(azimuth, 0, 10), new Location(azimuth, 0, 10));

    double[] ego = point(map, "class=\"ego\" " + MOVED);
    double[] truth = point(map, "class=\"truth\" cx=\"([-0-9.]+)\" cy=\"([-0-9.]+)\"");
    assertThat(Math.signum(Math.rint(truth[0] - ego[0]))).isEqualTo(right);
    assertThat(Math.signum(Math.rint(truth[1] - ego[1]))).isEqualTo(down);
  }

  @Test
  void theAnswerStandsWhereItSays() {
    Location truth = new Location(30, 0, 12);
    String map = draw(truth, truth);

    double[] answer = point(map, "class=\"answer\" " + MOVED);
    double[] circle = point(map, "class=\"truth\" cx=\"([-0-9.]+)\" cy=\"([-0-9.]+)\"");
    assertThat(answer[0]).isCloseTo(circle[0], within(1e-9));
    assertThat(answer[1]).isCloseTo(circle[1], within(1e-9));
    assertThat(map).contains("90 % region", "answer: 30° left, 12.0 m", "van, 2.4 m high");
  }

  @Test
  void wildAnswersStayOnTheMapAndAreMarked() {
    String map = draw(new Location(0, 0, 10), new Location(20, 0, 400));

    double[] answer = point(map, "class=\"answer beyond\" " + MOVED);
    assertThat(answer[0]).isBetween(0.0, 360.0);
    assertThat(answer[1]).isBetween(0.0, 330.0);
    assertThat(map).contains("400.0 m, beyond the map");
  }

  @Test
  void distancesAreReadAboveWhatIsProbable() {
    String map = draw(new Location(0, 0, 10), new Location(0, 0, 10));

    assertThat(map).contains("class=\"region\"").containsPattern("class=\"note\"[^>]*>10 m<");
    assertThat(map.indexOf(">10 m<")).isGreaterThan(map.lastIndexOf("class=\"region\""));
  }

  private static String draw(Location truth, Location answer) {
    Scenario.SceneMap plan =
        new Scenario.SceneMap(
            "street_corner",
            1.5,
            List.of(new Scenario.Footprint("van", 4, -3, 8, -1, 2.4)),
            List.of(new double[] {12, 12}, new double[] {8, 4}));
    Scenario scenario =
        new Scenario(
            "a",
            Split.TEST,
            "siren",
            truth,
            0,
            0.4,
            truth.direction(),
            1,
            List.of(),
            new Scenario.Files("a.wav", "a.csv", null, null, null),
            plan);
    ViewPictures none = new ViewPictures(new byte[0], new byte[0], new byte[0]);
    Markup out = new Markup();
    TopDownMap.draw(
        new ReportData.Scene(
            scenario, none, "siren", answer, 0.8, new ReportData.Region(0.9, 20, 8, 16)),
        out);
    return out.toString();
  }

  private static double[] point(String map, String pattern) {
    Matcher m = Pattern.compile(pattern).matcher(map);
    assertThat(m.find()).as(pattern).isTrue();
    return new double[] {Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))};
  }
}
