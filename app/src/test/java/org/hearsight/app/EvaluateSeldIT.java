package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code evaluate seld}, and that {@code evaluate} still asks for what it needs. */
class EvaluateSeldIT {
  private static final Path REFERENCE = Cli.golden("core", "metrics/reference");
  private static final Path PREDICTION = Cli.golden("core", "metrics/prediction");

  private static final Path CASES =
      Path.of("..", "core", "src", "test", "resources", "cases", "events");

  @TempDir private Path folder;

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @ParameterizedTest
  @CsvSource({"2024,macro", "2024,micro", "2023,macro", "2023,micro"})
  void jsonHoldsTheBaselinesScores(String year, String average) throws IOException {
    JsonNode expected =
        json(Files.readString(Cli.golden("core", "metrics/expected.json")))
            .get("dcase" + year + "_" + average);

    Cli.Result r =
        Cli.run(
            "evaluate",
            "seld",
            "--reference",
            REFERENCE,
            "--prediction",
            PREDICTION,
            "--metrics",
            year,
            "--average",
            average,
            "--json");

    if (average.equals("macro")) {
      assertThat(r.errLines()).singleElement().asString().endsWith("DCASE's scorer: class 8");
    } else {
      assertThat(r.err()).isEmpty();
    }
    assertThat(r.exit()).isZero();
    JsonNode report = json(r.out());
    assertThat(report.get("metrics").asInt()).isEqualTo(Integer.parseInt(year));
    assertThat(report.get("average").asText()).isEqualTo(average);
    assertThat(report.get("clips").asInt()).isEqualTo(6);
    assertThat(report.get("classes").size()).isEqualTo(13);
    for (String key : new String[] {"F20", "seld_error"}) {
      JsonNode score = report.get("scores").get(key);
      assertThat(score.get("value").asDouble())
          .isCloseTo(expected.get(key).asDouble(), within(1e-6));
      assertThat(score.get("low").asDouble()).isLessThan(score.get("high").asDouble());
    }
  }

  @Test
  void theTableHasARowPerClass() {
    Cli.Result r =
        Cli.run("evaluate", "seld", "--reference", REFERENCE, "--prediction", PREDICTION);

    assertThat(r.exit()).isZero();
    assertThat(r.out()).startsWith("DCASE 2024, macro, 13 classes, 6 clips");
    assertThat(r.out().lines()).hasSize(17);
    assertThat(r.out()).containsPattern("(?m)^all +54\\.8 \\[");
    assertThat(r.out()).containsPattern("(?m)^12 +48\\.4 \\[");
  }

  @Test
  void clipsWithoutPredictionAndAbsentClassesAreNoted() throws IOException {
    Path reference = Files.createDirectories(folder.resolve("r/sub"));
    Path prediction = Files.createDirectories(folder.resolve("p"));
    Files.writeString(reference.resolve("a.csv"), "0,1,0,10,0,100\n1,1,0,10,0,100\n");
    Files.writeString(reference.resolve("b.csv"), "0,1,0,10,0,100\n1,1,0,10,0,100\n");
    Files.writeString(prediction.resolve("a.csv"), "0,1,0,10,0,100\n");
    Path taxonomy = folder.resolve("t.json");
    Files.writeString(
        taxonomy, "{\"name\": \"t\", \"classes\": [\"background\", \"siren\", \"horn\"]}");

    Cli.Result r =
        Cli.run(
            "evaluate",
            "seld",
            "--reference",
            folder.resolve("r"),
            "--prediction",
            prediction,
            "--taxonomy",
            taxonomy,
            "--json");

    assertThat(r.exit()).isZero();
    assertThat(r.errLines()).hasSize(2);
    assertThat(r.errLines().get(0))
        .contains("1 of 2 clips have no prediction file")
        .endsWith("b.csv");
    assertThat(r.errLines().get(1)).endsWith("class horn");
    JsonNode report = json(r.out());
    assertThat(report.get("without_prediction").get(0).asText()).isEqualTo("b.csv");
    JsonNode siren = report.get("classes").get(0);
    assertThat(siren.get("name").asText()).isEqualTo("siren");
    assertThat(siren.get("scores").get("F20").get("value").asDouble())
        .isCloseTo(2.0 / 3, within(1e-9));
    assertThat(report.get("classes").get(1).get("scores").get("DOAE_CD").get("value").isNull())
        .isTrue();
  }

  @Test
  void whatIsRefusedIsNamedInOneLine() throws IOException {
    Path bad = Files.createDirectories(folder.resolve("p"));
    Path file = Files.writeString(bad.resolve("fold4_room8_mix001.csv"), "0,1,0,10,20,1.5\n");

    Cli.Result r = Cli.run("evaluate", "seld", "--reference", REFERENCE, "--prediction", bad);

    assertThat(r.exit()).isEqualTo(1);
    assertThat(r.out()).isEmpty();
    assertThat(r.errLines()).hasSize(1);
    assertThat(r.err())
        .startsWith("hearsight: " + file + ", line 1: distance: 1.5 is not in whole centimetres; ");
  }

  /** Files that were scored wrong without a word, and what settles each. */
  @Test
  void theUnitIsAskedForWhereItCannotBeSeenAndTheOptionSettlesIt() throws IOException {
    Path both = CASES.resolve("05_whole_metres");
    Object[] line = {
      "evaluate", "seld", "--reference", both.resolve("ref"), "--prediction", both.resolve("pred")
    };

    Cli.Result asked = Cli.run(line);

    assertThat(asked.exit()).isEqualTo(1);
    assertThat(asked.errLines()).hasSize(1);
    assertThat(asked.err()).contains("; say --distance metres or --distance centimetres");

    List<Object> settled = new ArrayList<>(List.of(line));
    settled.addAll(List.of("--distance", "metres", "--json"));
    Cli.Result scored = Cli.run(settled.toArray());

    assertThat(scored.exit()).isZero();
    JsonNode scores = json(scored.out()).get("scores");
    // What DCASE 2024's own scorer gives for these files.
    assertThat(scores.at("/RDE_CD/value").asDouble()).isCloseTo(0.185, within(5e-4));
    assertThat(scores.at("/DE_CD/value").asDouble()).isCloseTo(0.306, within(5e-4));
  }

  @ParameterizedTest
  @CsvSource({"06_vectors,2023", "06_level_vectors,2023", "14_capitals_one,2024"})
  void aPerfectPredictionIsPerfectInEveryForm(String name, String year) throws IOException {
    Cli.Result r =
        Cli.run(
            "evaluate",
            "seld",
            "--reference",
            CASES.resolve(name).resolve("ref"),
            "--prediction",
            CASES.resolve(name).resolve("pred"),
            "--metrics",
            year,
            "--average",
            "micro",
            "--json");

    assertThat(r.exit()).isZero();
    assertThat(r.err()).isEmpty();
    JsonNode report = json(r.out());
    assertThat(report.at("/scores/F20/value").asDouble()).isEqualTo(1);
    assertThat(report.get("without_prediction")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluate seld | Missing required options: '--reference=DIR', '--prediction=DIR'",
        "evaluate seld --reference a --prediction b --metrics 2022 | expected 2024 or 2023",
        "evaluate seld --reference a --prediction b --classes 0 | --classes: 0, expected 1 to"
            + " 10000",
        "evaluate seld --reference a --prediction b --classes 3 --taxonomy t | mutually exclusive",
        "evaluate | Missing required option: '--data=DIR'",
        "evaluate --model m | Missing required option: '--data=DIR'"
      })
  void wrongUsageIsExplained(String line, String problem) {
    Cli.Result r = Cli.run((Object[]) line.split(" "));

    assertThat(r.exit()).isEqualTo(2);
    assertThat(r.out()).isEmpty();
    assertThat(r.errLines()).hasSize(1);
    assertThat(r.err()).contains(problem);
  }
}
