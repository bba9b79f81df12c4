package org.hearsight.datasets.scenario;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.hearsight.core.progress.Progress;

/** Where the time of a simulation goes, summed over all workers. */
final class StageTimes {
  enum Stage {
    SCENE,
    SOUND,
    PICTURE,
    WRITE
  }

  private final Map<Stage, LongAdder> nanos = new ConcurrentHashMap<>();
  private final LongAdder scenarios = new LongAdder();

  /**
   * Adds what has passed since {@code start}.
   *
   * @return now, the start of the next stage
   */
  long add(Stage stage, long start) {
    long now = System.nanoTime();
    nanos.computeIfAbsent(stage, s -> new LongAdder()).add(now - start);
    if (stage == Stage.WRITE) {
      scenarios.increment();
    }
    return now;
  }

  /** Notes the milliseconds per scenario of each stage, if there was one. */
  void tell(Progress progress) {
    long count = scenarios.sum();
    if (count > 0) {
      progress.note("per scenario: " + perScenario(count));
    }
  }

  private String perScenario(long count) {
    StringBuilder text = new StringBuilder();
    for (Stage s : Stage.values()) {
      String name = s.name().toLowerCase(Locale.ROOT);
      double ms = nanos.getOrDefault(s, new LongAdder()).sum() / 1e6 / count;
      text.append(String.format(Locale.ROOT, "%s%s %.1f ms", text.isEmpty() ? "" : ", ", name, ms));
    }
    return text.toString();
  }
}
