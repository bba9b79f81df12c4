package org.hearsight.app.evidence;

import java.util.Comparator;
import java.util.List;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.metrics.Answer;
import org.hearsight.report.page.ReportData;

/**
 * Hazards that a page shows one by one, chosen by their direction error alone: the worst, and those
 * around the median, so that nobody picks.
 *
 * @param store with their pictures and sounds
 */
record Cases(ScenarioStore store, List<Answer> byError) {
  private static final int COUNT = 12;

  static Cases of(ScenarioStore store, List<Answer> answers) {
    return new Cases(
        store,
        answers.stream()
            .filter(a -> !a.truth().isBackground())
            .sorted(
                Comparator.comparingDouble(Answer::angle)
                    .thenComparingDouble(Answer::relativeDistance)
                    .reversed())
            .toList());
  }

  /** The farthest off first. */
  List<ReportData.Scene> worst() {
    return byError.stream().limit(COUNT).map(this::scene).toList();
  }

  List<ReportData.Scene> median() {
    int from = Math.max(0, byError.size() / 2 - COUNT / 2);
    return byError.stream().skip(from).limit(COUNT).map(this::scene).toList();
  }

  ReportData.Scene scene(Answer a) {
    return ShownScene.of(store, a);
  }
}
