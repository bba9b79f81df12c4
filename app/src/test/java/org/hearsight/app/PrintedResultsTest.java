package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hearsight.core.file.Json;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The tables of results in README, cell by cell against the scores under {@code docs/results} that
 * {@code evaluate} and {@code demo} wrote. A new row has to be named here.
 */
class PrintedResultsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path RESULTS = ROOT.resolve("docs/results");

  private static final String SHIPPED_HEAD =
      "| | hidden: median | ≤ 20° | behind something | outside the view | partly | visible | macro"
          + " F1 |";
  private static final String DEMO_HEAD =
      "| | hidden: median | mean | ≤ 20° | distance | partly: median | visible: median | class"
          + " right | macro F1 |";

  /** Rows of the model that ships: file and system. */
  private static final Map<String, List<String>> SHIPPED =
      Map.ofEntries(
          row("procedural sounds", "standard2", "imagination"),
          row("… with another scene's picture", "standard2", "imagination, another's picture"),
          row("… with another scene's sound", "standard2", "imagination, another's sound"),
          row("intensity vector, last second", "standard2", "intensity vector, last 1 s"),
          row("geometric likelihood, no learning", "standard2", "geometric likelihood"),
          row("apparent direction", "standard2", "apparent direction"),
          row("recordings", "recordings2", "imagination"),
          row("… intensity vector, last second", "recordings2", "intensity vector, last 1 s"),
          row("… geometric likelihood", "recordings2", "geometric likelihood"));

  private static final String TRANSFER_HEAD = "| SELD encoder | 100 scenes | 250 | 500 | 1000 |";
  private static final List<Integer> SIZES = List.of(100, 250, 500, 1000);

  /** Rows of what pretraining brings, and what {@code benchmarks/transfer.sh} calls them. */
  private static final Map<String, String> TRANSFER =
      Map.of(
          "shipped, frozen", "shipped",
          "official DCASE 2024, frozen", "official",
          "from scratch", "scratch");

  /** Rows of the demo that are called otherwise than their systems. */
  private static final Map<String, String> DEMO =
      Map.of("the model that ships", "default model", "the demo's own", "imagination");

  private static Map.Entry<String, List<String>> row(String label, String file, String system) {
    return Map.entry(label, List.of(file, system));
  }

  @TestFactory
  Stream<DynamicTest> theModelThatShips() throws IOException {
    List<List<String>> rows = table(SHIPPED_HEAD);
    assertThat(rows)
        .extracting(r -> r.get(0))
        .containsExactlyInAnyOrderElementsOf(SHIPPED.keySet());
    return rows.stream()
        .map(
            cells ->
                DynamicTest.dynamicTest(
                    cells.get(0), () -> assertShipped(cells, SHIPPED.get(cells.get(0)))));
  }

  private static void assertShipped(List<String> cells, List<String> from) {
    JsonNode scores = scores(RESULTS.resolve("default/" + from.get(0) + ".json"), from.get(1));
    JsonNode hidden = scores.at("/hidden/localization");
    String interval =
        " (%s–%s)".formatted(fixed(hidden, "median_angle_low"), fixed(hidden, "median_angle_high"));
    String median = fixed(hidden, "median_angle") + "°";
    assertThat(cells.get(1)).isIn(median, median + interval);
    assertThat(cells.get(2)).isEqualTo(percent(hidden, "within_20"));
    JsonNode parts = scores.at("/parts/hidden");
    List<JsonNode> places =
        List.of(
            parts.path("behind something").at("/overall/localization"),
            parts.path("outside the view").at("/overall/localization"),
            scores.at("/partly/localization"),
            scores.at("/visible/localization"));
    for (int i = 0; i < places.size(); i++) {
      assertThat(cells.get(3 + i)).isIn("", fixed(places.get(i), "median_angle") + "°");
    }
    String f1 = decimals(scores.at("/classification/macro_f1").asDouble(), 2);
    assertThat(cells.get(7)).isIn("", "–", f1);
  }

  @TestFactory
  Stream<DynamicTest> theDemo() throws IOException {
    List<List<String>> rows = table(DEMO_HEAD);
    assertThat(rows).hasSizeGreaterThan(5);
    return rows.stream()
        .map(cells -> DynamicTest.dynamicTest(cells.get(0), () -> assertDemo(cells)));
  }

  private static void assertDemo(List<String> cells) {
    String system = DEMO.getOrDefault(cells.get(0), cells.get(0));
    JsonNode scores = scores(RESULTS.resolve("demo.json"), system);
    JsonNode hidden = scores.at("/hidden/localization");
    JsonNode classes = scores.at("/classification");
    assertThat(cells.subList(1, 9))
        .containsExactly(
            fixed(hidden, "median_angle") + "°",
            fixed(hidden, "mean_angle") + "°",
            percent(hidden, "within_20"),
            percent(hidden, "median_relative_distance"),
            fixed(scores.at("/partly/localization"), "median_angle") + "°",
            fixed(scores.at("/visible/localization"), "median_angle") + "°",
            percent(classes, "accuracy"),
            decimals(classes.get("macro_f1").asDouble(), 2));
  }

  @TestFactory
  Stream<DynamicTest> whatPretrainingBrings() throws IOException {
    List<List<String>> rows = table(TRANSFER_HEAD);
    assertThat(rows)
        .extracting(r -> r.get(0))
        .containsExactlyInAnyOrderElementsOf(
            TRANSFER.keySet().stream().filter(PrintedResultsTest::isRun).toList());
    return rows.stream()
        .map(cells -> DynamicTest.dynamicTest(cells.get(0), () -> assertTransfer(cells)));
  }

  /** Means over three seeds, or a dash where fewer were run. */
  private static void assertTransfer(List<String> cells) {
    for (int i = 0; i < SIZES.size(); i++) {
      List<JsonNode> hidden = hidden(cells.get(0), SIZES.get(i));
      assertThat(cells.get(i + 1))
          .isEqualTo(
              hidden.size() < 3
                  ? "–"
                  : decimals(mean(hidden, "/macro_f1"), 2)
                      + ", "
                      + decimals(mean(hidden, "/localization/median_angle"), 1)
                      + "°");
    }
  }

  private static boolean isRun(String row) {
    return SIZES.stream().anyMatch(size -> hidden(row, size).size() == 3);
  }

  /** Scores of hidden hazards of a row and so many scenes, of each seed that was run. */
  private static List<JsonNode> hidden(String row, int size) {
    return IntStream.rangeClosed(1, 3)
        .mapToObj(
            seed ->
                ROOT.resolve("benchmarks/results/transfer")
                    .resolve("%s-%d-seed%d.json".formatted(TRANSFER.get(row), size, seed)))
        .filter(Files::exists)
        .map(file -> Json.read(file, JsonNode.class, "run it again"))
        .map(run -> run.at("/scores/imagination/hidden"))
        .toList();
  }

  private static double mean(List<JsonNode> of, String field) {
    return of.stream().mapToDouble(n -> n.at(field).asDouble()).average().orElseThrow();
  }

  @Test
  void theSentencesBelowTheTable() throws IOException {
    JsonNode model = scores(RESULTS.resolve("default/standard2.json"), "imagination");
    String readme = readme().replaceAll("\\s+", " ");
    assertThat(readme)
        .contains(
            "Its confidence is off by %s on the whole and by %s for hidden hazards"
                .formatted(
                    percent(model.at("/overall/calibration"), "ece"),
                    percent(model.at("/hidden/calibration"), "ece")))
        .contains("its 50, 80 and 90 % regions hold " + coverage(model.at("/overall/places")))
        .contains("those of hidden hazards " + coverage(model.at("/hidden/places")));
    JsonNode recorded = scores(RESULTS.resolve("default/recordings2.json"), "imagination");
    JsonNode alone = recorded.at("/parts/origin/recorded");
    JsonNode recall = alone.at("/classification/recall");
    assertThat(readme)
        .contains(
            "Of the %,d scenes with recordings it names %s right (horns %s, sirens %s, engines %s;"
                .formatted(
                    alone.at("/overall/count").asInt(),
                    percent(alone.at("/classification"), "accuracy"),
                    percent(recall, "horn"),
                    percent(recall, "siren"),
                    percent(recall, "engine")));
  }

  private static String coverage(JsonNode places) {
    return "%.0f, %.0f and %.0f %%"
        .formatted(
            100 * places.get("coverage_50").asDouble(),
            100 * places.get("coverage_80").asDouble(),
            100 * places.get("coverage_90").asDouble());
  }

  /** The rows below a table's head, without bold. */
  private static List<List<String>> table(String head) throws IOException {
    List<String> lines = readme().lines().toList();
    assertThat(lines).contains(head);
    return lines.stream()
        .skip(lines.indexOf(head) + 2L)
        .takeWhile(l -> l.startsWith("|"))
        .map(
            l ->
                Arrays.stream(l.substring(1, l.length() - 1).split("\\|"))
                    .map(c -> c.replace("**", "").strip())
                    .toList())
        .toList();
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static JsonNode scores(Path file, String system) {
    JsonNode scores = Json.read(file, JsonNode.class, "evaluate again").get(system);
    assertThat(scores).as(system + " in " + file).isNotNull();
    return scores;
  }

  private static String fixed(JsonNode node, String field) {
    return decimals(node.get(field).asDouble(), 1);
  }

  private static String percent(JsonNode node, String field) {
    return decimals(100 * node.get(field).asDouble(), 0) + " %";
  }

  private static String decimals(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
