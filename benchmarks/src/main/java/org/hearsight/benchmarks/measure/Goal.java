package org.hearsight.benchmarks.measure;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is asked of a row: so many times faster than the peer, a time of its own, or nothing.
 *
 * @param leastRatio peer's time over ours; NaN if none is asked for
 * @param mostMillis our time; NaN if none is asked for
 */
public record Goal(double leastRatio, double mostMillis) {
  /** The row is shown and not judged. */
  public static final Goal NONE = new Goal(Double.NaN, Double.NaN);

  public static Goal timesFaster(double ratio) {
    return new Goal(ratio, Double.NaN);
  }

  public static Goal under(double millis) {
    return new Goal(Double.NaN, millis);
  }

  /**
   * Is it met? Empty if nothing is asked, or the peer that it needs was not there.
   *
   * @param ours milliseconds
   * @param ratio peer's time over ours
   */
  public Optional<Boolean> met(double ours, OptionalDouble ratio) {
    if (!Double.isNaN(mostMillis)) {
      return Optional.of(ours < mostMillis);
    }
    if (Double.isNaN(leastRatio) || ratio.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(ratio.getAsDouble() >= leastRatio);
  }

  /** As in {@code ≥ 6×} or {@code < 60 ms}; a dash if nothing is asked. */
  public String text() {
    if (!Double.isNaN(leastRatio)) {
      return "≥ " + number(leastRatio) + "×";
    }
    return Double.isNaN(mostMillis) ? "–" : "< " + number(mostMillis) + " ms";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
