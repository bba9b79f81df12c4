package org.hearsight.learning.ablate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.SeedMean;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.core.text.TextTable;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.inference.evaluate.Foreign;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.train.TrainConfig;

/**
 * What came of an ablation.
 *
 * @param provenance encoders, data and machine
 * @param config of the whole model, without a seed
 * @param seeds of each row
 * @param rows in the order of {@link AblationRow}, then those that take no training
 */
@JsonPropertyOrder({"provenance", "config", "seeds", "rows"})
public record AblationResult(
    Provenance provenance, JsonNode config, List<Long> seeds, List<Row> rows) {

  public AblationResult {
    seeds = List.copyOf(seeds);
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param row its name
   * @param label for people
   * @param seeds it was trained with
   * @param seconds of one seed's training and answering
   * @param figures over the seeds
   * @param againstWhole differences from the whole model of the same seed; empty of itself and
   *     where it is not there
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({"row", "label", "seeds", "seconds", "figures", "against_whole"})
  public record Row(
      String row,
      String label,
      List<Long> seeds,
      SeedMean seconds,
      Map<AblationFigure, SeedMean> figures,
      @JsonProperty("against_whole") Map<AblationFigure, SeedMean> againstWhole) {}

  /** Scores of a row by seed. */
  private record Scored(Map<Long, ImaginationScores> bySeed, double[] seconds) {}

  /**
   * Sums finished rows up.
   *
   * @param runs in any order
   */
  static AblationResult of(
      Provenance provenance, TrainConfig whole, List<Long> seeds, List<AblationRun> runs) {
    Map<String, Scored> scored = new LinkedHashMap<>();
    Map<String, String> labels = new LinkedHashMap<>();
    for (AblationRow row : AblationRow.values()) {
      List<AblationRun> own = runs.stream().filter(r -> r.row().equals(row.toString())).toList();
      if (!own.isEmpty()) {
        labels.put(row.toString(), row.label());
        scored.put(row.toString(), scored(own, Evaluation.IMAGINATION));
      }
    }
    List<AblationRun> wholes =
        runs.stream().filter(r -> r.row().equals(AblationRow.WHOLE.toString())).toList();
    for (Foreign sense : Foreign.values()) {
      List<AblationRun> swapped =
          wholes.stream().filter(r -> r.scores().containsKey(sense.system())).toList();
      if (!swapped.isEmpty()) {
        String name = sense == Foreign.SOUND ? "another-sound" : "another-picture";
        String what = sense == Foreign.SOUND ? "sound" : "picture";
        labels.put(name, "whole model, another scene's " + what);
        scored.put(name, scored(swapped, sense.system()));
      }
    }
    Scored reference = scored.get(AblationRow.WHOLE.toString());
    List<Row> rows = new ArrayList<>();
    scored.forEach((name, s) -> rows.add(row(name, labels.get(name), s, reference)));
    ObjectNode config = Settings.document(whole);
    config.remove("seed"); // rows have their own
    return new AblationResult(provenance, config, seeds, rows);
  }

  private static Scored scored(List<AblationRun> runs, String system) {
    Map<Long, ImaginationScores> bySeed = new TreeMap<>();
    runs.forEach(r -> bySeed.put(r.seed(), r.scores().get(system)));
    boolean trained = system.equals(Evaluation.IMAGINATION);
    return new Scored(
        bySeed, trained ? runs.stream().mapToDouble(AblationRun::seconds).toArray() : null);
  }

  private static Row row(String name, String label, Scored own, Scored whole) {
    Map<AblationFigure, SeedMean> figures = new LinkedHashMap<>();
    Map<AblationFigure, SeedMean> differences = new LinkedHashMap<>();
    for (AblationFigure f : AblationFigure.values()) {
      figures.put(f, SeedMean.of(own.bySeed().values().stream().mapToDouble(f::of).toArray()));
      if (whole != null && !whole.equals(own)) {
        differences.put(
            f,
            SeedMean.of(
                own.bySeed().entrySet().stream()
                    .filter(e -> whole.bySeed().containsKey(e.getKey()))
                    .mapToDouble(e -> f.of(e.getValue()) - f.of(whole.bySeed().get(e.getKey())))
                    .toArray()));
      }
    }
    return new Row(
        name,
        label,
        List.copyOf(own.bySeed().keySet()),
        own.seconds() == null ? null : SeedMean.of(own.seconds()),
        figures,
        differences);
  }

  /** A row for each, for a terminal. Ends with a line break. */
  public String table() {
    return filled().aligned();
  }

  /** The same in Markdown. */
  public String markdown() {
    return filled().markdown();
  }

  private TextTable filled() {
    List<String> header = new ArrayList<>(List.of("row", "seeds"));
    for (AblationFigure f : AblationFigure.values()) {
      header.add(f.label());
    }
    header.add("against whole: hidden median°");
    header.add("macro F1");
    TextTable table = TextTable.ofNumbers(header, 0);
    for (Row row : rows) {
      List<String> cells =
          new ArrayList<>(List.of(row.label(), Integer.toString(row.seeds().size())));
      row.figures().forEach((f, mean) -> cells.add(cell(f, mean)));
      cells.add(difference(row, AblationFigure.HIDDEN_ANGLE));
      cells.add(difference(row, AblationFigure.MACRO_F1));
      table.row(cells);
    }
    return table;
  }

  private static String cell(AblationFigure f, SeedMean mean) {
    return Double.isNaN(mean.low())
        ? f.text(mean.mean())
        : "%s (%s–%s)".formatted(f.text(mean.mean()), f.text(mean.low()), f.text(mean.high()));
  }

  private static String difference(Row row, AblationFigure f) {
    SeedMean mean = row.againstWhole().get(f);
    if (mean == null) {
      return "–";
    }
    return Double.isNaN(mean.low())
        ? f.difference(mean.mean())
        : "%s (%s to %s)%s"
            .formatted(
                f.difference(mean.mean()),
                f.difference(mean.low()),
                f.difference(mean.high()),
                mean.differsFromZero() ? " *" : "");
  }
}
