package org.hearsight.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.inference.Hearsight;

/** What the library says of a data set's scenarios, beside what a job said. */
final class LibraryAnswers {
  private LibraryAnswers() {}

  /** The scenarios as a table for a job, which more rows may follow. */
  static StringBuilder table(ScenarioStore store) {
    StringBuilder rows = new StringBuilder("id,audio,rgb,depth\n");
    for (Scenario s : store.scenarios()) {
      Scenario.Files f = s.files();
      List<String> files =
          List.of(f.audio(), f.rgb(), f.depth()).stream()
              .map(name -> store.resolve(name).toString())
              .toList();
      rows.append(s.id()).append(',').append(String.join(",", files)).append('\n');
    }
    return rows;
  }

  /** The rows of a table; none stands twice. */
  static Map<String, Row> byId(SparkSession reader, Path table) {
    SortedMap<String, Row> rows = new TreeMap<>();
    for (Row row : reader.read().parquet(table.toString()).collectAsList()) {
      assertThat(rows.put(row.getAs("id"), row)).isNull();
    }
    return rows;
  }

  /** Requires an answer to each scenario, and that it is the library's. */
  static void requireIn(ScenarioStore store, Map<String, Row> answers) {
    assertThat(answers).hasSameSizeAs(store.scenarios());
    try (Hearsight hearsight = Hearsight.load(1)) {
      for (Scenario s : store.scenarios()) {
        same(answers.get(s.id()), imagined(hearsight, store, s));
      }
    }
  }

  private static Imagination imagined(Hearsight hearsight, ScenarioStore store, Scenario s) {
    ViewReader.Options view =
        ViewReader.Options.NOTHING
            .withRgb(store.resolve(s.files().rgb()))
            .withDepth(store.resolve(s.files().depth()));
    Clip clip = hearsight.read(store.resolve(s.files().audio()));
    return hearsight.imagine(clip, ViewReader.read(view).view());
  }

  private static void same(Row row, Imagination answer) {
    assertThat(row.<String>getAs("class")).isEqualTo(answer.className());
    assertThat(row.<Double>getAs("confidence")).isCloseTo(answer.confidence(), within(1e-6));
    assertThat(row.<Double>getAs("azimuth")).isCloseTo(answer.location().azimuth(), within(1e-4));
    assertThat(row.<Double>getAs("distance")).isCloseTo(answer.location().distance(), within(1e-4));
    Map<String, Double> probabilities = row.getJavaMap(row.fieldIndex("probabilities"));
    answer
        .probabilities()
        .forEach((name, p) -> assertThat(probabilities.get(name)).isCloseTo(p, within(1e-6)));
  }
}
