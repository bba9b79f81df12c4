package org.hearsight.benchmarks.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row's work, made ready. */
public interface Work extends AutoCloseable {
  /** Does it once; its time is taken by the caller. */
  void once();

  /** What the peer is asked for to do the same; empty if there is no peer. */
  default Optional<String> peer() {
    return Optional.empty();
  }

  /** Other things the peer is asked for, which are shown but not judged, by what they are. */
  default Map<String, String> besides() {
    return Map.of();
  }

  /** Something to measure between the repeats, in no one's time. */
  default void between() {}

  /**
   * Holds what the peer made in its first go to what this made.
   *
   * @throws org.hearsight.core.error.InputException if they do not agree, and so did not do the
   *     same work
   */
  default void requireAgreement() {}

  /**
   * Lines to be shown beside the numbers.
   *
   * @param ours the median, milliseconds
   */
  default List<String> remarks(double ours) {
    return List.of();
  }

  @Override
  void close();
}
