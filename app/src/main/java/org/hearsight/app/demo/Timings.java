package org.hearsight.app.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** Seconds of each part of a run. */
final class Timings {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final long started = System.nanoTime();
  private long last = started;

  /** Ends a part that began with the last one's end. */
  void lap(String part) {
    long now = System.nanoTime();
    seconds.put(part, (now - last) / 1e9);
    last = now;
  }

  /** Notes a part that was timed elsewhere. */
  void add(String part, double taken) {
    seconds.put(part, taken);
  }

  /** Begins the next part here. */
  void skip() {
    last = System.nanoTime();
  }

  double total() {
    return (System.nanoTime() - started) / 1e9;
  }

  Map<String, Double> parts() {
    return seconds;
  }
}
