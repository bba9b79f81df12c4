package org.hearsight.datasets.scenario;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Where the time of a simulation goes, summed over all workers. */
final class StageTimes {
  enum Stage {
    SCENE,
    SOUND,
    PICTURE,
    WRITE
  }

  private final Map<Stage, LongAdder> nanos = new ConcurrentHashMap<>();

  /**
   * Adds what has passed since {@code start}.
   *
   * @return now, the start of the next stage
   */
  long add(Stage stage, long start) {
    long now = System.nanoTime();
    nanos.computeIfAbsent(stage, s -> new LongAdder()).add(now - start);
    return now;
  }

  /** Milliseconds per scenario of each stage, one line. */
  String perScenario(long scenarios) {
    StringBuilder text = new StringBuilder();
    for (Stage s : Stage.values()) {
      String name = s.name().toLowerCase(Locale.ROOT);
      double ms = nanos.getOrDefault(s, new LongAdder()).sum() / 1e6 / Math.max(1, scenarios);
      text.append(String.format(Locale.ROOT, "%s%s %.1f ms", text.isEmpty() ? "" : ", ", name, ms));
    }
    return text.toString();
  }
}
