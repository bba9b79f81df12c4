package org.hearsight.core.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.hearsight.core.error.FieldValues;

/**
 * How many clips had which distance, in steps of 1 %: all that a p-value needs of them, in as much
 * room however many there are.
 *
 * <p>That scores are rounded costs no validity: equal ones are put in an order by chance.
 *
 * @param counts by step, see {@link #step}
 */
public record ScoreCounts(@JsonValue NavigableMap<Integer, Long> counts) {
  /** Of ln distance. */
  private static final double STEPS_PER_NAT = 100;

  /** Beyond e^±30 distances are as good as 0 or infinite. */
  private static final int FARTHEST = 3000;

  @JsonCreator
  public ScoreCounts {
    if (counts == null) {
      throw new IllegalArgumentException("counts: missing");
    }
    counts.forEach(
        (step, count) -> {
          FieldValues.within("counts.step", step, -FARTHEST, FARTHEST);
          FieldValues.within("counts", count == null ? Double.NaN : count, 1, Long.MAX_VALUE);
        });
    counts = Collections.unmodifiableNavigableMap(new TreeMap<>(counts));
  }

  /** Of no clips. */
  public static ScoreCounts none() {
    return new ScoreCounts(new TreeMap<>());
  }

  /** Of clips with these distances. */
  public static ScoreCounts of(double[] distances) {
    NavigableMap<Integer, Long> counts = new TreeMap<>();
    for (double d : distances) {
      counts.merge(step(d), 1L, Long::sum);
    }
    return new ScoreCounts(counts);
  }

  /**
   * Where a distance is counted.
   *
   * @throws IllegalArgumentException if it is negative or NaN
   */
  static int step(double distance) {
    if (!(distance >= 0)) {
      throw new IllegalArgumentException("distance: " + distance + ", expected 0 or more");
    }
    double step = Math.rint(STEPS_PER_NAT * Math.log(distance));
    return (int) Math.max(-FARTHEST, Math.min(FARTHEST, step));
  }

  /** The distances that were counted, rounded, ascending. */
  double[] distances() {
    return counts.entrySet().stream()
        .flatMapToDouble(
            e ->
                DoubleStream.generate(() -> Math.exp(e.getKey() / STEPS_PER_NAT))
                    .limit(e.getValue()))
        .toArray();
  }

  /** With one more. */
  ScoreCounts with(double distance) {
    NavigableMap<Integer, Long> more = new TreeMap<>(counts);
    more.merge(step(distance), 1L, Long::sum);
    return new ScoreCounts(more);
  }

  /** Clips that were counted. */
  public long total() {
    return sum(counts);
  }

  private static long sum(NavigableMap<Integer, Long> part) {
    long sum = 0;
    for (long count : part.values()) {
      sum += count;
    }
    return sum;
  }

  /**
   * The smoothed conformal p-value of a clip: the share of all clips, it among them, that are
   * farther than it, and a drawn part of those as far. If clips come in any order with equal
   * probability, these p-values are uniform and independent (Vovk, Gammerman and Shafer,
   * <i>Algorithmic Learning in a Random World</i>, 2005, theorem 8.1), if each clip is counted
   * before the next one comes.
   *
   * @param counted all clips before, in any number of parts
   * @param tie in (0, 1], drawn
   */
  static double p(List<ScoreCounts> counted, double distance, double tie) {
    int step = step(distance);
    long farther = 0;
    long equal = 1;
    long all = 1;
    for (ScoreCounts part : counted) {
      farther += sum(part.counts.tailMap(step, false));
      equal += part.counts.getOrDefault(step, 0L);
      all += part.total();
    }
    return (farther + tie * equal) / all;
  }
}
