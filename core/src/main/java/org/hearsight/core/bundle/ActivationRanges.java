package org.hearsight.core.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the numbers inside a network reach, place by place: what 8 bits must cover.
 *
 * <p>In JSON an object, {@code {"conv1": [0.0, 7.25], …}}.
 */
public final class ActivationRanges {
  private final Map<String, Range> ranges;

  /**
   * The numbers of one place.
   *
   * @param least no more than 0, which 8 bits must be able to say
   * @param most no less than 0
   */
  public record Range(float least, float most) {
    public Range {
      if (!(least <= 0 && most >= 0 && Float.isFinite(least) && Float.isFinite(most))) {
        throw new IllegalArgumentException("range: " + least + " to " + most + " must hold 0");
      }
    }

    /** A range that also holds another's numbers. */
    public Range and(Range other) {
      return new Range(Math.min(least, other.least), Math.max(most, other.most));
    }
  }

  /**
   * @param ranges by the name of the place; the order stays
   */
  public ActivationRanges(Map<String, Range> ranges) {
    this.ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
  }

  @JsonCreator
  static ActivationRanges ofPairs(Map<String, List<Float>> pairs) {
    Map<String, Range> ranges = new LinkedHashMap<>();
    pairs.forEach(
        (name, pair) -> {
          if (pair == null || pair.size() != 2 || pair.contains(null)) {
            throw new IllegalArgumentException("int8: " + name + " is not a pair of numbers");
          }
          ranges.put(name, new Range(pair.get(0), pair.get(1)));
        });
    return new ActivationRanges(ranges);
  }

  @JsonValue
  Map<String, List<Float>> pairs() {
    Map<String, List<Float>> pairs = new LinkedHashMap<>();
    ranges.forEach((name, r) -> pairs.put(name, List.of(r.least(), r.most())));
    return pairs;
  }

  /** The range of a place, or null. */
  public Range of(String place) {
    return ranges.get(place);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActivationRanges a && a.ranges.equals(ranges);
  }

  @Override
  public int hashCode() {
    return ranges.hashCode();
  }

  @Override
  public String toString() {
    return ranges.toString();
  }
}
