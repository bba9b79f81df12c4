package org.hearsight.core.seld;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A SELD system's scores over clips, with jackknife intervals, and class by class.
 *
 * <p>Counts, shares and distances are those of DCASE's own code. Its angles are not quite: it adds
 * 1e-10 to each squared length before it divides by it, which makes a perfect prediction 8e-4°
 * wrong; elsewhere they differ by up to 3e-5° from {@link
 * org.hearsight.core.geometry.Direction#angleTo}.
 *
 * @param metrics the year of the definitions
 * @param average {@code macro} or {@code micro}; concerns {@code scores} alone
 * @param clips how many
 * @param withoutPrediction clips for which there was no prediction file
 * @param scores by their names that year
 * @param classes the scored ones, by index
 */
@JsonPropertyOrder({"metrics", "average", "clips", "without_prediction", "scores", "classes"})
public record SeldReport(
    int metrics,
    String average,
    int clips,
    @JsonProperty("without_prediction") List<String> withoutPrediction,
    Map<String, Jackknife> scores,
    List<OfClass> classes) {

  /**
   * One class.
   *
   * @param references its sources in the reference, counted per frame or segment; 0: it never
   *     occurs
   * @param scores as above
   */
  public record OfClass(int index, String name, int references, Map<String, Jackknife> scores) {}

  /** Scores the clips of two folders. */
  public static SeldReport of(
      SeldFolders folders, SeldMetrics metrics, Average average, SeldClasses classes) {
    List<SeldTally> tallies =
        folders.clips().stream()
            .map(c -> metrics.tally(c.reference(), c.prediction(), classes.end()))
            .toList();
    Rows all = Rows.of(SeldTally.sum(tallies, classes.end()), metrics, average, classes);
    List<Rows> partial = new ArrayList<>();
    for (int i = 0; i < tallies.size(); i++) {
      List<SeldTally> others = new ArrayList<>(tallies);
      others.remove(i);
      partial.add(Rows.of(SeldTally.sum(others, classes.end()), metrics, average, classes));
    }
    List<OfClass> byClass = new ArrayList<>();
    for (int c = classes.first(); c < classes.end(); c++) {
      int row = c;
      byClass.add(
          new OfClass(
              c,
              classes.names().get(c),
              all.references().get(c),
              jackknife(
                  metrics,
                  all.byClass().get(c),
                  partial.stream().map(p -> p.byClass().get(row)).toList())));
    }
    return new SeldReport(
        metrics.year(),
        average == Average.MACRO ? "macro" : "micro",
        tallies.size(),
        folders.withoutPrediction(),
        jackknife(metrics, all.overall(), partial.stream().map(Rows::overall).toList()),
        byClass);
  }

  /** The scores alone, as a training judges its epochs. */
  public static Map<SeldScore, Double> scores(
      List<ScoredClip> clips, SeldMetrics metrics, Average average, SeldClasses classes) {
    List<SeldTally> tallies =
        clips.stream()
            .map(c -> metrics.tally(c.reference(), c.prediction(), classes.end()))
            .toList();
    return Rows.of(SeldTally.sum(tallies, classes.end()), metrics, average, classes).overall();
  }

  private static Map<String, Jackknife> jackknife(
      SeldMetrics metrics, Map<SeldScore, Double> all, List<Map<SeldScore, Double>> partial) {
    Map<String, Jackknife> scores = new LinkedHashMap<>();
    for (SeldScore score : metrics.scores()) {
      double[] left = partial.stream().mapToDouble(p -> p.get(score)).toArray();
      scores.put(metrics.key(score), Jackknife.of(all.get(score), left));
    }
    return scores;
  }

  /** Scores of one set of clips. */
  private record Rows(
      Map<SeldScore, Double> overall,
      Map<Integer, Map<SeldScore, Double>> byClass,
      Map<Integer, Integer> references) {
    static Rows of(SeldTally tally, SeldMetrics metrics, Average average, SeldClasses classes) {
      Map<Integer, Map<SeldScore, Double>> byClass = new TreeMap<>();
      Map<Integer, Integer> references = new TreeMap<>();
      for (int c = classes.first(); c < classes.end(); c++) {
        SeldTally.Counts counts = tally.of(c);
        byClass.put(c, metrics.scores(counts, tally.errorRate()));
        references.put(c, counts.references);
      }
      Map<SeldScore, Double> overall =
          average == Average.MICRO
              ? metrics.scores(tally.total(), tally.errorRate())
              : mean(metrics, byClass);
      return new Rows(overall, byClass, references);
    }

    private static Map<SeldScore, Double> mean(
        SeldMetrics metrics, Map<Integer, Map<SeldScore, Double>> byClass) {
      Map<SeldScore, Double> mean = new EnumMap<>(SeldScore.class);
      for (SeldScore score : metrics.scores()) {
        double[] values = byClass.values().stream().mapToDouble(v -> v.get(score)).toArray();
        mean.put(score, SeldMetrics.mean(values));
      }
      return mean;
    }
  }
}
