package org.hearsight.benchmarks.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a row.
 *
 * @param rounds of the work
 * @param besides the peer's median for what is not judged, by what it is, milliseconds
 * @param remarks lines to be shown beside the numbers
 */
public record Outcome(Row row, Rounds rounds, Map<String, Double> besides, List<String> remarks) {
  /** Is what was asked of the row met? Empty if nothing was, or there was no peer. */
  public Optional<Boolean> met() {
    return row.goal().met(rounds.ourMedian(), rounds.ratio());
  }
}
