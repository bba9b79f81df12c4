package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * How well the classes were named.
 *
 * @param accuracy share of scenarios whose class was named
 * @param macroF1 mean of the F1 of every class that occurs in the truth; answers of other classes
 *     count as misses of those
 * @param backgroundRecall share of background scenarios called background; NaN without any
 * @param falseAlarmRate share of background scenarios called a hazard
 * @param missRate share of hazards called background
 * @param recall of every class that occurs in the truth, by name: the share that was named
 * @param classes names, in the order of the matrix
 * @param confusion counts, [truth][answer]
 */
@JsonPropertyOrder({
  "accuracy",
  "macro_f1",
  "background_recall",
  "false_alarm_rate",
  "miss_rate",
  "recall",
  "classes",
  "confusion"
})
public record Classification(
    @NanAsNull double accuracy,
    @NanAsNull @JsonProperty("macro_f1") double macroF1,
    @NanAsNull @JsonProperty("background_recall") double backgroundRecall,
    @NanAsNull @JsonProperty("false_alarm_rate") double falseAlarmRate,
    @NanAsNull @JsonProperty("miss_rate") double missRate,
    Map<String, Double> recall,
    List<String> classes,
    int[][] confusion) {

  public Classification {
    // Not Map.copyOf, which would lose the order; absent in scores that earlier versions wrote.
    recall = recall == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(recall));
  }

  static Classification of(List<Answer> answers, Taxonomy taxonomy) {
    int n = taxonomy.size();
    int[][] confusion = new int[n][n];
    int right = 0;
    for (Answer a : answers) {
      int truth = a.trueClass(taxonomy);
      confusion[truth][a.answeredClass()]++;
      right += truth == a.answeredClass() ? 1 : 0;
    }
    double f1 = 0;
    int present = 0;
    int[] answered = new int[n];
    int hazards = 0;
    int missed = 0;
    for (int t = 0; t < n; t++) {
      for (int a = 0; a < n; a++) {
        answered[a] += confusion[t][a];
        hazards += t == Correctness.BACKGROUND ? 0 : confusion[t][a];
      }
      missed += t == Correctness.BACKGROUND ? 0 : confusion[t][Correctness.BACKGROUND];
    }
    Map<String, Double> recall = new LinkedHashMap<>();
    for (int c = 0; c < n; c++) {
      int occurring = total(confusion[c]);
      if (occurring > 0) {
        present++;
        recall.put(taxonomy.nameOf(c), (double) confusion[c][c] / occurring);
        f1 += 2.0 * confusion[c][c] / (occurring + answered[c]);
      }
    }
    int background = total(confusion[Correctness.BACKGROUND]);
    int kept = confusion[Correctness.BACKGROUND][Correctness.BACKGROUND];
    return new Classification(
        Statistics.share(right, answers.size()),
        Statistics.ratio(f1, present),
        Statistics.share(kept, background),
        Statistics.share(background - kept, background),
        Statistics.share(missed, hazards),
        recall,
        taxonomy.classes(),
        confusion);
  }

  /** Scenarios of a class in the truth. */
  int count(String className) {
    return total(confusion[classes.indexOf(className)]);
  }

  private static int total(int[] row) {
    int sum = 0;
    for (int v : row) {
      sum += v;
    }
    return sum;
  }
}
